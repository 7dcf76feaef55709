"""One step of an import: some messages come in, and pairs are found among them."""

import asyncio
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from bot.events import MessagePosted
from bot.features.answers.importing import proposing, taking
from bot.features.answers.importing.pairing import Pair, Pairs
from bot.store.database import Tx
from bot.store.groups import Group


class Step(Struct, frozen=True):
    """What a step brought: messages that were new, that were known, and new questions."""

    added: int
    known: int
    found: int


async def pair_up(
    pairs: Pairs, context: Iterable[MessagePosted], events: Iterable[MessagePosted]
) -> list[Pair]:
    """The pairs that the events complete, in a thread: the model takes its time. `context` was
    said before them in the same rooms."""

    def work() -> list[Pair]:
        for event in context:
            pairs.hear(event)
        return [pair for event in events if (pair := pairs.hear(event)) is not None]

    return await asyncio.to_thread(work)


async def step(
    tx: Tx,
    group: Group,
    job: int,
    events: Sequence[MessagePosted],
    found: Sequence[Pair],
    left_out: Collection[str],
    *,
    whole_roster: bool,
) -> Step:
    """Takes messages in, and proposes what was found. Doing it twice changes nothing."""
    taken = await taking.take_in(tx, group, events, left_out, whole_roster=whole_roster)
    new = await proposing.propose(tx, group, job, found, left_out)
    return Step(taken.added, taken.known, new)
