"""What tests of recall are given: a database with its tables, and shorthands for one community."""

from collections.abc import AsyncIterator

import pytest

from bot.recall import Hit, Recall, packages
from bot.recall.tables import entries, words
from bot.store.database import Database, open_database

HOME, OTHER = 1, 2
needs_models = pytest.mark.skipif(not packages.installed(), reason="the models are not installed")


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    """An open store, once on each database."""
    opened = open_database(store_url)
    async with opened.write() as tx:
        for table in (entries, words):
            await tx.connection.run_sync(table.create, checkfirst=True)
    yield opened
    await opened.close()


async def keep(database: Database, recall: Recall, texts: dict[int, str]) -> None:
    """Keeps questions of the home community in one transaction."""
    async with database.write() as tx:
        for item, text in texts.items():
            await recall.keep(tx, HOME, item, text)


async def search(
    database: Database, recall: Recall, text: str, community: int = HOME, limit: int = 10
) -> list[Hit]:
    """What is found by somebody who keeps nothing."""
    async with database.read() as tx:
        return await recall.search(tx, community, text, limit=limit)
