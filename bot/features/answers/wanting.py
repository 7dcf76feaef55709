"""The same question, asked by several people while it is open: they hear of its end together."""

from sqlalchemy import select

from bot.context import Context
from bot.effects import AnyEffect, Urgency, Whisper
from bot.events import Event
from bot.features.answers import questions, views
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.rules import State
from bot.features.answers.tables import questions as table
from bot.i18n import Words
from bot.store import members
from bot.text import Part, Text, isolated, quote


async def still_open(ctx: Context, draft: Question) -> Question | None:
    """The same question of somebody else's that nobody has solved yet."""
    for question in await questions.same(ctx.tx, draft.community, draft.text):
        if question.member != draft.member and question.state == State.OPEN:
            return question
    return None


async def joined(ctx: Context, draft: Question, open_one: Question) -> None:
    """The draft waits for the answer to the other; it is not posted a second time."""
    values = {"state": State.REPEAT, "same_as": open_one.id, "solved_at": None}
    await questions.change(ctx.tx, draft.id, **values)
    await ctx.recall.keep(ctx.tx, draft.community, draft.id, draft.text)


async def told(ctx: Context, question: Question, answer: Given | None) -> list[AnyEffect | Event]:
    """Tells those who wanted to know too and agreed to be written to; each once."""
    where = (
        table.c.same_as == question.id,
        table.c.state == State.REPEAT,
        table.c.solved_at.is_(None),
    )
    waiting = [row.id for row in await ctx.tx.all(select(table.c.id).where(*where))]
    found = await questions.by_ids(ctx.tx, waiting)
    whispers: list[AnyEffect | Event] = []
    for one in found.values():
        await questions.change(ctx.tx, one.id, solved_at=ctx.now)
        preference = await members.preference(ctx.tx, one.asker)
        if preference and preference.dm_agreed and not preference.no_pings:
            words = Words(preference.language or ctx.here.language, ctx.here.zone)
            whispers.append(_news(words, one, question, answer))
    return whispers


def _news(words: Words, one: Question, question: Question, answer: Given | None) -> Whisper:
    lines: list[Part] = [
        words.say("What you wanted to know too is solved:"),
        quote(views.title(question)),
    ]
    if answer is not None:
        lines.append(words.say("{name} answered:", name=isolated(answer.member_name)))
        lines.append(quote(views.shortened(answer.text, views.LONG)))
    private = one.asker.private_chat
    return Whisper(chat=private, to=one.asker, text=Text.join("\n", lines), urgency=Urgency.BULK)
