"""The honest measure: what being named does, from occasions that were drawn at random.

Pure statistics: no SQL, no words, no clock. An occasion is somebody whom a post might have named;
a coin with a known chance decided. `estimate` says what naming did and how sure that is, `holdout`
how many to leave out next, `by_kind` for whom it does something, `stopped` for whom to end it.
The intervals hold at every moment at once, so that looking every day does no harm. The method
and its sources are in `increments.py` and `intervals.py`; docs/adr/0008-the-measure.md says why.

numpy and scipy are loaded by the first estimate; call it in a thread.
"""

from collections.abc import Mapping, Sequence

from bot.trial.rules import holdout, stopped
from bot.trial.terms import ALPHA, Estimate, Occasion, Verdict, stored

__all__ = [
    "ALPHA",
    "Estimate",
    "Occasion",
    "Verdict",
    "by_kind",
    "estimate",
    "history",
    "holdout",
    "stopped",
    "stored",
]


def estimate(occasions: Sequence[Occasion], *, alpha: float = ALPHA) -> Estimate:
    """What naming did on these occasions.

    They come in the order of their draws, and only those up to the first whose outcome is still
    open: what is known early is no fair sample of its day. Nobody is drawn again before the own
    outcome is known, named or not; else a later naming would count for being left out.

    `alpha` is the probability that the interval misses the effect at any moment, however often
    somebody looks. A ValueError says what is wrong with an occasion.
    """
    return history(occasions, [len(occasions)], alpha=alpha)[0]


def history(
    occasions: Sequence[Occasion], sizes: Sequence[int], *, alpha: float = ALPHA
) -> list[Estimate]:
    """What `estimate` said, or would have said, after so many occasions: for a picture."""
    from bot.trial import increments, intervals

    measured = increments.measure(increments.tabled(occasions))
    return [intervals.estimate(measured, size, alpha) for size in sizes]


def by_kind(occasions: Sequence[Occasion], *, alpha: float = ALPHA) -> Mapping[str, Estimate]:
    """What naming did for each kind, drawn towards what it did for all.

    All intervals together miss with the probability `alpha`, ever. They rest on the kind's own
    occasions alone; only `effect` learns from the other kinds.
    """
    from bot.trial import kinds

    return kinds.estimates(occasions, alpha)
