"""A database with the tables of recall."""

from collections.abc import AsyncIterator

import pytest

from bot.recall.tables import entries, words
from bot.store.database import Database, open_database


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    """An open store, once on each database."""
    opened = open_database(store_url)
    async with opened.write() as tx:
        for table in (entries, words):
            await tx.connection.run_sync(table.create, checkfirst=True)
    yield opened
    await opened.close()
