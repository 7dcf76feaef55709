"""The two shapes a rate limit is seen to have; both answer "how long must I wait?"."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Protocol


class Limiter(Protocol):
    limit: int

    def take(self, now: float) -> float:
        """Take one slot at `now` (seconds). Returns 0.0, or the seconds to wait instead."""

    def remaining(self, now: float) -> int:
        """Slots left at `now`."""

    def reset_after(self, now: float) -> float:
        """Seconds until all slots are free again."""


@dataclass
class SlidingWindow:
    """At most `limit` in any `per` seconds."""

    limit: int
    per: float
    _taken: deque[float] = field(default_factory=deque)

    def take(self, now: float) -> float:
        if self.remaining(now) <= 0:
            return self._taken[0] + self.per - now
        self._taken.append(now)
        return 0.0

    def remaining(self, now: float) -> int:
        while self._taken and self._taken[0] + self.per <= now:
            self._taken.popleft()
        return self.limit - len(self._taken)

    def reset_after(self, now: float) -> float:
        return self._taken[-1] + self.per - now if self._taken else 0.0


@dataclass
class TokenBucket:
    """`limit` at once, filled up again evenly over `per` seconds."""

    limit: int
    per: float
    _level: float = -1.0
    _at: float = 0.0

    def take(self, now: float) -> float:
        self._fill(now)
        if self._level < 1.0:
            return (1.0 - self._level) * self.per / self.limit
        self._level -= 1.0
        return 0.0

    def remaining(self, now: float) -> int:
        self._fill(now)
        return int(self._level)

    def reset_after(self, now: float) -> float:
        self._fill(now)
        return (self.limit - self._level) * self.per / self.limit

    def _fill(self, now: float) -> None:
        if self._level < 0:
            self._level = float(self.limit)
        else:
            gained = (now - self._at) * self.limit / self.per
            self._level = min(float(self.limit), self._level + gained)
        self._at = now
