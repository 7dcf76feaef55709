"""What tests are given: databases, and dialogues on every platform."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from bot.store.database import Database, open_database
from tests.databases import fresh_postgres, fresh_sqlite
from tests.dialogue import Talk
from tests.stages import STAGES


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each dialogue, and each variation of it, runs on one of the platforms, which take turns; on
    the others it runs under `make prove`, because all of them on all three take too long."""
    for item in items:
        found = getattr(item, "callspec", None)
        platform = found.params.get("talk") if found else None
        if platform in STAGES and platform != _turn(item, found):
            item.add_marker(pytest.mark.prove)


def _turn(item: pytest.Item, found: Any) -> str:
    """Where a dialogue runs each time."""
    name = crc32(item.nodeid.partition("[")[0].encode())
    variation = sum(int(i) for param, i in found.indices.items() if param != "talk")
    return sorted(STAGES)[(name + variation) % len(STAGES)]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A new SQLite store."""
    return fresh_sqlite(tmp_path)


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A new PostgreSQL store."""
    yield from fresh_postgres()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """A new store, once on each database."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store without a schema, once on each database."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite"
    else:
        yield from fresh_postgres(empty=True)


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    """An open store, once on each database."""
    opened = open_database(store_url)
    yield opened
    await opened.close()


@pytest.fixture
def open_store(sqlite_url: str) -> Callable[[], Database]:
    """Opens the same store, again after it was closed."""
    return lambda: open_database(sqlite_url)


@pytest.fixture(params=sorted(STAGES))
async def talk(
    request: pytest.FixtureRequest, open_store: Callable[[], Database]
) -> AsyncIterator[Talk]:
    """A dialogue with every feature, once on each platform."""
    dialogue = Talk(STAGES[request.param](), open_store)
    await dialogue.begin()
    yield dialogue
    await dialogue.end()
