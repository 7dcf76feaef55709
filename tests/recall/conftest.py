"""What tests of recall are given: shorthands for one community."""

import pytest

from bot.recall import Hit, Recall, packages
from bot.store.database import Database

HOME, OTHER = 1, 2
needs_models = pytest.mark.skipif(not packages.installed(), reason="the models are not installed")


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
