"""What can go wrong on the way: refusals, lost answers and limits."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telegram_api.errors import ApiError, too_many_requests


@dataclass(frozen=True)
class Fault:
    """One planned failure of one call.

    `error` is answered instead of doing it; without one the connection is dropped, after the
    work if `processed`, else before.
    """

    error: ApiError | None = None
    processed: bool = False


class Faults:
    """Planned failures by method, used up in order; "*" meets any method but getUpdates."""

    def __init__(self) -> None:
        self._planned: dict[str, deque[Fault]] = defaultdict(deque)

    def plan(self, method: str, fault: Fault, times: int = 1) -> None:
        self._planned[method].extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        for name in (method, "*"):
            if self._planned[name] and not (name == "*" and method == "getUpdates"):
                return self._planned[name].popleft()
        return None


@dataclass
class Limiter:
    """Telegram's published limits as sliding windows; times in seconds of `now`.

    Figures: Bots FAQ (30 messages/s in all, 20/min in a group, about 1/s in a chat).
    """

    overall_per_second: int = 30
    group_per_minute: int = 20
    chat_per_second: int = 1
    now: Callable[[], float] = time.monotonic
    refused: int = 0
    _sent: dict[object, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def admit(self, chat_id: int) -> None:
        """Count one sending, or raise 429 with the seconds to wait."""
        now = self.now()
        windows = [
            ("all", self.overall_per_second, 1.0),
            (("second", chat_id), self.chat_per_second, 1.0),
        ]
        if chat_id < 0:
            windows.append((("minute", chat_id), self.group_per_minute, 60.0))
        wait = max(self._wait(key, limit, seconds, now) for key, limit, seconds in windows)
        if wait > 0:
            self.refused += 1
            raise too_many_requests(math.ceil(wait))
        for key, _, _ in windows:
            self._sent[key].append(now)

    def _wait(self, key: object, limit: int, seconds: float, now: float) -> float:
        sent = self._sent[key]
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        return sent[-limit] + seconds - now if len(sent) >= limit else 0.0
