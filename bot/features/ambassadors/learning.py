"""Whether openings lead to more people answering: counted, judged, and what follows for the lot.

Judged outside every transaction, because numpy has to be loaded; `effects` keeps what was learnt.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import msgspec
from sqlalchemy import select

from bot import trial as measure
from bot.context import Context
from bot.events import Due, Event
from bot.features.ambassadors import ask_records, openings, records, trial_records
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.rules import Asked, base_of, expected
from bot.features.ambassadors.tables import effects
from bot.features.ambassadors.trial_records import Trial
from bot.follow_ups import TookPart
from bot.store.database import Tx
from bot.trial import Estimate, Occasion, Verdict

LEARN = "learn"
PAUSE = timedelta(hours=1)
"""How long after an outcome is known: others of the same day come with it."""
NOTHING = Estimate(0, 0)
SELDOM = 0.1
"""The chance of asking where openings were seen to do harm: enough to notice if that changes."""


class Taught(Event, frozen=True, kw_only=True):
    """What a community's prompts teach now; no adapter makes it."""

    community: int
    estimate: Estimate


@ambassadors.on(TookPart)
async def took_part(ctx: Context, event: TookPart) -> None:
    """One more person answered a prompt; they are told of once for each.

    Ambassadors are not counted, asked or not: else their own opening would be the effect.
    """
    if ctx.group is None:
        return
    trial = await trial_records.of_post(ctx.tx, ctx.here.id, base_of(event.post))
    if trial is None or trial.concluded or trial.went_out_at is None:
        return
    who = await records.of(ctx.tx, ctx.here.community, event.member)
    if who is None:
        await trial_records.count(ctx.tx, trial.id)
        return
    for ask in await ask_records.about(ctx.tx, trial.group_id, trial.post):
        if ask.member == who.member and ask.state == Asked.TOLD:
            await records.change(ctx.tx, who.id, opened=who.opened + 1)


@ambassadors.due(openings.CONCLUDE)
async def conclude(ctx: Context, event: Due) -> None:
    """The people who answered until now are the outcome; without a draw there is none."""
    trial = await trial_records.by_id(ctx.tx, int(event.arg))
    if trial is None:
        return
    if trial.asked is None:
        await trial_records.drop(ctx.tx, trial.id)
        return
    await trial_records.change(ctx.tx, trial.id, concluded=True)
    key = f"ambassadors:{LEARN}:{trial.community}"
    ctx.arm(key, ctx.now + PAUSE, LEARN, str(trial.community))


async def expected_of(tx: Tx, community: int, group: int) -> float:
    """How many people answer the group's next prompt, as far as the last ones tell."""
    past = await trial_records.concluded(tx, community, group=group)
    return expected([trial.repliers for trial in past])


@ambassadors.due(LEARN)
async def look(ctx: Context, event: Due) -> None:
    """Counts after the commit; comes back as `Taught`."""
    ctx.after_commit.append(lambda: ctx.around.errand(partial(_counted, event)))


async def _counted(event: Due, tx: Tx) -> Event:
    past = await trial_records.concluded(tx, int(event.arg))
    estimate = await asyncio.to_thread(judged, past)
    return Taught(
        id=f"{event.id}:taught",
        at=event.at,
        chat=event.chat,
        community=int(event.arg),
        estimate=estimate,
    )


@ambassadors.on(Taught)
async def taught(ctx: Context, event: Taught) -> None:
    """From now on this is what is known."""
    text = msgspec.json.encode(event.estimate).decode()
    await ctx.tx.put(effects, {"community": event.community, "learned": text, "at": ctx.now})


def judged(past: Sequence[Trial]) -> Estimate:
    """What being asked did to the number of people who answer. Loads numpy: for a thread."""
    return measure.estimate([_occasion(trial) for trial in past])


def _occasion(trial: Trial) -> Occasion:
    return Occasion(
        named=bool(trial.asked),
        chance=trial.chance or 0.0,
        outcome=trial.repliers,
        before=(trial.before or 0.0,),
        cluster=str(trial.group_id),
    )


async def learned(tx: Tx, community: int) -> Estimate:
    """What was learnt last; nothing at first."""
    kept = await tx.scalar(select(effects.c.learned).where(effects.c.community == community))
    return measure.stored(kept, Estimate) if kept else NOTHING


def chance_after(estimate: Estimate) -> float:
    """The chance that somebody is asked about the next prompt: half while nothing is known."""
    if estimate.verdict is Verdict.HARMS:
        return SELDOM
    return 1 - measure.holdout(estimate)


async def chance(tx: Tx, community: int) -> float:
    """The same, from what the community has seen so far."""
    return chance_after(await learned(tx, community))
