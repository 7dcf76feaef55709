"""How a question of the past stands before a moderator."""

from collections.abc import Sequence

from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.answers.given import Given
from bot.features.answers.importing.decisions import Proposal
from bot.features.answers.importing.jobs import Import
from bot.features.answers.questions import Question
from bot.features.answers.views import shortened
from bot.i18n import Words
from bot.text import Part, Text, isolated, quote

LONG = 700
"""Characters of a question; those of each answer are half as many."""
TITLE = 30


def card(
    words: Words, question: Question, told: Sequence[Given], progress: tuple[int, int]
) -> Text:
    """The question, its answers, and how many more there are."""
    done, left = progress
    place = {"n": words.number(done + 1), "all": words.number(done + left)}
    asked = words.say(
        "{name} asked on {date}:",
        name=isolated(question.member_name),
        date=words.day(question.asked_at),
    )
    lines: list[Part] = [words.say("{n} of {all}", **place), asked]
    lines.append(quote(shortened(question.text, LONG)))
    for number, answer in enumerate(told, 1):
        said = {"n": words.number(number), "name": isolated(answer.member_name)}
        lines.append(words.say("{n}. {name} answered:", **said))
        lines.append(quote(shortened(answer.text, LONG // 2)))
    return Text.join("\n", lines)


def buttons(words: Words, proposal: Proposal, told: Sequence[Given], *, undo: bool) -> Buttons:
    """What a moderator can decide."""
    number = proposal.id
    keep = words.plain("Keep") if len(told) == 1 else words.plain("Keep all")
    first = (
        Button(keep, f"answers.rkeep:{number}", look=Look.MAIN),
        Button(words.plain("Skip"), f"answers.rskip:{number}"),
    )
    only = tuple(
        Button(
            str(words.say("Only answer {n}", n=words.number(place))),
            f"answers.rkeep:{number}.{answer.id}",
        )
        for place, answer in enumerate(told, 1)
        if len(told) > 1
    )
    last = (
        *_undo(words, undo=undo),
        Button(words.plain("Skip all the rest"), f"answers.rrest:{proposal.import_id}"),
        Button(words.plain("Take this import back"), f"answers.iback:{proposal.import_id}"),
    )
    return tuple(row for row in (first, only, last) if row)


def _undo(words: Words, *, undo: bool) -> tuple[Button, ...]:
    return (Button(words.plain("Undo the last"), "answers.rundo"),) if undo else ()


def over(words: Words, recent: Sequence[Import], *, undo: bool) -> Buttons:
    """What can still be undone when nothing waits."""
    rows = [_undo(words, undo=undo)]
    for job in recent:
        title = isolated(shortened(job.title, TITLE))
        label = str(words.say("Take {title} back", title=title))
        rows.append((Button(label, f"answers.iback:{job.id}"),))
    return tuple(row for row in rows if row)


def ask_back(words: Words, job: Import, kept: int, waiting: int) -> Text:
    """What undoing an import does, and what it can't."""
    return Text.join(
        " ",
        [
            words.say("Take {title} back?", title=isolated(job.title)),
            words.say_n("{n} kept question", "{n} kept questions", kept),
            words.say_n(
                "and {n} that waits are deleted.", "and {n} that wait are deleted.", waiting
            ),
            words.say("Who wrote when stays: it is counted already."),
        ],
    )


def back_buttons(words: Words, job: Import) -> Buttons:
    """Yes and no."""
    yes = Button(words.plain("Take it back"), f"answers.igone:{job.id}", look=Look.DANGER)
    return ((yes, Button(words.plain("Leave it"), "answers.rgo")),)
