"""The wavelength: one gives a clue for a place on a scale, both teams look for the place."""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

from bot.games.wavelength import rules, view
from bot.games.wavelength.state import Wavelength
from bot.i18n import Words
from bot.play import Board, Cast, Effect, Game, Move, Result, Step, Table, Traits
from bot.text import Text


class OnOneWavelength(Game[Wavelength]):
    """The game as the lobby plays it."""

    key: ClassVar[str] = "wavelength"
    emoji: ClassVar[str] = "📻"
    traits: ClassVar[Traits] = Traits(fewest=4, sides=2, live=timedelta(minutes=3))
    state = Wavelength

    def title(self, words: Words) -> str:
        return words.plain("The wavelength")

    def about(self, words: Words) -> Text:
        return words.say(
            "One of you sees a secret place between two opposites and gives a clue for it. "
            "Both teams guess where it is: the closer, the more points."
        )

    def begin(self, table: Table, now: datetime, rng: Random) -> Wavelength:
        return rules.begin(table, now, rng)

    def step(self, state: Wavelength, move: Move, now: datetime, rng: Random) -> Step[Wavelength]:
        return rules.step(state, move, now, rng)

    def due(self, state: Wavelength) -> datetime | None:
        return state.due

    def over(self, state: Wavelength) -> bool:
        return state.due is None

    def board(self, state: Wavelength, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def hand(self, state: Wavelength, seat: int, words: Words, cast: Cast) -> Board | None:
        return view.hand(state, seat, words, cast)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return view.words_of(said, words, cast)

    def result(self, state: Wavelength) -> Result:
        return rules.result(state)

    def awaited(self, state: Wavelength) -> Collection[int]:
        return state.awaited

    def forget(self, state: Wavelength, seat: int) -> Wavelength:
        return rules.forget(state, seat)


def game() -> OnOneWavelength:
    """The one instance."""
    return OnOneWavelength()
