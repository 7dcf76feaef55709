"""PostgreSQL: a pool of connections over asyncpg."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.store.compiled import compile_once

CONNECTIONS = 5


class Server:
    """The connections to a database that several processes may work on."""

    dialect = "postgresql"

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(url, pool_size=CONNECTIONS, pool_pre_ping=True)
        compile_once(self._engine.sync_engine)

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction that commits at the end, or undoes everything if the body raises."""
        return self._engine.begin()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A view of what is committed."""
        async with self._engine.connect() as connection:
            yield connection

    async def insert(self, sql: str, rows: Sequence[Any]) -> None:
        """A transaction of one statement, run for many rows."""
        async with self.write() as connection:
            await connection.exec_driver_sql(sql, list(rows))

    async def close(self) -> None:
        """Closes every connection."""
        await self._engine.dispose()
