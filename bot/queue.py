"""The order of sending, in memory: which waiting effect may go next.

In a chat the more urgent goes first, then the older; a chat has one effect under way at a time.
Across chats the more urgent goes first too. The store is the truth; this is an index of it.
"""

import heapq
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct


class Item(Struct, frozen=True, order=True):
    """A waiting row of the outbox, without its content."""

    urgency: int
    id: int
    chat: str
    not_before: datetime


class Queue:
    """Waiting items by chat. Every operation costs the logarithm of what waits in one chat."""

    def __init__(self) -> None:
        self._chats: dict[str, list[Item]] = {}
        self._known: set[int] = set()
        self._busy: set[str] = set()

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, row: int) -> bool:
        return row in self._known

    def add(self, item: Item) -> None:
        """Puts an item in its place; one that is known already stays where it is."""
        if item.id not in self._known:
            self._known.add(item.id)
            heapq.heappush(self._chats.setdefault(item.chat, []), item)

    def take(self, now: datetime, limit: int) -> list[Item]:
        """Up to `limit` items of different chats that may go now; their chats become busy."""
        heads = heapq.nsmallest(limit, self._ready(now))
        for item in heads:
            heapq.heappop(self._chats[item.chat])
            self._busy.add(item.chat)
        return heads

    def release(self, item: Item, again_at: datetime | None = None) -> None:
        """The item is over, or waits again until a moment; its chat is free."""
        self._busy.discard(item.chat)
        self._known.discard(item.id)
        if again_at is not None:
            self.add(Item(item.urgency, item.id, item.chat, again_at))
        elif not self._chats.get(item.chat):
            self._chats.pop(item.chat, None)

    def next_at(self) -> datetime | None:
        """When the next item of a free chat may go."""
        heads = (h[0].not_before for chat, h in self._chats.items() if h and chat not in self._busy)
        return min(heads, default=None)

    def _ready(self, now: datetime) -> Iterator[Item]:
        for chat, heap in self._chats.items():
            if heap and chat not in self._busy and heap[0].not_before <= now:
                yield heap[0]
