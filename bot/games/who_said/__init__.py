"""Who said it? The group's own answers to prompts, and four names for each."""

from collections.abc import Collection
from datetime import datetime
from random import Random

from bot.games.who_said import rules, view
from bot.games.who_said.rules import State
from bot.i18n import Words
from bot.play import SAYINGS, Board, Cast, Effect, Game, Move, Result, Step, Table, Traits
from bot.text import Text


class WhoSaid(Game[State]):
    """Two teams guess the authors."""

    key = "who_said"
    emoji = "💬"
    traits = Traits(sides=2, late=True, supplies=SAYINGS)
    state = State

    def title(self, words: Words) -> str:
        return words.plain("Who said it?")

    def about(self, words: Words) -> Text:
        return words.say(
            "You read what somebody here answered to a prompt, and pick who it was. Only answers "
            "of people who agreed come up."
        )

    def begin(self, table: Table, now: datetime, rng: Random) -> State:
        return rules.begin(table, now, rng)

    def step(self, state: State, move: Move, now: datetime, rng: Random) -> Step[State]:
        return rules.step(state, move, now, rng)

    def due(self, state: State) -> datetime | None:
        return None if state.over else state.until

    def over(self, state: State) -> bool:
        return state.over

    def board(self, state: State, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return view.words_of(said, words, cast)

    def result(self, state: State) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n("{n} right guess", "{n} right guesses", figure)

    def awaited(self, state: State) -> Collection[int]:
        return rules.awaited(state)

    def forget(self, state: State, seat: int) -> State:
        return rules.forget(state, seat)


def game() -> WhoSaid:
    """The game."""
    return WhoSaid()
