"""Asking the person who asked: is it solved?"""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.effects import Button, Delete, Look, Post
from bot.events import ChoiceMade
from bot.feature import Follows
from bot.features.answers import given, guard, life
from bot.features.answers.core import answers, post_name
from bot.features.answers.fading import fading, stays
from bot.features.answers.given import Given
from bot.features.answers.guard import by_asker
from bot.features.answers.questions import Question
from bot.store import posts
from bot.text import NAME_LENGTH, clean, isolated

AT_MOST = 4
"""Answerers whose names are offered."""
LASTS = timedelta(hours=12)


def name_of(question: int) -> str:
    """The name of the post that asks."""
    return f"{post_name(question)}/solved"


async def it_is_solved(
    ctx: Context, question: Question, found: Sequence[Given], *, reply_to: str
) -> Follows:
    """Asks, once for each question, whether it is solved and by whom."""
    name = name_of(question.id)
    if await posts.find(ctx.tx, ctx.here.id, name):
        return []
    latest = {a.member: a for a in sorted(found, key=lambda a: a.id)}.values()
    newest = sorted(latest, key=lambda a: a.id, reverse=True)[:AT_MOST]
    rows = [
        (Button(_label(ctx, a, len(newest)), f"answers.by:{question.id}.{a.id}", look=Look.MAIN),)
        for a in newest
    ]
    not_yet = (Button(ctx.words.plain("Not yet"), f"answers.notyet:{question.id}"),)
    text = (
        ctx.words.say("Is it solved, {name}?", name=isolated(question.member_name))
        if len(newest) == 1
        else ctx.words.say("Is it solved, {name}? Who helped?", name=isolated(question.member_name))
    )
    post = Post(
        chat=ctx.event.chat,
        text=text,
        name=name,
        buttons=(*rows, not_yet),
        reply_to=reply_to,
        stale_after=ctx.now + LASTS,
    )
    return [fading(ctx, post, LASTS)]


def one_line(name: str) -> str:
    """A name as it can stand on a button."""
    return " ".join(clean(name).split())[:NAME_LENGTH] or "?"


def _label(ctx: Context, answer: Given, count: int) -> str:
    return ctx.words.plain("Yes, it is solved") if count == 1 else one_line(answer.member_name)


@answers.choice("by")
@by_asker
async def by(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """It is, thanks to this person."""
    answer = await given.by_id(ctx.tx, guard.numbers_in(event)[-1])
    if answer is None or answer.question != question.id:
        return [ctx.whisper(ctx.own.say("That answer was taken away."))]
    return [*_away(ctx, question), *await life.solved(ctx, question, answer, ctx.member)]


@answers.choice("notyet")
@by_asker
async def not_yet(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """It is not: nothing changes, and this is not asked again."""
    name = name_of(question.id)
    stays(ctx, name)
    text = ctx.words.say("Not solved yet: whoever knows more, please go on.")
    return [ctx.edit(name, text)]


def _away(ctx: Context, question: Question) -> Follows:
    stays(ctx, name_of(question.id))
    return [Delete(chat=ctx.event.chat, name=name_of(question.id))]
