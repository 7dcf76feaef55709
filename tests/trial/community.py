"""Communities that are simulated as the product would meet them, with an effect we planted.

Groups have their own base rates; weeks and posts have shocks that everybody in them shares;
members have a rhythm of their own, of which `before` tells a part, and a kind of quiet. The share left
out follows the estimates, as in the product: weekly, from the outcomes that are known by then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.trial import Estimate, Occasion, by_kind, estimate, holdout, stopped

DAYS = 7
WINDOW = 2
"""Weeks until an outcome is known."""


@dataclass(frozen=True)
class Community:
    """What is planted; all in probabilities of speaking again."""

    effects: Mapping[str, float] = field(default_factory=lambda: {"faded": 0.0})
    weeks: int = 52
    groups: int = 4
    posts: int = 2
    drawn: int = 3
    members: int = 60
    rates: tuple[float, float] = (0.15, 0.4)
    rhythm: float = 0.12
    shock: float = 0.05
    scatter: float = 0.0
    """How the effect differs between groups."""
    learns: bool = True
    """Whether the share left out follows the estimate; the kinds stop by `year`'s choice."""


@dataclass
class Year:
    """What happened: occasions in the order of their draws, with what naming truly did."""

    occasions: list[Occasion] = field(default_factory=list)
    truth: list[float] = field(default_factory=list)
    known_on: list[int] = field(default_factory=list)
    """How many outcomes were known at the end of each day."""


Choice = Callable[[Sequence[Occasion]], tuple[float, frozenset[str]]]
"""From the known occasions, the share to leave out and the kinds to stop."""


def as_the_product(known: Sequence[Occasion]) -> tuple[float, frozenset[str]]:
    """The share follows the estimate; nobody is stopped."""
    return holdout(estimate(known)), frozenset()


def with_stops(known: Sequence[Occasion]) -> tuple[float, frozenset[str]]:
    """Kinds for which naming is shown to do too little are left alone."""
    return holdout(estimate(known)), stopped(by_kind(known))


def halves(_: Sequence[Occasion]) -> tuple[float, frozenset[str]]:
    """Always half."""
    return 0.5, frozenset()


def year(plan: Community, seed: int, choice: Choice = as_the_product) -> Year:
    """A year (or `plan.weeks`) of a community."""
    rng = np.random.default_rng(seed)
    kinds, effects = list(plan.effects), np.array(list(plan.effects.values()))
    shape = (plan.groups, plan.members)
    rhythm, kind = rng.normal(size=shape), rng.integers(len(kinds), size=shape)
    told = rhythm + 0.5 * rng.normal(size=shape)
    rate = rng.uniform(*plan.rates, size=plan.groups)
    differs = plan.scatter * rng.normal(size=plan.groups)
    happened = Year()
    sizes = [0] * WINDOW
    for week in range(plan.weeks):
        known = sizes[-WINDOW]
        left_out, stop = choice(happened.occasions[:known])
        days = np.sort(rng.integers(DAYS, size=plan.groups * plan.posts))
        group = np.repeat(rng.permutation(np.repeat(np.arange(plan.groups), plan.posts)), plan.drawn)
        who = rng.integers(plan.members, size=len(group))
        shared = (
            rate
            + plan.shock * rng.normal()
            + plan.shock * rng.normal(size=plan.groups)
        )[group] + np.repeat(plan.shock * rng.normal(size=len(days)), plan.drawn)
        bare = shared + plan.rhythm * rhythm[group, who]
        kind_of = kind[group, who]
        if_not = np.clip(bare, 0.01, 0.99)
        if_named = np.clip(bare + effects[kind_of] + differs[group], 0.01, 0.99)
        named = rng.random(len(group)) >= left_out
        spoke = rng.random(len(group)) < np.where(named, if_named, if_not)
        for i in np.flatnonzero([kinds[k] not in stop for k in kind_of]):
            g = int(group[i])
            happened.truth.append(float(if_named[i] - if_not[i]))
            happened.occasions.append(
                Occasion(
                    named=bool(named[i]),
                    chance=1 - left_out,
                    outcome=float(spoke[i]),
                    before=(float(told[g, who[i]]),),
                    cluster=f"group {g}",
                    block=f"{week}:{i // plan.drawn}",
                    kind=kinds[kind_of[i]],
                )
            )
        sizes.append(len(happened.occasions))
    return happened
