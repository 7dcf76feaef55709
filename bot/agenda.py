"""Turns the moments that features asked for into `Due` events."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.engine import Engine
from bot.events import Due
from bot.refs import ChatRef
from bot.store import due, groups
from bot.store.database import Tx
from bot.store.schema import to_ms

CHUNK = 500
"""Due rows in one go: one batch of the engine."""


class Agenda:
    """What the ticker asks "when next?" and tells "now"."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def next_due(self) -> datetime | None:
        """The earliest moment that somebody waits for."""
        async with self._engine.database.read() as tx:
            return await due.next_at(tx)

    async def fire(self, now: datetime) -> None:
        """Hands over a chunk of what is due and returns when it is handled.

        The event's id is the row's key and moment: two processes that take the same row, or a
        row taken twice around a crash, lead to one event.
        """
        async with self._engine.database.read() as tx:
            rows = await due.take(tx, now, CHUNK)
            chats = await self._chats(tx, rows)
        for row in rows:
            self._engine.offer(self._event(row, chats, now))
        await self._engine.settled()

    async def _chats(self, tx: Tx, rows: Sequence[Row[Any]]) -> dict[int, ChatRef]:
        chats = {0: ChatRef("core", "", "")}
        for number in {row.group_id for row in rows} - {0}:
            group = await groups.by_id(tx, number)
            chats[number] = group.chat if group else chats[0]
        return chats

    def _event(self, row: Row[Any], chats: dict[int, ChatRef], now: datetime) -> Due:
        return Due(
            id=f"due:{row.key}@{to_ms(row.due_at)}",
            at=now,
            chat=chats[row.group_id],
            kind=row.kind,
            arg=row.arg,
            due_at=row.due_at,
            key=row.key,
        )
