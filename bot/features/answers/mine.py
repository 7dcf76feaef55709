"""`/answers mine`: what somebody asked and answered, and the thanks that reached them."""

from collections.abc import Sequence
from typing import Any

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import CommandGiven
from bot.features.answers import given as given_records
from bot.features.answers import reading, reading_views
from bot.features.answers.core import answers
from bot.features.answers.questions import Question
from bot.features.answers.reading import Entry, Thanked
from bot.features.answers.rules import READABLE, State
from bot.i18n import Words
from bot.text import Part, Text, bold, clean, code, isolated

SHOWN = 8
"""Of each kind, the newest."""
LINE = 70


@answers.command(
    Command("answers mine", N_("See your questions, your answers and your thanks"), private=True)
)
async def mine(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Everything of one's own, in private; the thanks count as told from now on."""
    asked = await reading.asked_by(ctx.tx, ctx.member, SHOWN)
    helped = await reading.answered_by(ctx.tx, ctx.member, SHOWN)
    thanked = await reading.thanks_to(ctx.tx, ctx.member, SHOWN)
    parts = [
        *_thanks(ctx.own, thanked),
        *_asked(ctx.own, await _entries(ctx, asked)),
        *_answered(ctx.own, helped),
    ]
    if not parts:
        nothing = ctx.own.say(
            "You have not asked or answered anything here yet. {ask} asks; the button under a "
            "question answers it.",
            ask=code("/ask"),
        )
        return [ctx.whisper(nothing, public_ok=False)]
    await reading.told(ctx.tx, [one.id for one in thanked])
    readable = [question for question in asked if question.state in READABLE]
    menu = reading_views.open_menu(ctx.own, readable)
    return [ctx.whisper(Text.join("\n\n", parts), menu=menu, public_ok=False)]


async def _entries(ctx: Context, asked: Sequence[Question]) -> list[Entry]:
    given = await given_records.to_questions(ctx.tx, [question.id for question in asked])
    return [Entry(question, given[question.id]) for question in asked]


def _thanks(words: Words, thanked: Sequence[Thanked]) -> list[Text]:
    lines: list[Part] = [bold(words.plain("Thanks to you"))]
    for one in thanked:
        name, question = isolated(one.by), clean(reading_views.label(one.question, LINE))
        said = words.say("Your answer helped {name}: {question}", name=name, question=question)
        lines.append(Text.of("• ", said))
    return [Text.join("\n", lines)] if thanked else []


def _asked(words: Words, asked: Sequence[Entry]) -> list[Text]:
    lines: list[Part] = [bold(words.plain("Your questions"))]
    for entry in asked:
        label = reading_views.label(entry.question.text, LINE)
        lines.append(Text.of("• ", label, " · ", _how(words, entry)))
    return [Text.join("\n", lines)] if asked else []


def _how(words: Words, entry: Entry) -> Text:
    if entry.question.state == State.REPEAT:
        return words.say("an earlier answer helped")
    if entry.question.state == State.PROPOSED:
        return words.say("found in the history, waits for the moderators")
    return reading_views.standing(words, entry)


def _answered(words: Words, rows: Sequence[Any]) -> list[Text]:
    lines: list[Part] = [bold(words.plain("Your answers"))]
    for row in rows:
        line = Text.of("• ", reading_views.label(row.text, LINE))
        if row.helped:
            times = words.say_n("helped {n} person", "helped {n} people", row.helped)
            line = Text.of(line, " · ", times)
        lines.append(line)
    return [Text.join("\n", lines)] if rows else []
