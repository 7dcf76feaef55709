"""SQLite's connections, with one visit to their thread for a statement where aiosqlite makes four.

Each visit costs 50 to 100 microseconds, and far more on a busy machine; most statements of ours
take less than that.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite

Run = Callable[[sqlite3.Cursor], object]
AT_ONCE = 1000
"""Rows that come with the execution; the rest of a larger result is fetched when asked for."""


def _fetched(cursor: sqlite3.Cursor, count: int) -> tuple[list[Any], bool]:
    """In the connection's thread: the next rows, and whether there may be more."""
    rows = cursor.fetchmany(count) if cursor.description else []
    if len(rows) < count:
        cursor.close()
    return rows, len(rows) == count


class Cursor:
    """What SQLAlchemy needs of a cursor."""

    arraysize = AT_ONCE

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._cursor: sqlite3.Cursor | None = None
        self._open = False

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns of the result, None if there is none."""
        return self._cursor.description if self._cursor else None

    @property
    def rowcount(self) -> int:
        """How many rows were changed, -1 if that is not known."""
        return self._cursor.rowcount if self._cursor else -1

    @property
    def lastrowid(self) -> int | None:
        """The number of the row inserted last."""
        return self._cursor.lastrowid if self._cursor else None

    async def execute(self, sql: str, values: Any = ()) -> Self:
        """Runs a statement and fetches what it gives."""
        return await self._run(lambda cursor: cursor.execute(sql, values))

    async def executemany(self, sql: str, rows: Iterable[Any]) -> Self:
        """Runs a statement for many rows."""
        return await self._run(lambda cursor: cursor.executemany(sql, rows))

    async def fetchone(self) -> Any:
        """The next row, or None."""
        found = await self.fetchmany(1)
        return found[0] if found else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, fewer at the end."""
        wanted = size or self.arraysize
        while self._open and len(self._rows) < wanted:
            self._rows += await self._more(max(AT_ONCE, wanted))
        found, self._rows = self._rows[:wanted], self._rows[wanted:]
        return found

    async def fetchall(self) -> list[Any]:
        """All the rows that are left."""
        while self._open:
            self._rows += await self._more(100 * AT_ONCE)
        found, self._rows = self._rows, []
        return found

    async def close(self) -> None:
        """Lets go of what was not fetched."""
        if self._open and self._cursor is not None:
            self._open = False
            await self._connection.visit(self._cursor.close)

    async def _more(self, count: int) -> list[Any]:
        rows, self._open = await self._connection.visit(_fetched, self._cursor, count)
        return rows  # type: ignore[no-any-return]  # aiosqlite has no types here

    async def _run(self, run: Run) -> Self:
        def visited() -> tuple[list[Any], bool]:
            self._cursor = self._connection._conn.cursor()
            run(self._cursor)
            return _fetched(self._cursor, AT_ONCE)

        self._rows, self._open = await self._connection.visit(visited)
        return self


class Connection(aiosqlite.Connection):
    """A connection whose cursors are made, used and closed in one visit where that is possible."""

    def cursor(self) -> Any:
        """See `Cursor`."""
        return Cursor(self)

    async def visit(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Does something in the thread."""
        return await self._execute(work, *arguments)  # type: ignore[no-untyped-call]  # aiosqlite's is

    def stop(self) -> asyncio.Future[Any] | None:
        """Ends the thread; None if that was asked before, as nobody is left there to answer.

        aiosqlite waits for ever then: when a cancelled task closes what another ends already.
        """
        return super().stop() if self._running else None

    def insert(self, sql: str, rows: Sequence[Any]) -> None:
        """In the thread: a whole transaction that runs one statement for many rows."""
        self._conn.execute("BEGIN IMMEDIATE")
        try:
            self._conn.executemany(sql, rows)
            self._conn.execute("COMMIT")
        except BaseException:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            raise


def connect(path: str) -> Connection:
    """A connection that opens when it is awaited."""
    connection = Connection(lambda: sqlite3.connect(path), iter_chunk_size=64)
    connection._thread.daemon = True  # it must not keep a process alive, as SQLAlchemy sees to
    return connection
