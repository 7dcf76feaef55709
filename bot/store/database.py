"""Transactions. One writer at a time on SQLite, as many as the pool holds on PostgreSQL."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable, Table, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import CursorResult, Row, RowMapping

from bot.store.sqlite_connection import Connection
from bot.store.sqlite_file import SqliteFile

if TYPE_CHECKING:  # what PostgreSQL needs is loaded only where it is used
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.store.server import Server


class Tx:
    """One transaction: thin, typed access for features' records."""

    def __init__(self, connection: "AsyncConnection | Connection") -> None:
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

    async def chunks(self, statement: Executable, size: int) -> AsyncIterator[Sequence[RowMapping]]:
        """The rows of a large result, so many at a time."""
        if isinstance(self.connection, Connection):
            rows = self.connection.partitions(statement, size)
        else:
            rows = (await self.connection.stream(statement)).mappings().partitions(size)
        async for some in rows:
            yield some

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What happens inside is undone together if it raises."""
        async with self.connection.begin_nested():
            yield

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An insert that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
        if self.dialect == "sqlite":
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql

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

    def __init__(self, store: "SqliteFile | Server") -> None:
        self.store = store

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.store.dialect

    @property
    def single_process(self) -> bool:
        """Whether no other process can be working on the same store."""
        return self.dialect == "sqlite"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """A transaction that commits at the end, or undoes everything if the body raises."""
        async with self.store.write() as connection:
            yield Tx(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A consistent view that never waits for the writer."""
        async with self.store.read() as connection:
            yield Tx(connection)

    async def insert(self, sql: str, rows: Sequence[Any]) -> None:
        """A transaction of one statement, run for many rows: on SQLite in a single visit."""
        await self.store.insert(sql, rows)

    async def close(self) -> None:
        """Closes every connection and lets another process in."""
        await self.store.close()


def open_database(url: str) -> Database:
    """Opens `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`.

    Raises StoreInUse if another process has the SQLite file. The schema is not touched:
    see `bot.store.migrate`.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Database(SqliteFile(parsed.database or ""))
    from bot.store.server import Server

    return Database(Server(parsed))
