"""When the next message may go: evenly below the platform's limit, so that it never says no.

An even pacer just below the limit loses nothing against bursts and avoids every refusal, under a
sliding window as under a token bucket (measured: docs/benchmarks.md).
"""

from collections import deque
from datetime import timedelta

from bot.ports import Limits

MINUTE = 60.0
CATCHING_UP = 0.97
"""Of the usual distance: 49.5 and 29.9 a second, which is still below the platforms' limits."""


class Pacer:
    """Answers "how many seconds until this may go?"; all times are seconds of one clock."""

    def __init__(self, limits: Limits) -> None:
        self._step = 1 / limits.per_second
        self._chat_step = limits.chat_interval.total_seconds()
        self._per_minute = limits.group_per_minute
        self._free_at = self._began = 0.0
        self._chats: dict[str, float] = {}
        self._groups: dict[str, deque[float]] = {}

    def ready_at(self, chat: str, group: str) -> float:
        """The earliest moment for a message to this chat, leaving aside the common pace."""
        ready = self._chats.get(chat, 0.0)
        sent = self._groups.get(group)
        if self._per_minute and sent and len(sent) >= self._per_minute:
            ready = max(ready, sent[0] + MINUTE)
        return ready

    def take(self, now: float, chat: str, group: str) -> float:
        """Books the next place in the common pace; returns the moment to send at."""
        moment = max(now, self._free_at, self.ready_at(chat, group))
        self._free_at = max(now, self._free_at) + self._step
        if self._chat_step:
            self._chats[chat] = moment + self._chat_step
            self._forget(now)
        if self._per_minute:
            self._groups.setdefault(group, deque(maxlen=self._per_minute)).append(moment)
        return moment

    def gap(self, now: float) -> float:
        """Seconds until a send may really begin. Those that are late, because everything was
        held up, catch up a little faster than the pace but do not come in a burst."""
        self._began = max(now, self._began + CATCHING_UP * self._step)
        return self._began - now

    def pause(self, now: float, after: timedelta) -> None:
        """The platform asked everybody to wait."""
        self._free_at = max(self._free_at, now + after.total_seconds())

    def _forget(self, now: float) -> None:
        if len(self._chats) > 5_000:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}
            recent = now - MINUTE
            self._groups = {g: sent for g, sent in self._groups.items() if sent[-1] > recent}
