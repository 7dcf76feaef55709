"""Kept questions as people read them in a chat."""

from collections.abc import Mapping, Sequence

from bot.context import Buttons
from bot.effects import Button, Menu, Option
from bot.features.answers import views
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.reading import Entry, Shelf
from bot.features.answers.rules import State, Worked
from bot.i18n import Words
from bot.text import Part, Text, bold, clean, isolated, italic, quote

LABEL = 80
"""Characters of a line in a menu."""
FLAGGED = 5
"""Answers of one question that can be marked as outdated from the chat."""


def standing(words: Words, entry: Entry) -> Text:
    """How far a question has come, in a few words."""
    if entry.question.state == State.SOLVED:
        return words.say("✅ solved")
    if not entry.answers:
        return words.say("no answer yet")
    return words.say_n("{n} answer", "{n} answers", len(entry.answers))


def hits(words: Words, found: Sequence[Entry], origins: Mapping[int, str]) -> Text:
    """The best hits with their best answer. `origins`: the title of each other group."""
    lines: list[Part] = []
    for number, entry in enumerate(found, 1):
        question, answers = entry.question, entry.answers
        head = Text.of(f"{number}. ", views.earlier(words, question, answers[:1]))
        if origin := origins.get(question.group_id):
            head += Text.of("\n", italic(str(_from(words, origin))))
        lines.append(head if answers else Text.of(head, "\n", standing(words, entry)))
    return Text.join("\n\n", lines)


def _from(words: Words, origin: str) -> Text:
    return words.say("asked in {group}", group=isolated(origin))


def line(words: Words, entry: Entry) -> Text:
    """One question in a list."""
    return Text.of("• ", clean(views.title(entry.question)), " · ", standing(words, entry))


def label(text: str, length: int = LABEL) -> str:
    """Somebody's words as one line of a menu."""
    return views.shortened(" ".join(clean(text).split()), length) or "…"


def shelf_name(words: Words, shelf: Shelf, *, alone: bool = False) -> str:
    """A topic's name, or that for the questions without one, be they all or the others."""
    if shelf.topic:
        return shelf.name
    return words.plain("All questions") if alone else words.plain("Other questions")


def topics_menu(words: Words, shelves: Sequence[Shelf]) -> Menu:
    """The topics with their counts."""
    options = tuple(
        Option(
            label(f"{shelf_name(words, shelf)} ({words.number(shelf.questions)})"),
            f"answers.topic:{shelf.topic}.0",
        )
        for shelf in shelves
    )
    return Menu(words.plain("Choose a topic"), options)


def full(words: Words, entry: Entry, origin: str = "") -> Text:
    """One question with everything that was answered, best first. `origin`: another group."""
    question = entry.question
    by = words.say(
        "{name} asked on {when}:",
        name=isolated(question.member_name),
        when=words.date(question.asked_at.astimezone(words.zone).date()),
    )
    number = italic(f"#{question.id}")
    head: list[Part] = [Text.of(by, " ", number), quote(question.text), standing(words, entry)]
    if origin:
        head.insert(0, italic(str(_from(words, origin))))
    parts = [Text.join("\n", head)]
    parts += [_answer(words, number, answer) for number, answer in enumerate(entry.answers, 1)]
    return Text.join("\n\n", parts)


def _answer(words: Words, number: int, answer: Given) -> Text:
    when = words.date(answer.at.astimezone(words.zone).date())
    name = isolated(answer.member_name)
    head = Text.of(bold(f"{number}. "), words.say("{name}, {when}:", name=name, when=when))
    marks = answer_marks(words, answer)
    lines = [head, Text.of(quote(answer.text))]
    return Text.join("\n", [*lines, italic(" · ".join(marks))] if marks else lines)


def answer_marks(words: Words, answer: Given) -> list[str]:
    """What is known of an answer's worth."""
    found = [words.plain("solved it")] if answer.solves else []
    if answer.worked == Worked.YES:
        found.append(words.plain("it worked"))
    elif answer.worked == Worked.PARTLY:
        found.append(words.plain("it worked in part"))
    elif answer.worked == Worked.NO:
        found.append(words.plain("it did not work for the asker"))
    if answer.helped > 1:
        found.append(str(words.say_n("helped {n} person", "helped {n} people", answer.helped)))
    if answer.outdated:
        found.append(words.plain("perhaps outdated"))
    return found


def outdated_buttons(words: Words, answers: Sequence[Given]) -> tuple[Button, ...]:
    """One for each of the first answers that nobody found outdated yet."""
    return tuple(
        Button(
            str(words.say("{n} is outdated?", n=words.number(number))),
            f"answers.outdated:{answer.id}",
        )
        for number, answer in enumerate(answers[:FLAGGED], 1)
        if not answer.outdated
    )


def open_buttons(found: Sequence[Entry]) -> Buttons:
    """Opens the numbered hits in full."""
    row = tuple(Button(f"{n}", f"answers.open:{e.question.id}") for n, e in enumerate(found, 1))
    return (row,) if row else ()


def open_menu(words: Words, found: Sequence[Question]) -> Menu | None:
    """Opens one of these in full."""
    if not found:
        return None
    options = tuple(Option(label(q.text), f"answers.open:{q.id}") for q in found)
    return Menu(words.plain("Open one in full"), options)
