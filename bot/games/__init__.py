"""The games, one folder each. A new one is its folder and its name in `NAMES`.

The folder's package exposes `game() -> Game`.
"""

from functools import cache
from importlib import import_module
from typing import Any

from bot.play import Game

NAMES: tuple[str, ...] = (
    "trivia",
    "who_said",
    "two_truths",
    "bingo",
    "story",
    "chain",
    "guess",
    "riddles",
    "wavelength",
    "connect",
)
"""In the order in which they are offered."""


@cache
def game(key: str) -> Game[Any]:
    """The game of that name. Raises KeyError if there is none."""
    if key not in NAMES:
        raise KeyError(key)
    made: Game[Any] = import_module(f"bot.games.{key}").game()
    return made


def games() -> list[Game[Any]]:
    """All of them."""
    return [game(key) for key in NAMES]
