"""Communities as the product would meet them, with an effect that we planted.

Groups have their own base rates; weeks and posts have shocks that everybody in them shares;
members have a rhythm of their own, of which `before` tells a part, and a kind of quiet. The share
left out follows the estimate, as in the product, from the outcomes that are known by then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.trial import Estimate, Occasion, by_kind, estimate, history, holdout, stopped
from bot.trial.increments import LEARNING

WINDOW = 2
"""Weeks until an outcome is known."""


@dataclass(frozen=True, eq=False)
class Community:
    """What is planted; effects, rates and standard deviations are probabilities."""

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


@dataclass
class Past:
    """Occasions in the order of their draws, and what naming truly did on each."""

    plan: Community
    occasions: list[Occasion] = field(default_factory=list)
    truth: list[float] = field(default_factory=list)
    week_ends: list[int] = field(default_factory=list)

    def looks(self) -> list[tuple[Estimate, float]]:
        """What was said each time somebody looked, after every post, and what was true."""
        drawn = self.plan.drawn
        taught = -(-LEARNING // drawn) * drawn
        sizes = range(taught + drawn, len(self.occasions) + 1, drawn)
        true = np.cumsum(self.truth[taught:])
        return [
            (said, float(true[size - taught - 1]) / (size - taught))
            for size, said in zip(sizes, history(self.occasions, sizes), strict=True)
        ]


Choice = Callable[[Sequence[Occasion]], Mapping[str, float]]
"""From the known occasions, the chance of being named for each kind: 0 if stopped, else a half."""


def halves(_: Sequence[Occasion]) -> Mapping[str, float]:
    """A half, always."""
    return {}


def adaptive(known: Sequence[Occasion]) -> Mapping[str, float]:
    """As the estimate of all says."""
    return dict.fromkeys({o.kind for o in known}, 1 - holdout(estimate(known)))


def learning(known: Sequence[Occasion]) -> Mapping[str, float]:
    """As the estimate of each kind says; those for whom naming does too little are left alone."""
    kinds = by_kind(known)
    return {k: 0.0 if k in stopped(kinds) else 1 - holdout(e) for k, e in kinds.items()}


def lived(plan: Community, seed: int, choice: Choice = adaptive, every: int = 1) -> Past:
    """The past of a community, with a choice `every` so many weeks."""
    rng = np.random.default_rng(seed)
    people = People(plan, rng)
    past = Past(plan)
    chosen = choice([])
    for week in range(plan.weeks):
        if week >= WINDOW and week % every == 0:
            chosen = choice(past.occasions[: past.week_ends[-WINDOW]])
        people.meet(week, past, chosen)
        past.week_ends.append(len(past.occasions))
    return past


class People:
    """The members of a community."""

    def __init__(self, plan: Community, rng: np.random.Generator) -> None:
        self.plan, self.rng = plan, rng
        shape = (plan.groups, plan.members)
        self.rhythm = rng.normal(size=shape)
        self.told = self.rhythm + 0.5 * rng.normal(size=shape)
        self.kind = rng.integers(len(plan.effects), size=shape)
        self.rate = rng.uniform(*plan.rates, size=plan.groups)
        self.differs = plan.scatter * rng.normal(size=plan.groups)

    def meet(self, week: int, past: Past, chances: Mapping[str, float]) -> None:
        """A week of posts, and what comes of them."""
        plan, rng = self.plan, self.rng
        kinds, effects = list(plan.effects), np.array(list(plan.effects.values()))
        post = np.repeat(np.arange(plan.groups * plan.posts), plan.drawn)
        group = rng.permutation(np.repeat(np.arange(plan.groups), plan.posts))[post]
        who = group, rng.integers(plan.members, size=len(post))
        rate = self.rate[group] + plan.rhythm * self.rhythm[who] + self.shocks(group, post)
        lift = effects[self.kind[who]] + self.differs[group]
        if_not, if_named = np.clip([rate, rate + lift], 0.01, 0.99)
        chance = np.array([chances.get(kind, 0.5) for kind in kinds])[self.kind[who]]
        named = rng.random(len(post)) < chance
        spoke = rng.random(len(post)) < np.where(named, if_named, if_not)
        for i in np.flatnonzero(chance):
            past.truth.append(float(if_named[i] - if_not[i]))
            past.occasions.append(
                Occasion(
                    named=bool(named[i]),
                    chance=float(chance[i]),
                    outcome=float(spoke[i]),
                    before=(float(self.told[who][i]),),
                    cluster=f"group {group[i]}",
                    block=f"{week}:{post[i]}",
                    kind=kinds[self.kind[who][i]],
                )
            )

    def shocks(self, group: np.ndarray, post: np.ndarray) -> np.ndarray:
        """What a week does to all, to each group and to each post."""
        draw = self.rng.normal
        week, groups, posts = draw(), draw(size=self.plan.groups), draw(size=post.max() + 1)
        return np.asarray(self.plan.shock * (week + groups[group] + posts[post]))
