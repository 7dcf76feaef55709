"""A connection to SQLite with a thread of its own.

SQLAlchemy's asyncio layer costs 150 to 200 microseconds for each statement: a greenlet and a visit
to aiosqlite's thread. Here its synchronous connection works inside that thread; and a statement
that touches a few rows by their keys needs no thread at all (see `at_once`).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar, cast

import aiosqlite
import sqlalchemy
from sqlalchemy import Dialect, Executable, StaticPool, create_engine, event
from sqlalchemy.engine import CursorResult, NestedTransaction, RowMapping

from bot.store.compiled import compile_once

FEW = 100
"""Rows, or values of a statement in the driver's words (those go by keys), that need no thread."""
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-4000",
    "temp_store=MEMORY",
)
S = TypeVar("S", bound=Executable)
T = TypeVar("T")


def at_once(statement: S) -> S:
    """Marks a statement that touches a few rows by their keys, so that it is run where it is asked.

    That takes some 30 microseconds: less than the way to a thread. Elsewhere it changes nothing.
    """
    return statement.execution_options(at_once=True)


class Thread(aiosqlite.Connection):
    """A connection of sqlite3 and the thread it belongs to."""

    def submit(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Queues something for the thread."""
        if not self._running:
            raise ValueError("the connection is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((future, work))
        return future

    def stop(self) -> asyncio.Future[Any] | None:
        """Ends the thread; None if that was asked before, as nobody is left there to answer.

        aiosqlite waits for ever then: when a cancelled task closes what another ends already.
        """
        return super().stop() if self._running else None


def connect(path: str) -> Thread:
    """A connection that opens when it is awaited."""
    thread = Thread(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
    thread._thread.daemon = True  # it must not keep a process alive
    return thread


class Connection:
    """What `bot.store.database.Tx` needs of SQLAlchemy's `AsyncConnection`."""

    def __init__(self, thread: Thread, connection: sqlalchemy.Connection) -> None:
        self._thread = thread
        self.sync_connection = connection

    @property
    def dialect(self) -> Dialect:
        """SQLAlchemy's for SQLite."""
        return self.sync_connection.dialect

    @property
    def driver(self) -> sqlite3.Connection:
        """The connection of sqlite3; whoever uses it does so while nothing else is under way."""
        return self._thread._conn

    async def visit(self, work: Callable[..., T], *arguments: Any) -> T:
        """Does something in the thread.

        Cancelled meanwhile it still waits for the end: nobody may use the connection before.
        """
        future = self._thread.submit(partial(work, *arguments))
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await _ended(future)
            raise

    async def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Runs a statement and fetches what it gives."""
        many = isinstance(values, list) and len(values) > FEW
        if not many and statement.get_execution_options().get("at_once"):
            return self.sync_connection.execute(statement, values)
        return await self.visit(self._fetched, statement, values)

    async def scalar(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return (await self.execute(statement)).scalar()

    async def exec_driver_sql(self, sql: str, values: Any = None) -> CursorResult[Any]:
        """Runs SQL in the driver's own words; at once if it is about a few values."""
        if values is None or len(values) <= FEW:
            return self.sync_connection.exec_driver_sql(sql, values)
        return await self.visit(self._driven, sql, values)

    async def run_sync(self, work: Callable[..., T], *arguments: Any) -> T:
        """Calls something with SQLAlchemy's synchronous connection."""
        return await self.visit(work, self.sync_connection, *arguments)

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[NestedTransaction]:
        """A savepoint."""
        savepoint = self.sync_connection.begin_nested()
        try:
            yield savepoint
        except BaseException:
            await self.visit(savepoint.rollback)
            raise
        savepoint.commit()

    async def partitions(
        self, statement: Executable, size: int
    ) -> AsyncIterator[Sequence[RowMapping]]:
        """The rows of a large result, so many at a time."""
        rows = (await self.visit(self.sync_connection.execute, statement)).mappings()
        while some := await self.visit(rows.fetchmany, size):
            yield some

    async def close(self) -> None:
        """Ends the thread."""
        await self.visit(self.sync_connection.close)
        await self._thread.close()

    def _fetched(self, statement: Executable, values: Any) -> CursorResult[Any]:
        return _whole(self.sync_connection.execute(statement, values))

    def _driven(self, sql: str, values: Any) -> CursorResult[Any]:
        return _whole(self.sync_connection.exec_driver_sql(sql, values))


def _whole(result: CursorResult[Any]) -> CursorResult[Any]:
    """With its rows read: the way to them must not be walked in the loop."""
    # Who asks for rows uses nothing that only a cursor's result has.
    return cast(CursorResult[Any], result.freeze()()) if result.returns_rows else result


async def _ended(future: asyncio.Future[Any]) -> None:
    while not future.done():
        try:
            await asyncio.wait([future])
        except asyncio.CancelledError:
            continue
    future.exception()  # seen


async def opened(path: str, begin: str, busy_seconds: int) -> Connection:
    """A connection to a file whose transactions begin in this way, and how long SQLite itself
    waits for other programs."""
    thread = connect(path)
    await thread
    engine = create_engine(
        "sqlite://", creator=lambda: thread._conn, poolclass=StaticPool, pool_reset_on_return=None
    )
    event.listen(engine, "connect", partial(_prepare, busy_seconds))
    event.listen(engine, "begin", lambda _: thread._conn.execute(begin))
    compile_once(engine)
    return Connection(thread, await thread.submit(engine.connect))


def _prepare(busy_seconds: int, connection: Any, _: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins, not the driver
    for pragma in (*_PRAGMAS, f"busy_timeout={busy_seconds * 1000}"):
        connection.execute(f"PRAGMA {pragma}").close()
