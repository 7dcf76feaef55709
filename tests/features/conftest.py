"""A dialogue whose store has the tables of every feature, also of one that has no migration yet."""

from collections.abc import Callable

import pytest

from bot.store.database import Database, open_database
from bot.store.migrate import migrate
from bot.store.schema import metadata


@pytest.fixture
async def open_store(sqlite_url: str) -> Callable[[], Database]:
    """Opens the same store, again after it was closed."""
    database = open_database(sqlite_url)
    await migrate(database)
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
    await database.close()
    return lambda: open_database(sqlite_url)
