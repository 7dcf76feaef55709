"""An SQLite file: one connection that writes, and some that read."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
import structlog
from filelock import FileLock, Timeout

from bot.store.sqlite_connection import Connection, opened

log = structlog.get_logger(__name__)
BUSY_SECONDS, BUSY_PAUSE = 30, 0.05
"""How long a transaction waits for another program's, and how often it looks."""
READERS = 8


class StoreInUse(Exception):
    """Another process works on the same SQLite file."""


class SqliteFile:
    """The connections to a file that no other process works on."""

    dialect = "sqlite"

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = _locked(Path(path))
        self._turn = asyncio.Lock()
        self._writer: Connection | None = None
        self._idle: list[Connection] = []
        self._reading = asyncio.Semaphore(READERS)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """A transaction that commits at the end, or undoes everything if the body raises."""
        async with self._turn:
            connection = await self._writing()
            try:
                await _begin(connection.sync_connection)
                yield connection
                await connection.visit(connection.sync_connection.commit)
            except BaseException:
                if not await _undone(connection):
                    self._writer = None
                raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A consistent view that never waits for the writer."""
        async with self._reading:
            connection = self._idle.pop() if self._idle else await self._reader()
            try:
                yield connection
            finally:
                if await _undone(connection):
                    self._idle.append(connection)

    async def insert(self, sql: str, rows: Sequence[Any]) -> None:
        """A transaction of one statement, run for many rows in a single visit."""
        async with self._turn:
            connection = await self._writing()
            await connection.visit(_insert, connection.driver, sql, rows)

    async def close(self) -> None:
        """Closes every connection and lets another process in."""
        async with self._turn:
            writer, self._writer = self._writer, None
            idle, self._idle = self._idle, []
        for connection in (*idle, *([writer] if writer else [])):
            await connection.close()
        self._lock.release()

    async def _reader(self) -> Connection:
        return await opened(self._path, "BEGIN", BUSY_SECONDS)

    async def _writing(self) -> Connection:
        if self._writer is None:
            self._writer = await opened(self._path, "BEGIN IMMEDIATE", 0)
        return self._writer


async def _begin(connection: sqlalchemy.Connection) -> None:
    """Begins as soon as no other program writes. SQLite's own waiting would hold up the loop."""
    deadline = asyncio.get_running_loop().time() + BUSY_SECONDS
    while True:
        try:
            connection.begin()
            return
        except sqlite3.OperationalError as error:
            connection.rollback()
            if not _is_busy(error) or asyncio.get_running_loop().time() >= deadline:
                raise
        await asyncio.sleep(BUSY_PAUSE)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # the low byte: the primary code


async def _undone(connection: Connection) -> bool:
    """Rolls back; if that fails nobody knows how the connection stands, and it is closed."""
    try:
        await connection.visit(connection.sync_connection.rollback)
    except Exception:
        log.exception("rollback_failed")
        await connection.close()
        return False
    return True


def _insert(driver: sqlite3.Connection, sql: str, rows: Sequence[Any]) -> None:
    driver.execute("BEGIN IMMEDIATE")
    try:
        driver.executemany(sql, rows)
        driver.execute("COMMIT")
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise


def _locked(path: Path) -> FileLock:
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreInUse(str(path)) from error
    return lock
