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

from bot.trial import increments, intervals
from bot.trial.increments import Numbers
from bot.trial.terms import Estimate, Occasion

STEPS, CLOSE = 100, 1e-9
"""Each step at least doubles what a far start is short of: a hundred reach any number."""


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


def between_kinds(effects: Numbers, variances: Numbers) -> float:
    """The variance between kinds that makes their scatter what it should be (Paule-Mandel).

    Newton's steps from 0 never go too far (DerSimonian & Kacker 2007).
    """
    between = 0.0
    for _ in range(STEPS):
        weights = 1 / (variances + between)
        squares = (effects - np.average(effects, weights=weights)) ** 2
        excess = float(weights @ squares) - (len(effects) - 1)
        if excess <= CLOSE:
            break
        between += excess / float(weights**2 @ squares)
    return between
