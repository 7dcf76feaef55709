"""An occasion, and what is said about many."""

from enum import Enum
from math import inf
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T")
ALPHA = 0.05
"""How often an interval may miss the effect, over its whole life: the field's convention."""


class Occasion(Struct, frozen=True):
    """Somebody whom a post might name, and what came of it.

    `chance` is the probability of `named` as it stood before the draw; it may depend on
    everything earlier. `outcome` is 0 or 1 ("spoke again within 14 days") or a number.
    `before` is known before the draw (say, the logarithm of earlier messages): the more it tells
    about the outcome, the narrower the interval. It has the same length on all occasions.
    `cluster` is the group. `block` is the post, if people were drawn for one together; without
    one, the occasion stands alone. `kind` is what was quiet about the person.
    """

    named: bool
    chance: float
    outcome: float
    before: tuple[float, ...]
    cluster: str
    block: str = ""
    kind: str = ""


class Verdict(Enum):
    """What may be said about an effect."""

    UNKNOWN = "unknown"
    """Too few cases to say anything."""
    NO_DIFFERENCE_SEEN = "no difference seen"
    """The interval has both signs: there may be an effect that was not seen."""
    HELPS = "helps"
    HARMS = "harms"


class Estimate(Struct, frozen=True):
    """The mean effect of being named, in units of the outcome (0.1 is ten points).

    `effect` and the rates are None, and the interval from `low` to `high` is endless, while there
    is too little to say. `error` is the standard error. `with_rate` and `without_rate` are the
    mean outcomes had all been named or nobody; `effect` is their difference, unless it was drawn
    towards other kinds.
    """

    occasions: int
    named: int
    effect: float | None = None
    low: float = -inf
    high: float = inf
    error: float = inf
    with_rate: float | None = None
    without_rate: float | None = None

    @property
    def known(self) -> bool:
        """Whether there were enough cases in both arms to show the interval."""
        return self.effect is not None

    @property
    def verdict(self) -> Verdict:
        """What may be said."""
        if not self.known:
            return Verdict.UNKNOWN
        if self.low > 0:
            return Verdict.HELPS
        return Verdict.HARMS if self.high < 0 else Verdict.NO_DIFFERENCE_SEEN


def stored(text: str, as_: type[T]) -> T:
    """What was kept as JSON by `msgspec.json.encode`: an estimate, or something made of some.

    Endless bounds are written as nulls, and are what an estimate begins with.
    """
    return msgspec.convert(_without_nulls(msgspec.json.decode(text)), as_)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return value
