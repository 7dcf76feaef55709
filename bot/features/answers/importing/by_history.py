"""/answers history: a room is read back through the platform itself, a stretch at a time, from now
into the past.

Each stretch begins within the one before it, so that the model sees what was said after a question
although it is read later. What was asked of the platform and lost in a stop is asked again.
"""

from datetime import timedelta

from bot.commands import N_, Command, Kind, Param
from bot.context import Context
from bot.effects import Button, Look
from bot.events import ChoiceMade, CommandGiven, Due, HistoryRead, MessagePosted
from bot.feature import Follows
from bot.features.answers.core import answers
from bot.features.answers.guard import numbers_in
from bot.features.answers.importing import jobs, taking
from bot.features.answers.importing.jobs import Import, Stage
from bot.features.answers.importing.pairing import Pairs
from bot.features.answers.importing.running import finished, shown, started, stopped
from bot.features.answers.importing.steps import pair_up, step
from bot.ports import Can, Place
from bot.text import isolated

READING = "reading"
PAGE, OVERLAP = 100, 40
"""Messages of a stretch, and how many of them belong to the one before too."""
PAUSE = timedelta(seconds=1)
PATIENCE = timedelta(minutes=3)
"""After what time without an answer the platform is asked again."""
MONTH = timedelta(days=30)
MONTHS, MOST = 12, 240
SHOW_EVERY = 1_000
"""Messages between two changes of the post that tells how far it is."""


@answers.command(
    Command(
        "answers history",
        N_("Read a room's past, so that quiet members and earlier answers are known"),
        (
            Param("room", N_("Which room"), Kind.ROOM),
            Param("months", N_("How far back (12; 0 means everything)"), Kind.NUMBER, False),
        ),
        moderator=True,
    )
)
async def look_back(ctx: Context, event: CommandGiven) -> Follows:
    """Asks whether to read a room's past."""
    place = await _room(ctx, event.args["room"])
    if Can.HISTORY not in ctx.capabilities(place.chat if place else event.chat).can:
        return [
            ctx.whisper(ctx.own.say("The past can't be read back here. Import a file instead."))
        ]
    if place is None:
        name = isolated(event.args["room"])
        return [ctx.whisper(ctx.own.say("I can't see the room {name}.", name=name))]
    months = int(event.args.get("months") or MONTHS)
    if not 0 <= months <= MOST:
        most = ctx.own.number(MOST)
        return [ctx.whisper(ctx.own.say("Give whole months from 0 to {most}.", most=most))]
    room = place.chat.room
    values = {"room": room, "since": ctx.now - MONTH * months if months else None}
    job = await jobs.begin(
        ctx.tx, ctx.here.id, f"room:{room}"[:80], place.title or room, ctx.now, **values
    )
    row = (
        Button(ctx.own.plain("Read it"), f"answers.look:{job.id}", look=Look.MAIN),
        Button(ctx.own.plain("Cancel"), f"answers.nolook:{job.id}"),
    )
    asks = ctx.own.say(
        "I read {room} back, {months}. I keep who wrote when, not what; questions that were "
        "answered are proposed to you.",
        room=isolated(place.title or room),
        months=ctx.own.say_n("{n} month", "{n} months", months)
        if months
        else ctx.own.say("as far as it goes"),
    )
    return [ctx.whisper(asks, buttons=(row,))]


async def _room(ctx: Context, told: str) -> Place | None:
    return next((place for place in await ctx.rooms() if str(place.chat) == told), None)


@answers.choice("look", moderator=True)
async def begin(ctx: Context, event: ChoiceMade) -> Follows:
    """Begins to read, or goes on where it was stopped."""
    job = await _pressed(ctx, event)
    if job is None:
        return [ctx.whisper(ctx.own.say("This is being read, or was read already."), in_place=True)]
    _ask(ctx, job)
    return await started(ctx, job)


@answers.choice("nolook", moderator=True)
async def dismissed(ctx: Context, event: ChoiceMade) -> Follows:
    """Nothing is read."""
    return [ctx.whisper(ctx.own.say("Nothing was read."), in_place=True)]


async def _pressed(ctx: Context, event: ChoiceMade) -> Import | None:
    numbers = numbers_in(event)
    job = await jobs.by_id(ctx.tx, ctx.here.id, numbers[0]) if numbers else None
    return job if job and job.state in (Stage.ASKED, Stage.STOPPED) else None


def _ask(ctx: Context, job: Import) -> None:
    """Asks the platform for the next stretch; and again later, unless it answers."""
    ctx.read_history(job.room, job.before, arg=str(job.id), limit=PAGE)
    ctx.arm(f"answers:{READING}:{job.id}", ctx.now + PATIENCE, READING, str(job.id))


@answers.due(READING)
async def ask_on(ctx: Context, event: Due) -> Follows:
    """It is time for the next stretch, or the last one never came."""
    job = await jobs.by_id(ctx.tx, ctx.here.id, int(event.arg))
    if job is not None and job.state == Stage.RUNNING:
        _ask(ctx, job)
    return []


@answers.remembers
async def read(ctx: Context, event: HistoryRead) -> Follows:
    """Takes a stretch in, and asks for the one before it."""
    job = await jobs.by_id(ctx.tx, ctx.here.id, int(event.arg))
    if job is None or job.state != Stage.RUNNING:
        return []
    if event.error:
        return await stopped(ctx, job)
    told = list(reversed(event.messages))
    older = told[: next((n for n, e in enumerate(told) if e.message == job.reached), len(told))]
    wanted = [e for e in older if job.since is None or e.at >= job.since]
    await _take(ctx, job, wanted, told[len(older) :])
    if len(wanted) < len(older) or not older:
        ctx.disarm(f"answers:{READING}:{job.id}")
        return await finished(ctx, job)
    before = told[min(OVERLAP, len(told) - 1)].message
    await jobs.change(ctx.tx, job.id, before=before, reached=older[0].message)
    ctx.arm(f"answers:{READING}:{job.id}", ctx.now + PAUSE, READING, str(job.id))
    whole = job.done // SHOW_EVERY != (job.done + len(wanted)) // SHOW_EVERY
    return await shown(ctx, job) if whole else []


async def _take(
    ctx: Context, job: Import, events: list[MessagePosted], later: list[MessagePosted]
) -> None:
    left_out = await taking.to_leave_out(ctx.tx, ctx.here.id, events)
    found = await pair_up(Pairs(), (), [*events, *later])
    took = await step(ctx.tx, ctx.here, job.id, events, found, left_out, whole_roster=True)
    counted = {"added": took.added, "known": took.known, "found": took.found}
    await jobs.advance(ctx.tx, job, done=job.done + len(events), **counted)
