"""The meaning side of one database's index: codes in memory, kept up to date from its rows.

Rows never change, so a row read once need not be read again, except where it may yet be undone,
or a lower number may yet be committed by another process. The newest `UNSETTLED` entries of a
community are therefore read at every search, and only older ones stay in memory. What was
dropped since is noticed when the best are read for the exact comparison.
"""

import asyncio
import threading
from collections import defaultdict
from heapq import nlargest

from sqlalchemy import select

from bot.recall.codes import Codes
from bot.recall.meaning import packed
from bot.recall.models import Meaning, encode
from bot.recall.tables import entries
from bot.store.database import Tx

UNSETTLED = 200
"""No transaction may keep more questions of a community than this."""

PAGE = 5_000
"""Rows that are read at once: the first search reads all, and others must get their turn."""


class Nearest:
    """Codes by community."""

    def __init__(self) -> None:
        self._settled: dict[int, Codes] = defaultdict(Codes)
        self._mark: dict[int, int] = defaultdict(int)
        self._turn = threading.Lock()

    async def search(self, tx: Tx, community: int, asked: Meaning, limit: int) -> list[int]:
        """The numbers of about `limit` entries that seem nearest in meaning, in no order."""
        while len(rows := await self._page(tx, community)) == PAGE:
            await asyncio.to_thread(self._settle, community, rows)
        return await asyncio.to_thread(self._found, community, rows, asked, limit)

    async def _page(self, tx: Tx, community: int) -> list[tuple[int, bytes]]:
        """The next entries that are not in memory."""
        statement = (
            select(entries.c.id, entries.c.code)
            .where(entries.c.community == community, entries.c.id > self._mark[community])
            .where(entries.c.code.is_not(None))
            .order_by(entries.c.id)
            .limit(PAGE)
        )
        return [(row.id, row.code) for row in await tx.all(statement)]

    def _settle(self, community: int, rows: list[tuple[int, bytes]]) -> Codes:
        """Takes all but the newest rows into memory, unless another search was faster."""
        with self._turn:
            codes = self._settled[community]
            new = [row for row in rows[:-UNSETTLED] if row[0] > self._mark[community]]
            codes.extend(new)
            if new:
                self._mark[community] = new[-1][0]
            return codes

    def _found(
        self, community: int, rows: list[tuple[int, bytes]], asked: Meaning, limit: int
    ) -> list[int]:
        codes = self._settle(community, rows)
        unsettled = Codes()
        unsettled.extend(rows[-UNSETTLED:])
        found = unsettled.nearest(asked, limit)
        with self._turn:
            found += codes.nearest(asked, limit)
        return [number for _, number in nlargest(limit, found)]


def row_of(text: str) -> dict[str, bytes]:
    """The columns of an entry that hold its meaning."""
    code, vector = packed(encode([text])[0])
    return {"code": code, "vector": vector}
