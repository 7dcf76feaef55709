"""What the occasions teach: for whom being named does something, and how many to leave out.

Once a day at most and outside every transaction, because numpy has to be loaded and thousands of
occasions are counted. What was learnt last stands in `effects`.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from math import log1p
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Row, select

from bot import trial
from bot.context import Context
from bot.events import Due, Event
from bot.features.quiet import outcome_records
from bot.features.quiet.core import quiet
from bot.features.quiet.tables import effects
from bot.store.database import Tx
from bot.store.schema import EPOCH
from bot.trial import Estimate

LEARN = "learn"
PAUSE = timedelta(hours=1)
"""How long after an outcome is known: others of the same day come with it."""
RETRY = timedelta(days=180)
"""After so long a kind of people for whom naming was stopped is named again, to see."""
HALF = 0.5
NOTHING = Estimate(0, 0)


class Learned(Struct, frozen=True):
    """What was learnt, as shares of one: about writing again, about new ties, and about writing
    again for each kind of people, drawn towards all.

    `left_out` is the share of each kind to leave out by lot next, a half where nothing is said:
    the certainty about one kind must not starve what is learnt of another. `stopped` says since
    when which kind was last stopped; it stays when naming is tried again.
    """

    spoke: Estimate = NOTHING
    tied: Estimate = NOTHING
    kinds: Mapping[str, Estimate] = {}
    stopped: Mapping[str, datetime] = {}
    left_out: Mapping[str, float] = {}

    def is_stopped(self, kind: str, now: datetime) -> bool:
        """Whether nobody of this kind is named."""
        return kind in self.stopped and now < self.stopped[kind] + RETRY

    def chance(self, kind: str, now: datetime) -> float:
        """The probability with which somebody of this kind is named."""
        if self.is_stopped(kind, now):
            return 0.0
        return HALF if kind in self.stopped else 1 - self.left_out.get(kind, HALF)


class Taught(Event, frozen=True, kw_only=True):
    """What a community's occasions teach now; no adapter makes it."""

    community: int
    learned: Learned


def learn_soon(ctx: Context, community: int) -> None:
    """Asks for a moment to learn, the same one for all outcomes that come now."""
    ctx.arm(f"quiet-{LEARN}:{community}", ctx.now + PAUSE, LEARN, str(community))


@quiet.due(LEARN)
async def look(ctx: Context, event: Due) -> None:
    """Counts after the commit; comes back as `Taught`."""
    ctx.after_commit.append(lambda: ctx.around.errand(partial(_counted, event)))


async def _counted(event: Due, tx: Tx) -> Event:
    community = int(event.arg)
    rows = await outcome_records.taught(tx, community)
    before = await of_community(tx, community)
    learned = await asyncio.to_thread(learn, rows, before, event.at)
    return Taught(
        id=f"{event.id}:taught",
        at=event.at,
        chat=event.chat,
        community=community,
        learned=learned,
    )


@quiet.on(Taught)
async def taught(ctx: Context, event: Taught) -> None:
    """From now on this is what is known."""
    await keep(ctx.tx, event.community, event.learned, ctx.now)


async def keep(tx: Tx, community: int, learned: Learned, now: datetime) -> None:
    """Stores what was learnt in place of what was known."""
    text = msgspec.json.encode(learned).decode()
    await tx.put(effects, {"community": community, "learned": text, "at": now})


async def of_community(tx: Tx, community: int) -> Learned:
    """What was learnt last; nothing at first."""
    kept = await tx.scalar(select(effects.c.learned).where(effects.c.community == community))
    return trial.stored(kept, Learned) if kept else Learned()


async def chance(ctx: Context, kind: str) -> float:
    """The probability with which somebody of this kind is to be named in this community now;
    0 if that was shown not to help them."""
    return (await of_community(ctx.tx, ctx.here.community)).chance(kind, ctx.now)


def learn(rows: Sequence[Row[Any]], before: Learned, now: datetime) -> Learned:
    """What the occasions (`outcome_records.taught`) teach. Loads numpy: to be called in a thread.

    A kind that was stopped and is tried again is judged by what came since then.
    """
    again = {k: since + RETRY for k, since in before.stopped.items() if now >= since + RETRY}
    spoke = trial.estimate([_occasion(row, row.spoke) for row in rows])
    fresh = [_occasion(r, r.spoke) for r in rows if r.at >= again.get(r.kind, EPOCH)]
    kinds = trial.by_kind(fresh)
    ended = {k: now for k in trial.stopped(kinds) if not before.is_stopped(k, now)}
    return Learned(
        spoke=spoke,
        tied=trial.estimate([_occasion(row, row.tied) for row in rows]),
        kinds=kinds,
        stopped={**before.stopped, **ended},
        left_out={kind: trial.holdout(found) for kind, found in kinds.items()},
    )


def _occasion(row: Row[Any], outcome: bool) -> trial.Occasion:
    return trial.Occasion(
        named=row.named,
        chance=row.chance,
        outcome=float(outcome),
        before=(log1p(row.days_before), log1p(row.messages_before)),
        cluster=str(row.group_id),
        block=row.post,
        kind=row.kind,
    )
