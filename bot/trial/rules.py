"""What follows from an estimate: whom to leave out next, and where to stop."""

from collections.abc import Mapping

from bot.trial.terms import Estimate

MOST_LEFT_OUT, LEAST_LEFT_OUT = 0.5, 0.1
"""Half learns fastest while nothing is known; a tenth keeps watch for ever."""
WORTH = 0.05
"""The least effect for which people are pinged: of twenty who were named, one who speaks again
and otherwise would not. With less, more than nineteen pings in twenty interrupt for nothing."""


def holdout(estimate: Estimate) -> float:
    """The share to leave out next, from 0.5 to 0.1.

    Half until naming is seen to help. Then the share falls with the square of half-width over
    effect: as much as fewer occasions would have sufficed to see it.
    """
    if estimate.effect is None or estimate.low <= 0:
        return MOST_LEFT_OUT
    ratio = min(1.0, (estimate.high - estimate.low) / 2 / estimate.effect)
    return max(LEAST_LEFT_OUT, MOST_LEFT_OUT * ratio**2)


def stopped(kinds: Mapping[str, Estimate], *, worth: float = WORTH) -> frozenset[str]:
    """The kinds for which naming is shown to do less than is worth a ping.

    `worth` is in units of the outcome. Too little data stops nobody: the upper end is high then.
    """
    return frozenset(kind for kind, estimate in kinds.items() if estimate.high < worth)
