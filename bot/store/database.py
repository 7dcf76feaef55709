"""Connections. One writer at a time on SQLite, as many as the pool holds on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy import Executable, Table, event, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import CursorResult, Dialect, Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache

from bot.store import one_hop

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

BUSY_SECONDS = 30
COMPILED = 2000
"""Statements that are kept compiled for each kind of database; all features have some 600."""
_compiled: dict[tuple[str, Any], tuple[Dialect, LRUCache[Any, Any]]] = {}


class StoreInUse(Exception):
    """Another process works on the same SQLite file."""


class Tx:
    """One transaction: thin, typed access for features' records."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.connection.dialect.name

    async def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Runs a statement, for many rows if `values` is a list."""
        return await self.connection.execute(statement, values)

    async def all(self, statement: Executable) -> Sequence[Row[Any]]:
        """Every row."""
        return (await self.connection.execute(statement)).all()

    async def first(self, statement: Executable) -> Row[Any] | None:
        """The first row, or None."""
        return (await self.connection.execute(statement)).first()

    async def scalar(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return await self.connection.scalar(statement)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What happens inside is undone together if it raises."""
        async with self.connection.begin_nested():
            yield

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An insert that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
        if self.dialect == "sqlite":
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # a dialect is loaded only where it is used

        return postgresql.insert(table)

    async def put(self, table: Table, row: Mapping[str, Any]) -> None:
        """Inserts the row, or updates the one that has the same primary key."""
        keys = [column.name for column in table.primary_key.columns]
        statement = self.insert(table).values(**row)
        changed = {name: statement.excluded[name] for name in row if name not in keys}
        await self.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changed)
            if changed
            else statement.on_conflict_do_nothing(index_elements=keys)
        )


class Database:
    """An open store. `write` and `read` give transactions."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, lock: FileLock | None) -> None:
        self._writer = writer
        self._reader = reader
        self._lock = lock
        self._turn = asyncio.Lock()

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._writer.dialect.name

    @property
    def single_process(self) -> bool:
        """Whether no other process can be working on the same store."""
        return self.dialect == "sqlite"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """A transaction that commits at the end, or undoes everything if the body raises."""
        if self.single_process:
            async with self._turn, self._writer.begin() as connection:
                yield Tx(connection)
        else:
            async with self._writer.begin() as connection:
                yield Tx(connection)

    async def insert(self, sql: str, rows: Sequence[Any]) -> None:
        """A transaction of one statement, run for many rows: on SQLite in a single visit."""
        if not self.single_process:
            async with self.write() as tx:
                await tx.connection.exec_driver_sql(sql, list(rows))
            return
        async with self._turn, self._writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.visit(driver.insert, sql, rows)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A consistent view that never waits for the writer."""
        async with self._reader.connect() as connection:
            yield Tx(connection)

    async def close(self) -> None:
        """Closes every connection and lets another process in."""
        await self._writer.dispose()
        await self._reader.dispose()
        if self._lock is not None:
            self._lock.release()


def open_database(url: str) -> Database:
    """Opens `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`.

    Raises StoreInUse if another process has the SQLite file. The schema is not touched:
    see `bot.store.migrate`.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_async_engine(parsed, pool_size=5, pool_pre_ping=True)
        _compile_once(engine)
        return Database(engine, engine, None)
    lock = _lock_file(Path(parsed.database or ""))

    async def connection() -> Any:
        return await one_hop.connect(parsed.database or "")

    made = {"async_creator": connection}
    writer = create_async_engine(
        parsed, pool_size=1, max_overflow=0, pool_reset_on_return=None, **made
    )
    reader = create_async_engine(parsed, pool_size=4, max_overflow=4, **made)
    for engine, begin in ((writer, "BEGIN IMMEDIATE"), (reader, "BEGIN")):
        _prepare_sqlite(engine, begin)
        _compile_once(engine)
    return Database(writer, reader, lock)


def _lock_file(path: Path) -> FileLock:
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreInUse(str(path)) from error
    return lock


def _compile_once(engine: AsyncEngine) -> None:
    """A statement that one engine has compiled serves every other of this kind and version.

    SQLAlchemy keeps them by the dialect's object, so that is shared too, once it knows its server.
    """
    own = engine.sync_engine

    @event.listens_for(own, "connect")
    def share(*_: Any) -> None:
        key = own.dialect.name, own.dialect.server_version_info
        own.dialect, compiled = _compiled.setdefault(key, (own.dialect, LRUCache(COMPILED)))
        own.update_execution_options(compiled_cache=compiled)


def _prepare_sqlite(engine: AsyncEngine, begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins, not the driver
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "cache_size=-4000",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)
