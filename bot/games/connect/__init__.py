"""Connect four between two groups: each group votes its move."""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

from bot.games.connect import rules, view
from bot.games.connect.rules import Connect
from bot.i18n import Words
from bot.play import Board, Cast, Effect, Game, Move, Result, Step, Table, Traits
from bot.text import Text


class ConnectFour(Game[Connect]):
    """See `rules` for how votes become moves."""

    key: ClassVar[str] = "connect"
    emoji: ClassVar[str] = "🔴"
    traits: ClassVar[Traits] = Traits(
        fewest=0,
        most=100,
        sides=rules.SIDES,
        rivals=True,
        open=True,
        late=True,
        live=timedelta(minutes=2),
        slow=timedelta(hours=8),
    )
    state = Connect

    def title(self, words: Words) -> str:
        return words.plain("Connect four")

    def about(self, words: Words) -> Text:
        return words.say(
            "Two groups play against each other. Each group votes where its disc falls, and the "
            "first with four in a row wins. Whoever votes is part of it."
        )

    def begin(self, table: Table, now: datetime, rng: Random) -> Connect:
        return rules.begin(table, now, rng)

    def step(self, state: Connect, move: Move, now: datetime, rng: Random) -> Step[Connect]:
        return rules.step(state, move, now, rng)

    def due(self, state: Connect) -> datetime | None:
        return None if state.ended else state.until

    def over(self, state: Connect) -> bool:
        return bool(state.ended)

    def awaited(self, state: Connect) -> Collection[int]:
        return rules.awaited(state)

    def board(self, state: Connect, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return view.words_of(said, words, cast)

    def result(self, state: Connect) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n("{n} choice of yours played", "{n} choices of yours played", figure)


def game() -> ConnectFour:
    """The game."""
    return ConnectFour()
