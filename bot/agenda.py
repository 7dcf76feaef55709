"""Turns the moments that features asked for into `Due` events."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.engine import Engine
from bot.events import Due
from bot.refs import ChatRef
from bot.store import due, groups
from bot.store.groups import Group
from bot.store.schema import EPOCH, to_ms

CHUNK = 500
"""Due rows in one go: one batch of the engine, and no long stop for the event loop."""
PRUNE_EVERY = timedelta(hours=1)
"""How often the posts that no longer listen are let go."""
NOWHERE = ChatRef("core", "", "")
"""The chat of what belongs to no group."""


class Agenda:
    """What the ticker asks "when next?" and tells "now"."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pruned = EPOCH

    async def next_due(self) -> datetime | None:
        """The earliest moment that somebody waits for."""
        async with self._engine.database.read() as tx:
            return await due.next_at(tx)

    async def fire(self, now: datetime) -> None:
        """Hands over everything that is due, a chunk at a time; returns when it is handled.

        The event's id is the row's key and moment: two processes that take the same row, or a
        row taken twice around a crash, lead to one event.
        """
        if now - self._pruned >= PRUNE_EVERY:
            self._engine.interests.prune(now)
            self._pruned = now
        taken = CHUNK
        while taken == CHUNK:
            async with self._engine.database.read() as tx:
                rows = await due.take(tx, now, CHUNK)
                known = await groups.by_ids(tx, {row.group_id for row in rows})
            for row in rows:
                self._engine.offer(self._event(row, known.get(row.group_id), now))
            await self._engine.settled()
            taken = len(rows)

    def _event(self, row: Row[Any], group: Group | None, now: datetime) -> Due:
        return Due(
            id=f"due:{row.key}@{to_ms(row.due_at)}",
            at=now,
            chat=group.chat if group else NOWHERE,
            kind=row.kind,
            arg=row.arg,
            due_at=row.due_at,
            key=row.key,
        )
