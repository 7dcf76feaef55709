"""How a question stands in a chat."""

from collections.abc import Sequence

from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.rules import Source, State
from bot.i18n import Words
from bot.text import Part, Text, bold, isolated, quote

SHORT = 280
"""Characters of an answer that are shown beside others."""
LONG = 1_000
"""Characters of a question that its post shows. The post is edited later, and must then fit into
one message everywhere; the rest stands below it."""
TITLE = 80


def title(question: Question) -> str:
    """One line for threads and lists."""
    line = " ".join(question.text.split())
    return line if len(line) <= TITLE else line[: TITLE - 1].rstrip() + "…"


def shortened(text: str, length: int = SHORT) -> str:
    """The beginning of a text."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def post(words: Words, question: Question, answers: Sequence[Given], *, origin: str = "") -> Text:
    """The post that stands for a question.

    Under a message of the asker's it is only a line that says how it stands; else it shows the
    words too. `origin` is the title of the group that a travelling question comes from.
    """
    lines: list[Part] = []
    if question.source == Source.ASKED or not question.message or origin:
        name = isolated(question.member_name)
        lines.append(
            words.say("{name} from {group} asks:", name=name, group=isolated(origin))
            if origin
            else words.say("{name} asks:", name=name)
        )
        lines.append(quote(shortened(question.text, LONG)))
    lines.append(standing(words, question, answers))
    if question.edited_at and any(answer.at < question.edited_at for answer in answers):
        lines.append(words.say("The question was edited after it had answers."))
    return Text.join("\n", lines)


def standing(words: Words, question: Question, answers: Sequence[Given]) -> Text:
    """How a question stands, in a line."""
    solving = [answer for answer in answers if answer.solves]
    if question.state == State.SOLVED and solving:
        names = words.listing(list(dict.fromkeys(isolated(a.member_name) for a in solving)))
        return words.say("✅ Solved, thanks to {names}.", names=names)
    if question.state == State.SOLVED:
        return words.say("✅ Solved.")
    if question.state == State.CLOSED:
        return words.say("Closed without an answer.")
    if question.state == State.REPEAT:
        return words.say("✅ An earlier answer helped.")
    if answers:
        return words.say_n("{n} answer so far.", "{n} answers so far.", len(answers))
    return words.say("Do you know? Answer here; the answer is kept for whoever asks next.")


def buttons(words: Words, question: Question) -> Buttons:
    """What can be pressed under the post."""
    number = question.id
    if question.state == State.SOLVED:
        return ((Button(words.plain("Not solved after all"), f"answers.reopen:{number}"),),)
    if question.state == State.CLOSED:
        return ((Button(words.plain("Open it again"), f"answers.reopen:{number}"),),)
    answer = Button(words.plain("Answer"), f"answers.answer:{number}", look=Look.MAIN)
    solved = Button(words.plain("It is solved"), f"answers.solved:{number}")
    if question.source != Source.MARKED:
        return ((answer, solved),)
    return ((answer, solved), (Button(words.plain("Don't keep it"), f"answers.drop:{number}"),))


def earlier(words: Words, question: Question, answers: Sequence[Given]) -> Text:
    """An earlier question with its best answer, as one of several."""
    lines: list[Part] = [bold(title(question))]
    if answers:
        best = answers[0]
        when = words.date(best.at)
        lines.append(words.say("{name}, {when}:", name=isolated(best.member_name), when=when))
        if best.outdated:
            lines.append(words.say("⚠ This may be outdated."))
        lines.append(quote(shortened(best.text)))
    return Text.join("\n", lines)
