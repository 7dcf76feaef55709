"""An interval for the mean effect that holds at every moment at once.

The sums of the increments wander around the sum of the effects like a Brownian motion whose clock
is their variance, so Robbins' normal mixture bounds them for all time: the asymptotic confidence
sequence for means that change, under martingale dependence, of Waudby-Smith, Arbour, Sinha,
Kennedy & Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences" (Annals
of Statistics 2024), proposition 2.5. What is bounded is the mean effect on the occasions so far.

"Asymptotic" asks for care with few cases. Nothing is said before a least number of them; and the
bound is taken from Student's distribution, with the degrees of freedom that the spread of the
squares leaves (Satterthwaite 1946), so that rare outcomes and small holdouts widen it.
"""

import numpy as np
from scipy.special import lambertw, ndtr, stdtrit

from bot.trial.increments import Labels, Measured, Numbers
from bot.trial.terms import Estimate

INTENDED = 1000
"""Occasions at which the interval is narrowest: about a year of a lively group. A quarter or four
times as many cost less than a tenth."""
LEAST_IN_ARM = 25
"""Cases in either arm before anything is said."""
LEAST_BLOCKS = 20
"""Posts before anything is said: the variance between them is known within a third."""
LEAST_CLUSTERS = 20
"""Groups, weighed by size, from which the variance between them counts: the effects may differ
from group to group. With fewer the interval speaks of these groups alone."""


def estimate(measured: Measured, size: int, alpha: float) -> Estimate:
    """What the first `size` occasions say."""
    named, counted = measured.named[:size], measured.counted[:size]
    bare = Estimate(len(named), int(named.sum()))
    arm = int(named[counted].sum())
    if min(arm, counted.sum() - arm) < LEAST_IN_ARM:
        return bare
    with_, without = measured.with_[:size][counted], measured.without[:size][counted]
    errors = with_ - without
    effect = float(errors.mean())
    errors -= effect
    error, freedom = _spread(errors, measured.block[:size][counted], LEAST_BLOCKS)
    if not 0 < error < np.inf:
        return bare
    bound = boundary(len(errors), alpha)
    half = error * _student(bound, freedom)
    between, freedom = _spread(errors, measured.cluster[:size][counted], LEAST_CLUSTERS)
    if between < np.inf:
        half = max(half, between * _student(bound, freedom))
    return Estimate(
        bare.occasions,
        bare.named,
        effect=effect,
        low=effect - half,
        high=effect + half,
        error=half / bound,
        with_rate=float(with_.mean()),
        without_rate=float(without.mean()),
    )


def boundary(size: int, alpha: float) -> float:
    """How many standard errors a Brownian motion stays within at every size at once.

    Robbins' mixture of normal alternatives, tuned to be narrowest at INTENDED (there 3.0 for the
    usual 1.96).
    """
    clock = (-lambertw(-(alpha**2) / np.e, -1).real - 1) * size / INTENDED
    return float(np.sqrt((1 + 1 / clock) * (np.log1p(clock) - 2 * np.log(alpha))))


def _spread(errors: Numbers, label: Labels, least: int) -> tuple[float, float]:
    """The standard error of the mean, if what has the same label hangs together, and its degrees
    of freedom. Endless with fewer labels than `least`, each weighed by its size."""
    sizes = np.bincount(label)
    seen = sizes > 0
    groups = int(seen.sum())
    if len(errors) ** 2 < least * float(sizes @ sizes):
        return np.inf, 1.0
    squares = np.bincount(label, errors)[seen] ** 2
    total = squares.sum()
    error = float(np.sqrt(total * groups / (groups - 1))) / len(errors)
    noise = float((squares**2).sum() - total**2 / groups)
    usual = float(groups - 1)
    return error, usual if noise * usual <= 2 * total**2 else float(2 * total**2 / noise)


def _student(bound: float, freedom: float) -> float:
    """The bound with the same tail when the variance is itself an estimate."""
    return float(-stdtrit(freedom, float(ndtr(-bound))))
