"""Games survive a program that dies at any statement, between any two moves and in them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.features.games.tables import moves, plays
from bot.games import NAMES
from bot.store.database import Database, open_database
from tests.databases import fresh_sqlite
from tests.games.survival import Evening, kept, replayed, undisturbed, with_answers

SHORT, LONG = 2, 1000
ROUNDS = 8


@pytest.fixture
def stores(tmp_path: Path) -> tuple[Callable[[], Database], Callable[[], Database]]:
    """Two stores that can be opened again and again."""
    made = []
    for name in ("dying", "living"):
        folder = tmp_path / name
        folder.mkdir()
        made.append(fresh_sqlite(folder))
    return lambda: open_database(made[0]), lambda: open_database(made[1])


async def survives(key: str, count: int, stores: tuple[Callable[[], Database], ...]) -> None:
    for store in stores:
        await with_answers(store, count)
    evening = Evening(key, count, 1, stores[0])
    await evening.play(ROUNDS)
    calm = await undisturbed(evening.rounds, stores[1])
    try:
        assert evening.program.deaths
        assert len(await evening.program.rows(moves)) > count
        assert await kept(evening.program) == await kept(calm)
        assert all(again == there for again, there in await replayed(evening.program))
        assert {row["phase"] for row in await evening.program.rows(plays)} == {"over"}
    finally:
        await evening.program.database.close()
        await calm.database.close()


@pytest.mark.parametrize("key", NAMES)
async def test_games_under_kill_and_restart_end_as_they_would_have(
    key: str, stores: tuple[Callable[[], Database], Callable[[], Database]]
) -> None:
    await survives(key, SHORT, stores)


@pytest.mark.prove
@pytest.mark.parametrize("key", NAMES)
async def test_a_thousand_games_under_kill_and_restart_end_as_they_would_have(
    key: str, stores: tuple[Callable[[], Database], Callable[[], Database]]
) -> None:
    await survives(key, LONG, stores)
