"""Emoji riddles made by members for members."""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import Random

from bot.effects import Attachment
from bot.games.riddles import hands, keepsake, notes, rules, view
from bot.games.riddles.state import Stage, State
from bot.i18n import Words
from bot.play import Board, Cast, Effect, Game, Move, Result, Step, Table, Traits
from bot.text import Text


class Riddles(Game[State]):
    """Everybody writes one, everybody guesses the others'."""

    key = "riddles"
    emoji = "🧩"
    state = State
    traits = Traits(most=20, late=True, types=True, live=timedelta(minutes=3))

    def title(self, words: Words) -> str:
        return words.plain("Emoji riddles")

    def about(self, words: Words) -> Text:
        return words.say(
            "Everybody may write one riddle in emoji, in secret. Then one after the other is "
            "guessed by all the others, and what we solve counts for all of us."
        )

    def begin(self, table: Table, now: datetime, rng: Random) -> State:
        return rules.begin(table, now)

    def step(self, state: State, move: Move, now: datetime, rng: Random) -> Step[State]:
        return rules.step(state, move, now, rng)

    def due(self, state: State) -> datetime | None:
        return None if state.stage is Stage.OVER else state.hint_at or state.until

    def deadline(self, state: State) -> datetime | None:
        return None if state.stage is Stage.OVER else state.until

    def over(self, state: State) -> bool:
        return state.stage is Stage.OVER

    def board(self, state: State, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def hand(self, state: State, seat: int, words: Words, cast: Cast) -> Board | None:
        return hands.hand(state, seat, words, cast)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return notes.text(said, words)

    def result(self, state: State) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n("{n} riddle solved or written", "{n} riddles solved or written", figure)

    def awaited(self, state: State) -> Collection[int]:
        return state.awaited

    def keepsake(self, state: State, words: Words, cast: Cast) -> Attachment | None:
        return keepsake.keepsake(state, words, cast)

    def forget(self, state: State, seat: int) -> State:
        return rules.forget(state, seat)


def game() -> Riddles:
    """The game."""
    return Riddles()
