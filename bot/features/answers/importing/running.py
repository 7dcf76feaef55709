"""An import on its way: its post in the chat, the button that stops it, and its end."""

from bot.context import Context
from bot.effects import Button, Edit, Post, Urgency
from bot.events import ChoiceMade, Due
from bot.feature import Follows
from bot.features.answers.core import answers
from bot.features.answers.guard import numbers_in
from bot.features.answers.importing import decisions, import_views, jobs, proposing
from bot.features.answers.importing.jobs import Import, Stage

STALE = "importstale"
"""The kind of `Due` after which what nobody reviewed is deleted."""
TENTHS = 10
"""How often the post tells how far it is."""


def _name(job: Import) -> str:
    return f"answers:import:{job.id}"


async def started(ctx: Context, job: Import) -> Follows:
    """It runs from now on, or again, and a post shows how far it is."""
    await jobs.change(ctx.tx, job.id, state=Stage.RUNNING)
    now = await jobs.by_id(ctx.tx, job.group_id, job.id) or job
    begun = ctx.own.say("I begin to read. You can go on with other things.")
    post = Post(
        chat=ctx.event.chat,
        name=_name(job),
        text=import_views.progress(ctx.words, now),
        buttons=_buttons(ctx, now),
        urgency=Urgency.ANSWER,
    )
    return [ctx.whisper(begun, in_place=True), post]


def _buttons(ctx: Context, job: Import) -> tuple[tuple[Button, ...], ...]:
    if job.state != Stage.RUNNING:
        return ()
    return ((Button(ctx.words.plain("Stop"), f"answers.stopimport:{job.id}"),),)


async def shown(ctx: Context, before: Import, *, seldom: bool = False) -> Follows:
    """The post as things stand now; `seldom`: only if another tenth is done."""
    job = await jobs.by_id(ctx.tx, before.group_id, before.id)
    if job is None or (seldom and int(job.share * TENTHS) == int(before.share * TENTHS)):
        return []
    text = import_views.progress(ctx.words, job)
    post = Edit(chat=ctx.event.chat, name=_name(job), text=text, buttons=_buttons(ctx, job))
    return [post]


async def finished(ctx: Context, job: Import) -> Follows:
    """Everything is read."""
    await jobs.change(ctx.tx, job.id, state=Stage.DONE)
    ctx.arm(f"answers:{STALE}:{job.id}", ctx.now + proposing.STAYS, STALE, str(job.id))
    return await shown(ctx, job)


async def stopped(ctx: Context, job: Import) -> Follows:
    """It does not go on by itself."""
    await jobs.change(ctx.tx, job.id, state=Stage.STOPPED)
    ctx.arm(f"answers:{STALE}:{job.id}", ctx.now + proposing.STAYS, STALE, str(job.id))
    return await shown(ctx, job)


@answers.choice("stopimport", moderator=True)
async def stop(ctx: Context, event: ChoiceMade) -> Follows:
    """A moderator stops an import; what came in stays, and it can go on later."""
    numbers = numbers_in(event)
    job = await jobs.by_id(ctx.tx, ctx.here.id, numbers[0]) if numbers else None
    if job is None or job.state != Stage.RUNNING:
        return [ctx.whisper(ctx.own.say("It is not running any more."))]
    return await stopped(ctx, job)


@answers.due(STALE)
async def stale(ctx: Context, event: Due) -> Follows:
    """What nobody reviewed in time is deleted, and so is a file that was never read."""
    job = await jobs.by_id(ctx.tx, ctx.here.id, int(event.arg))
    if job is not None and job.state != Stage.RUNNING:
        await jobs.let_go(ctx.tx, job.id)
        await decisions.expire(ctx.tx, ctx.recall, job.id)
    return []
