"""What time it is: the system's, one that a simulation sets, or one that runs faster for a demo."""

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The time, aware, UTC."""
        ...

    def wait(self, until: datetime) -> float:
        """Real seconds until it shows `until`: 0 if it does, infinity if it stands still."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time, aware, UTC."""
        return datetime.now(UTC)

    def wait(self, until: datetime) -> float:
        """Seconds until then, at least 0."""
        return max(0.0, (until - self.now()).total_seconds())


class VirtualClock:
    """Stands still until it is told to move, backwards too: clocks of real machines do."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The time it was set to, UTC."""
        return self._now

    def wait(self, until: datetime) -> float:
        """0 or infinity: it does not move by itself."""
        return 0.0 if until <= self._now else math.inf

    def set(self, now: datetime) -> None:
        """Set it to this time, which must be aware."""
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta) -> datetime:
        """Move it on, and give the new time."""
        self._now += by
        return self._now


class TimeLapseClock:
    """Runs `speed` times as fast as the world from `start` on, and never backwards.

    After a change of speed or a leap whoever sleeps by it has to be woken (`Ticker.poke`).
    """

    def __init__(
        self, start: datetime, speed: float = 1.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._base, self._since = start.astimezone(UTC), monotonic()
        self._speed = _checked(speed)

    @property
    def speed(self) -> float:
        """Seconds it shows for each real second; 0 while it is halted."""
        return self._speed

    def now(self) -> datetime:
        """The time it shows, UTC."""
        passed = max(0.0, self._monotonic() - self._since)
        return self._base + timedelta(seconds=passed * self._speed)

    def wait(self, until: datetime) -> float:
        """Real seconds until it shows `until` at the present speed."""
        left = (until - self.now()).total_seconds()
        if left <= 0:
            return 0.0
        return left / self._speed if self._speed else math.inf

    def set_speed(self, speed: float) -> None:
        """Go on from here at another speed; ValueError below 0 or above 1,000,000."""
        speed = _checked(speed)
        self._rebase()
        self._speed = speed

    def leap(self, by: timedelta) -> None:
        """Skip ahead; ValueError for going back."""
        if by < timedelta():
            raise ValueError("a time-lapse clock never goes back")
        self._rebase()
        self._base += by

    def _rebase(self) -> None:
        self._base, self._since = self.now(), self._monotonic()


def _checked(speed: float) -> float:
    if not 0 <= speed <= 1_000_000:
        raise ValueError(f"speed must be between 0 and 1,000,000, not {speed}")
    return speed
