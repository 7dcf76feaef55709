"""How many of many runs may go wrong."""

from scipy.stats import binom

DOUBT = 0.001
"""A true claim fails with this probability, for seeds drawn anew; those here are fixed."""


def at_most(runs: int, share: float) -> int:
    """The most runs that go wrong if `share` of them do in truth."""
    return int(binom.ppf(1 - DOUBT, runs, share))


def at_least(runs: int, share: float) -> int:
    """The fewest runs that go well if `share` of them do in truth."""
    return int(binom.ppf(DOUBT, runs, share))
