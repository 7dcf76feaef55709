"""For whom naming does something: estimates of kinds that learn from each other.

The effects of the kinds scatter around a common one with a variance between kinds, which is
estimated by Paule & Mandel (1982; recommended by Veroniki et al. 2016). Each is drawn towards
the common one as far as its own error is large beside it (Efron & Morris 1975), but not out of
its own interval (their "limited translation", 1971). Intervals drawn along would be narrower and
right only on average over kinds; a kind that differs from the rest would be missed. So each keeps
its own, at alpha over the number of kinds.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from scipy.optimize import brentq

from bot.trial import increments, intervals
from bot.trial.terms import Estimate, Occasion


def estimates(occasions: Sequence[Occasion], alpha: float) -> Mapping[str, Estimate]:
    """An estimate of each kind, shrunk, in the order of appearance."""
    kinds: dict[str, list[Occasion]] = {}
    for occasion in occasions:
        kinds.setdefault(occasion.kind, []).append(occasion)
    own = {kind: _own(found, alpha / len(kinds)) for kind, found in kinds.items()}
    return {**own, **shrunk({kind: e for kind, e in own.items() if e.known})}


def _own(occasions: Sequence[Occasion], alpha: float) -> Estimate:
    measured = increments.measure(increments.tabled(occasions))
    return intervals.estimate(measured, len(occasions), alpha)


def shrunk(own: Mapping[str, Estimate]) -> Mapping[str, Estimate]:
    """Known estimates with their effects drawn towards the common one."""
    if len(own) < 2:
        return own
    effects = np.array([e.effect for e in own.values()], np.float64)
    variances = np.array([e.error for e in own.values()]) ** 2
    between = between_kinds(effects, variances)
    common = np.average(effects, weights=1 / (variances + between))
    drawn = (variances * common + between * effects) / (variances + between)
    return {
        kind: msgspec.structs.replace(e, effect=min(max(float(to), e.low), e.high))
        for (kind, e), to in zip(own.items(), drawn, strict=True)
    }


def between_kinds(effects: np.ndarray, variances: np.ndarray) -> float:
    """The variance between kinds that makes their scatter what it should be (Paule-Mandel)."""

    def excess(between: float) -> float:
        weights = 1 / (variances + between)
        scatter = weights * (effects - np.average(effects, weights=weights)) ** 2
        return float(scatter.sum() - (len(effects) - 1))

    if excess(0.0) <= 0:
        return 0.0
    return float(brentq(excess, 0.0, float(np.ptp(effects)) ** 2 * len(effects)))
