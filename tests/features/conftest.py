"""Dialogues over stores that have the tables of every feature, migrated or not."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest

from adapters.local.client import EVERYTHING
from bot.app import features
from bot.feature import Feature
from bot.ports import Can
from bot.store.database import Database, open_database
from bot.store.migrate import migrate
from bot.store.schema import metadata
from tests.dialogue import Talk
from tests.stages.local import LocalStage

MakeTalk = Callable[..., Awaitable[Talk]]


@pytest.fixture
async def open_store(sqlite_url: str) -> Callable[[], Database]:
    """Opens the same store, again after it was closed."""
    features()  # declares the tables
    database = open_database(sqlite_url)
    await migrate(database)
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
    await database.close()
    return lambda: open_database(sqlite_url)


@pytest.fixture
async def on_local(open_store: Callable[[], Database]) -> AsyncIterator[MakeTalk]:
    """Makes a dialogue on the local platform, with other features or a poorer chat if wished."""
    begun: list[Talk] = []

    async def make(*, systems: Sequence[Feature] | None = None, can: Can = EVERYTHING) -> Talk:
        dialogue = Talk(lambda now: LocalStage(now, can=can), open_store, systems=systems)
        begun.append(dialogue)
        await dialogue.begin()
        return dialogue

    yield make
    for dialogue in begun:
        await dialogue.end()
