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


class Nearest:
    """Codes by community."""

    def __init__(self) -> None:
        self._settled: dict[int, Codes] = defaultdict(Codes)
        self._mark: dict[int, int] = defaultdict(int)
        self._turn = threading.Lock()

    async def search(self, tx: Tx, community: int, asked: Meaning, limit: int) -> list[int]:
        """The numbers of about `limit` entries that seem nearest in meaning, in no order."""
        rows = await self._since(tx, community)
        return await asyncio.to_thread(self._found, community, rows, asked, limit)

    async def _since(self, tx: Tx, community: int) -> list[tuple[int, bytes]]:
        statement = (
            select(entries.c.id, entries.c.code)
            .where(entries.c.community == community, entries.c.id > self._mark[community])
            .where(entries.c.code.is_not(None))
            .order_by(entries.c.id)
        )
        return [(row.id, row.code) for row in await tx.all(statement)]

    def _found(
        self, community: int, rows: list[tuple[int, bytes]], asked: Meaning, limit: int
    ) -> list[int]:
        with self._turn:
            codes = self._settled[community]
            settled = [row for row in rows[:-UNSETTLED] if row[0] > self._mark[community]]
            codes.extend(settled)
            self._mark[community] = max([self._mark[community], *(row[0] for row in settled[-1:])])
            unsettled = Codes()
            unsettled.extend(rows[-UNSETTLED:])
            found = codes.nearest(asked, limit) + unsettled.nearest(asked, limit)
        return [number for _, number in nlargest(limit, found)]


def row_of(text: str) -> dict[str, bytes]:
    """The columns of an entry that hold its meaning."""
    code, vector = packed(encode([text])[0])
    return {"code": code, "vector": vector}
