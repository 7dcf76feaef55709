"""Dialogues with every feature there is, over stores that have every feature's tables."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from importlib import import_module
from pkgutil import iter_modules

import pytest

import bot.features
from adapters.local.client import EVERYTHING
from bot.feature import Feature
from bot.ports import Can
from bot.store.database import Database, open_database
from bot.store.migrate import migrate
from bot.store.schema import metadata
from tests.dialogue import Talk
from tests.stages import STAGES
from tests.stages.local import LocalStage

MakeTalk = Callable[..., Awaitable[Talk]]


def every_feature() -> list[Feature]:
    """One for each folder of bot/features."""
    folders = sorted(module.name for module in iter_modules(bot.features.__path__))
    return [import_module(f"bot.features.{folder}").feature() for folder in folders]


@pytest.fixture
async def open_store(sqlite_url: str) -> Callable[[], Database]:
    """Opens the same store, again after it was closed."""
    every_feature()  # declares the tables
    database = open_database(sqlite_url)
    await migrate(database)
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
    await database.close()
    return lambda: open_database(sqlite_url)


@pytest.fixture(params=sorted(STAGES))
async def talk(
    request: pytest.FixtureRequest, open_store: Callable[[], Database]
) -> AsyncIterator[Talk]:
    """A dialogue with every feature, once on each platform."""
    dialogue = Talk(STAGES[request.param](), open_store, systems=every_feature())
    await dialogue.begin()
    yield dialogue
    await dialogue.end()


@pytest.fixture
async def on_local(open_store: Callable[[], Database]) -> AsyncIterator[MakeTalk]:
    """Makes a dialogue on the local platform, with other features or a poorer chat if wished."""
    begun: list[Talk] = []

    async def make(*, systems: Sequence[Feature] | None = None, can: Can = EVERYTHING) -> Talk:
        dialogue = Talk(
            lambda now: LocalStage(now, can=can), open_store, systems=systems or every_feature()
        )
        begun.append(dialogue)
        await dialogue.begin()
        return dialogue

    yield make
    for dialogue in begun:
        await dialogue.end()
