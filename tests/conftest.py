"""What tests are given: databases, and dialogues on every platform."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

from bot.store.database import Database, open_database
from tests.databases import fresh_postgres, fresh_sqlite
from tests.dialogue import Talk
from tests.stages import STAGES

# A shared machine is no reason to fail an example; the seeds differ each time, so fewer do.
settings.register_profile(
    "convive", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("convive")
DATABASES = ("sqlite", "postgresql")
TURNS = {"talk": sorted(STAGES), "store_url": DATABASES, "empty_store_url": DATABASES}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each dialogue runs on one of the platforms, which take turns, and each test of the store on
    one of the databases; on the others they run under `make prove`, because all of them on all
    take too long."""
    for item in items:
        found = getattr(item, "callspec", None)
        for param, places in TURNS.items():
            place = found.params.get(param) if found else None
            if place in places and place != _turn(item, found, param, places):
                item.add_marker(pytest.mark.prove)


def _turn(item: pytest.Item, found: Any, taken: str, places: Sequence[str]) -> str:
    """Where a test runs each time; its variations are spread."""
    name = crc32(item.nodeid.partition("[")[0].encode())
    variation = sum(int(i) for param, i in found.indices.items() if param != taken)
    return places[(name + variation) % len(places)]


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
