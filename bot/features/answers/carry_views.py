"""What is said where a question is carried to."""

from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.answers import views
from bot.features.answers.carry_rules import Candidate, Part, Past
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.i18n import Words
from bot.refs import MemberRef
from bot.text import Part as Piece
from bot.text import Text, bold, clean, isolated, mention, quote

Chosen = dict[Candidate, str]
"""Who is asked, with their names."""


def carried(words: Words, question: Question, chosen: Chosen, *, alone: bool) -> Text:
    """Why these people are asked, each by name. `alone`: the question itself is not in sight."""
    lines: list[Piece] = [quote(question.text)] if alone else []
    for one, name in chosen.items():
        lines.append(_because(words, mention(MemberRef.parse(one.member), name), one.because))
        if one.because.part is not Part.OFFERED:
            lines.append(quote(one.because.subject))
    lines.append(words.say("Would you have a look? What you answer is kept for whoever asks next."))
    return Text.join("\n", lines)


def _because(words: Words, name: Piece, past: Past) -> Text:
    if past.part is Part.OFFERED:
        topic = bold(clean(past.subject))
        return words.say("{name}, you offered to help with {topic}.", name=name, topic=topic)
    month = words.month(past.at) if past.at else ""
    if past.part is Part.SOLVED:
        return words.say(
            "{name}, you solved something like this in {month}:", name=name, month=month
        )
    if past.part is Part.ANSWERED:
        return words.say(
            "{name}, you answered something like this in {month}:", name=name, month=month
        )
    return words.say(
        "{name}, you asked something like this in {month}, and it was solved:",
        name=name,
        month=month,
    )


def declining(words: Words, question: Question) -> Buttons:
    """What the people who are named can press."""
    return (
        (
            Button(words.plain("Not me"), f"answers.carry-not:{question.id}"),
            Button(words.plain("Never mention me"), f"answers.carry-never:{question.id}"),
        ),
    )


def from_elsewhere(words: Words, group: str, answer: Given) -> Text:
    """An answer of a sister group, under the question at home."""
    said = words.say(
        "{name} from {group} answers:",
        name=isolated(answer.member_name),
        group=isolated(group),
    )
    return Text.join("\n", [said, quote(answer.text)])


def waiting(words: Words, question: Question, days: int) -> Text:
    """Tells the moderators of a question that nobody answered."""
    said = words.say_n(
        "A question of {name} has waited for {n} day without an answer:",
        "A question of {name} has waited for {n} days without an answer:",
        days,
        name=isolated(question.member_name),
    )
    return Text.join("\n", [said, quote(views.shortened(question.text))])


def deciding(words: Words, question: Question) -> Buttons:
    """What moderators can do about it."""
    return (
        (
            Button(
                words.plain("Post it again"), f"answers.carry-again:{question.id}", look=Look.MAIN
            ),
            Button(words.plain("Close it"), f"answers.carry-close:{question.id}"),
        ),
    )
