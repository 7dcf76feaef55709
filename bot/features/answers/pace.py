"""When a question may be carried on: in waking hours, and never many at once.

After an outage everything that was due comes together. A group then sees one carried question
every few minutes: each reserves the next free moment, once.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.context import Context
from bot.events import Due
from bot.features.answers import questions
from bot.features.answers.questions import Question
from bot.features.answers.tables import questions as asked
from bot.waking import after_waking

BETWEEN = timedelta(minutes=10)
PAUSED = 60
"""Waking minutes after which a paused group is looked at again."""


async def turn(ctx: Context, event: Due, question: Question) -> datetime:
    """The moment at which this question may be carried on; not after now if it may at once."""
    zone = ctx.here.zone
    if ctx.here.paused:
        return after_waking(ctx.now, PAUSED, zone)
    waking = after_waking(ctx.now, 0, zone)
    if waking > ctx.now:
        return waking
    at = await _free(ctx, event, question)
    await questions.change(ctx.tx, question.id, carry_at=at)
    return at


async def _free(ctx: Context, event: Due, question: Question) -> datetime:
    own = await ctx.tx.scalar(select(asked.c.carry_at).where(asked.c.id == question.id))
    if own == event.due_at and ctx.now - event.due_at < BETWEEN:
        return ctx.now
    where = (asked.c.group_id == question.group_id, asked.c.id != question.id)
    last = await ctx.tx.scalar(select(func.max(asked.c.carry_at)).where(*where))
    if last is None or last <= ctx.now - BETWEEN:
        return ctx.now
    return after_waking(last, int(BETWEEN.total_seconds() // 60), ctx.here.zone)
