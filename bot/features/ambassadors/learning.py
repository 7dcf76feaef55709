"""Whether openings lead to more people answering: counted, judged, and what follows for the lot."""

import asyncio

from bot import trial as measure
from bot.context import Context
from bot.events import Due
from bot.features.ambassadors import ask_records, openings, records, trial_records
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.rules import Asked, base_of, expected
from bot.features.ambassadors.trial_records import Trial
from bot.follow_ups import TookPart
from bot.store.database import Tx
from bot.trial import Estimate, Occasion, Verdict

FEWEST = 50
"""Prompts below which nothing can be said (`bot.trial` wants 25 of either kind)."""
SELDOM = 0.1
"""The chance of asking where openings were seen to do harm: enough to notice if that changes."""


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
    else:
        await trial_records.change(ctx.tx, trial.id, concluded=True)


async def expected_of(tx: Tx, community: int, group: int) -> float:
    """How many people answer the group's next prompt, as far as the last ones tell."""
    past = await trial_records.concluded(tx, community, group=group)
    return expected([trial.repliers for trial in past])


async def learned(tx: Tx, community: int) -> Estimate:
    """What being asked did to the number of people who answer."""
    past = await trial_records.concluded(tx, community)
    occasions = [occasion for trial in past if (occasion := _occasion(trial)) is not None]
    if len(occasions) < FEWEST:
        return Estimate(len(occasions), sum(occasion.named for occasion in occasions))
    return await asyncio.to_thread(measure.estimate, occasions)


def _occasion(trial: Trial) -> Occasion | None:
    if trial.asked is None or trial.chance is None or trial.before is None:
        return None
    return Occasion(
        named=trial.asked,
        chance=trial.chance,
        outcome=trial.repliers,
        before=(trial.before,),
        cluster=str(trial.group_id),
    )


def chance_after(estimate: Estimate) -> float:
    """The chance that somebody is asked about the next prompt: half while nothing is known."""
    if estimate.verdict is Verdict.HARMS:
        return SELDOM
    return 1 - measure.holdout(estimate)


async def chance(tx: Tx, community: int) -> float:
    """The same, from what the community has seen so far."""
    return chance_after(await learned(tx, community))
