"""Keeps `quiet_people` true, in bounded steps.

A review looks at those who acted since the last one, then, the first time, at everybody who is
known to be there, and then at those about whom time has changed something. What does not fit into
one step goes on a moment later, so that nobody waits for a large group.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.context import Context
from bot.events import ChatAdded, Due, GroupReady, MemberJoined, MemberLeft
from bot.features.quiet import review_records, rules, settings
from bot.features.quiet.core import quiet
from bot.features.quiet.rules import Span
from bot.features.quiet.settings import Settings
from bot.ports import Can
from bot.store import due
from bot.store.schema import from_ms, to_ms

EVERY = timedelta(hours=1)
SLOWEST = timedelta(days=1)
"""How often a group is looked at in which nobody did anything since the last time."""
LATE = timedelta(hours=1)
"""A review that comes later than this tells that the bot was not there."""
OVERLAP = timedelta(hours=1)
"""What somebody did may be recorded a little after it happened."""
PAUSE = timedelta(milliseconds=50)
ACTED, LISTED, DUE = 500, 500, 200
"""People in one step."""
Step = Callable[[Context, Settings, str], Awaitable[str]]


async def await_review(ctx: Context) -> None:
    """Sees to it that this group is looked at: soon, if nothing is planned."""
    key = f"quiet:review:{ctx.here.id}"
    planned = await due.of_group(ctx.tx, "quiet", ctx.here.id)
    if key not in ctx.armed and all(row.key != key for row in planned):
        _plan(ctx, PAUSE)


def _plan(ctx: Context, span: timedelta, step: str = "") -> None:
    ctx.arm(f"quiet:review:{ctx.here.id}", ctx.now + span, "review", step)


@quiet.on(GroupReady)
async def ready(ctx: Context, event: GroupReady) -> None:
    """The first look at a group."""
    await await_review(ctx)


@quiet.on(ChatAdded)
async def arrived(ctx: Context, event: ChatAdded) -> None:
    """Also in groups that were there before the bot knew how to do this."""
    if ctx.here.ready:
        await await_review(ctx)


@quiet.on(MemberJoined)
async def joined(ctx: Context, event: MemberJoined) -> None:
    """Who has just come has time to look round; who was found there is counted from now."""
    if ctx.group and ctx.here.ready and not event.is_bot:
        start = {str(event.member): event.at}
        number = ctx.here.id
        await review_records.notice(ctx.tx, number, start, ctx.rng, anew=not event.known)


@quiet.on(MemberLeft)
async def left(ctx: Context, event: MemberLeft) -> None:
    """Nobody is quiet who is not there."""
    if ctx.group:
        await review_records.drop(ctx.tx, ctx.here.id, [str(event.member)])


@quiet.due("review")
async def review(ctx: Context, event: Due) -> None:
    """One step; the next one follows at once, or in an hour or more if this was the last."""
    if ctx.group is None or not (ctx.here.active and ctx.here.ready):
        return
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    missed = _missed(ctx, event, chosen)
    if missed:
        await review_records.saw_nothing(ctx.tx, ctx.here.id, missed)
    if not sees(ctx):
        _plan(ctx, SLOWEST)
        return
    await ctx.rollups()
    name, _, cursor = event.arg.partition(" ")
    names = list(_STEPS)
    for step in names[names.index(name) if name else 0 :]:
        cursor = await _STEPS[step](ctx, chosen, cursor)
        if cursor:
            _plan(ctx, PAUSE, f"{step} {cursor}")
            return
    await _finish(ctx, chosen, missed)


def sees(ctx: Context) -> bool:
    """Whether ordinary messages reach the bot here."""
    return Can.READ in ctx.capabilities(ctx.here.chat).can


def _missed(ctx: Context, event: Due, chosen: Settings) -> Span | None:
    """The time before this review in which the bot saw nothing, as far as it can tell."""
    if ctx.now - event.due_at > LATE:
        return Span(event.due_at, ctx.now)
    last = chosen.reviewed_at
    if last and not event.arg and (not sees(ctx) or ctx.now - last > SLOWEST + LATE):
        return Span(last, ctx.now)
    return None


async def catch_up(ctx: Context) -> None:
    """Takes in what was done since the last review, for somebody who wants to see it now; the
    rest of what a very busy group did comes with the next one."""
    await ctx.rollups()
    await _acted(ctx, await settings.of_group(ctx.tx, ctx.here.id), "")


async def _finish(ctx: Context, chosen: Settings, missed: Span | None) -> None:
    """The next review covers an outage once more: what happened in it may be told afterwards."""
    number, last = ctx.here.id, chosen.reviewed_at
    await settings.change(ctx.tx, number, reviewed_at=ctx.now)
    busy = last is None or await review_records.acted(ctx.tx, number, to_ms(last), "", 1)
    soon = EVERY if busy or missed else SLOWEST
    following = await review_records.next_due(ctx.tx, number)
    if following is not None:
        soon = min(soon, max(EVERY, following - ctx.now))
    _plan(ctx, soon, f"acted {to_ms(missed.since)} " if missed else "")


async def _acted(ctx: Context, chosen: Settings, cursor: str) -> str:
    """Those who did something: not quiet, or readers."""
    since = to_ms(chosen.reviewed_at - OVERLAP) if chosen.reviewed_at else 0
    moment, _, beyond = (cursor or f"{since} ").partition(" ")
    number = ctx.here.id
    rows = await review_records.acted(ctx.tx, number, int(moment), beyond, ACTED)
    found = {row.member: _just_acted(row.last_at, row.last_spoke_at) for row in rows if row.here}
    await review_records.put(ctx.tx, number, found, ctx.rng)
    return f"{rows[-1].last_at} {rows[-1].member}" if len(rows) == ACTED else ""


def _just_acted(last: int, spoke: int | None) -> rules.Verdict:
    return rules.acted(from_ms(last), from_ms(spoke) if spoke is not None else None)


async def _listed(ctx: Context, chosen: Settings, cursor: str) -> str:
    """Everybody who is known to be there, once."""
    if chosen.reviewed_at is not None:
        return ""
    rows = await review_records.listed(ctx.tx, ctx.here.id, cursor, LISTED)
    here = [row for row in rows if row.left_at is None and not row.is_bot]
    starts = {row.member: row.joined_at or ctx.now for row in here}
    await review_records.notice(ctx.tx, ctx.here.id, starts, ctx.rng)
    return rows[-1].member if len(rows) == LISTED else ""


async def _due(ctx: Context, chosen: Settings, cursor: str) -> str:
    """Those who did nothing for so long that something about them may have changed."""
    number = ctx.here.id
    asked = dict(await review_records.due(ctx.tx, number, ctx.now, DUE))
    if not asked:
        return ""
    lives = await review_records.lives(ctx.tx, number, asked, ctx.now)
    pace = rules.usual(await review_records.sample(ctx.tx, number, ctx.now))
    unseen = await review_records.unseen(ctx.tx, number, ctx.now)
    found = {member: rules.judge(life, ctx.now, pace, unseen) for member, life in lives.items()}
    await review_records.put(ctx.tx, number, found, ctx.rng)
    await review_records.drop(ctx.tx, number, [m for m in asked if m not in lives])
    return "more" if len(asked) == DUE else ""


_STEPS: dict[str, Step] = {"acted": _acted, "listed": _listed, "due": _due}
