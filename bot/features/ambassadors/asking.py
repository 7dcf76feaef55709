"""A prompt is coming: by lot, an ambassador is asked in private to begin, one after the other.

The prompt never waits for anybody: it goes out at its time, begun or not.
"""

from datetime import datetime, timedelta

from bot.aside import enter
from bot.context import Context
from bot.effects import OnDoubt, Post
from bot.events import Due, Undelivered
from bot.feature import Follows
from bot.features.ambassadors import (
    ask_records,
    ask_views,
    learning,
    openings,
    records,
    trial_records,
)
from bot.features.ambassadors.core import ambassadors, number_in, post_name, when_lost
from bot.features.ambassadors.rules import MOST_ASKED, NOTICE, PATIENCE, TOO_LATE, Asked, base_of
from bot.features.ambassadors.trial_records import Trial
from bot.follow_ups import Coming
from bot.refs import MemberRef
from bot.waking import after_waking

TURN, WAITED, NEVER_CAME = "turn", "waited", "never-came"
QUESTION = "ask"
BREATH = timedelta(seconds=1)
"""Between one turn and the next: a moment that comes twice is taken once."""


@ambassadors.on(Coming)
async def coming(ctx: Context, event: Coming) -> None:
    """Prepares for a prompt; told again, it learns the new time."""
    if ctx.group is None or ctx.here.paused:
        return
    trial = await trial_records.prepare(ctx.tx, ctx.here, base_of(event.name), event)
    ctx.arm(_key(NEVER_CAME, trial), event.due_at + TOO_LATE, NEVER_CAME, str(trial.id))
    if trial.asked is None:
        _take_turns(ctx, trial)


def _key(what: str, trial: Trial) -> str:
    return f"ambassadors:{what}:{trial.id}"


def _take_turns(ctx: Context, trial: Trial) -> None:
    """Somebody is looked for when people are awake."""
    at = after_waking(ctx.now + BREATH, 0, ctx.here.zone)
    if at + NOTICE < trial.due_at:
        ctx.arm(_key(TURN, trial), at, TURN, str(trial.id))


async def turn_of_next(ctx: Context, group: int, post: str) -> None:
    """Nobody is waited for any more: the next one may be asked."""
    trial = await trial_records.of_post(ctx.tx, group, post)
    if trial is not None and trial.went_out_at is None and await enter(ctx, group):
        _take_turns(ctx, trial)


@ambassadors.due(TURN)
async def turn(ctx: Context, event: Due) -> Follows:
    """Throws the coin, once for a prompt, and asks the next ambassador."""
    trial = await trial_records.by_id(ctx.tx, int(event.arg))
    if trial is None or ctx.group is None or not _may_ask(ctx, trial):
        return []
    already = await ask_records.about(ctx.tx, trial.group_id, trial.post)
    reached = [ask for ask in already if ask.state != Asked.VOID]
    if len(reached) >= MOST_ASKED or any(ask.stands for ask in reached):
        return []
    tried = [ask.ref for ask in already]
    found = await records.volunteers(ctx, ctx.here, tried, limit=1)
    if not found or not await _drawn(ctx, trial):
        return []
    return [await _question(ctx, trial, found[0])]


def _may_ask(ctx: Context, trial: Trial) -> bool:
    in_time = trial.went_out_at is None and ctx.now + NOTICE < trial.due_at
    return in_time and ctx.here.active and not ctx.here.paused


async def _drawn(ctx: Context, trial: Trial) -> bool:
    """What the coin says; where nobody could be asked it is not thrown."""
    if trial.asked is not None:
        return trial.asked
    chance = await learning.chance(ctx.tx, trial.community)
    before = await learning.expected_of(ctx.tx, trial.community, trial.group_id)
    asked = ctx.rng.random() < chance
    await trial_records.change(ctx.tx, trial.id, asked=asked, chance=chance, before=before)
    return asked


async def _question(ctx: Context, trial: Trial, member: MemberRef) -> Post:
    """Asks one person; their budget is booked when it is sent."""
    ask = await ask_records.create(
        ctx.tx, trial.group_id, trial.post, member, trial.subject, ctx.now
    )
    await records.asked(ctx.tx, member, ctx.here.community, ctx.now)
    until = after_waking(ctx.now, PATIENCE, ctx.here.zone)
    if until < trial.due_at:
        ctx.arm(f"ambassadors:{WAITED}:{ask.id}", until, WAITED, str(ask.id))
    words = await ctx.words_for(member)
    who = await records.of(ctx.tx, ctx.here.community, member)
    return Post(
        chat=member.private_chat,
        name=post_name(QUESTION, ask.id),
        text=ask_views.question(words, ctx.here.title, trial.subject, trial.due_at),
        buttons=ask_views.answering(words, ask.id, who.id if who else 0),
        pings=(member,),
        on_doubt=OnDoubt.SKIP,
        stale_after=_latest(until, trial.due_at),
    )


def _latest(until: datetime, due_at: datetime) -> datetime:
    return min(until, due_at - NOTICE)


@ambassadors.due(WAITED)
async def waited(ctx: Context, event: Due) -> None:
    """No answer for some waking hours: the next one is asked."""
    ask = await ask_records.by_id(ctx.tx, int(event.arg))
    if ask is not None and ask.state == Asked.WAITING:
        await ask_records.unanswered(ctx.tx, ask, ctx.now)
        await turn_of_next(ctx, ask.group_id, ask.post)


@when_lost(QUESTION)
async def not_asked(ctx: Context, event: Undelivered) -> None:
    """Who could not be asked leaves the turn to the next; in doubt it may have arrived."""
    ask = await ask_records.by_id(ctx.tx, number_in(event.name))
    if ask is None or event.reason == "doubt" or ask.state != Asked.WAITING:
        return
    await ask_records.change(ctx.tx, ask, Asked.VOID)
    if event.reason == "gone":
        await records.reachable(ctx.tx, ask.ref, since=ctx.now)
    await turn_of_next(ctx, ask.group_id, ask.post)


@ambassadors.due(NEVER_CAME)
async def never_came(ctx: Context, event: Due) -> Follows:
    """The prompt did not come: nothing is learnt, and who wanted to begin is told."""
    trial = await trial_records.by_id(ctx.tx, int(event.arg))
    if trial is None or trial.went_out_at is not None or ctx.group is None:
        return []
    await trial_records.drop(ctx.tx, trial.id)
    ask = await ask_records.standing(ctx.tx, trial.group_id, trial.post)
    if ask is None:
        return []
    await ask_records.change(ctx.tx, ask, Asked.VOID)
    return await openings.not_needed(ctx, ask) if ask.state != Asked.WAITING else []
