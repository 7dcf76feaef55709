"""The words side of one database's index: what terms say, and which entries they propose."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.recall import records, scoring
from bot.store.database import Tx

POOL = 100
"""Entries that are proposed."""
COMMON = 4
"""Terms that are read of a question that has only common ones."""
_ALL = ""
"""Stands for the entries themselves among the terms of a community."""


class ByWords:
    """Remembers which terms are common, and does not count them again.

    A term that `records.ENOUGH` entries had is common from then on: it may only become rare again
    if almost all of them are deleted, and then it weighs too little until the next start.
    """

    def __init__(self) -> None:
        self._common: dict[int, set[str]] = defaultdict(set)

    async def search(
        self, tx: Tx, community: int, asked: Sequence[str]
    ) -> tuple[dict[str, float], list[int]]:
        """What each of these terms says, and the entries that the rarest of them propose."""
        counts = await self._counts(tx, community, asked)
        weights = scoring.weights(asked, counts, counts[_ALL])
        del counts[_ALL]
        chosen = {term: (weights[term], most) for term, most in _shares(counts, weights).items()}
        if not chosen:
            return weights, []
        return weights, await records.having(tx, community, chosen, POOL)

    async def _counts(self, tx: Tx, community: int, asked: Sequence[str]) -> dict[str, int]:
        """How many entries have each term that any has, and how many there are; see `records`."""
        common = self._common[community]
        counts = {term: records.ENOUGH for term in (_ALL, *asked) if term in common}
        if _ALL not in common:
            counts[_ALL] = await records.size(tx, community)
        if unknown := [term for term in asked if term not in common]:
            counts |= await records.counts(tx, community, unknown)
        common.update(term for term, count in counts.items() if count >= records.ENOUGH)
        return counts


def _shares(counts: Mapping[str, int], weights: Mapping[str, float]) -> dict[str, int]:
    """How many entries of which terms to read, `records.ENOUGH` together: the rare ones' first.

    Where every term is common, a part of the weightiest each.
    """
    rarest = sorted(counts, key=lambda term: (counts[term], -weights[term], term))
    if not rarest or counts[rarest[0]] >= records.ENOUGH:
        return dict.fromkeys(rarest[:COMMON], records.ENOUGH // COMMON)
    left, shares = records.ENOUGH, dict[str, int]()
    for term in rarest:
        shares[term] = min(counts[term], left)
        left -= shares[term]
        if not left:
            break
    return shares
