"""The game that docs/writing-a-game.md walks through is a game."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bot import games
from tests.games import test_every_game as every_game

PAGE = Path(__file__).parents[2] / "docs" / "writing-a-game.md"
CLAIMS = [name for name in dir(every_game) if name.startswith("test_")]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The page's code, as if it were saved where the page says."""
    code = PAGE.read_text("utf-8").partition("```python\n")[2].partition("```")[0]
    module = ModuleType("bot.games.count")
    exec(compile(code, str(PAGE), "exec"), module.__dict__)
    monkeypatch.setitem(sys.modules, "bot.games.count", module)
    monkeypatch.setattr(games, "NAMES", (*games.NAMES, "count"))
    yield "count"
    games.game.cache_clear()


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_example_holds_what_every_game_holds(claim: str, count: str) -> None:
    getattr(every_game, claim).hypothesis.inner_test(key=count, seed=7)
