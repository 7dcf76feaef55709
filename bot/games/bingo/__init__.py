"""Human bingo: find somebody who … and get their word for it."""

from datetime import datetime, timedelta
from random import Random

from bot.games.bingo import notes, rules, view
from bot.games.bingo.state import State
from bot.i18n import Words
from bot.play import Board, Cast, Effect, Game, Move, Result, Step, Table, Traits
from bot.text import Text


class Bingo(Game[State]):
    """Everybody together, over three days or in twenty minutes."""

    key = "bingo"
    emoji = "🔎"
    state = State
    traits = Traits(fewest=3, late=True, live=timedelta(minutes=20))

    def title(self, words: Words) -> str:
        return words.plain("Human bingo")

    def about(self, words: Words) -> Text:
        return words.say(
            "Everybody gets a card of nine statements and finds people of whom they are true. Each "
            "square is confirmed by that person. A slow game lasts three turns, a live one a "
            "single turn; the squares of all cards count together."
        )

    def begin(self, table: Table, now: datetime, rng: Random) -> State:
        return rules.begin(table, now, rng)

    def step(self, state: State, move: Move, now: datetime, rng: Random) -> Step[State]:
        return rules.step(state, move, rng)

    def due(self, state: State) -> datetime | None:
        return None if state.over else state.until

    def over(self, state: State) -> bool:
        return state.over

    def board(self, state: State, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def hand(self, state: State, seat: int, words: Words, cast: Cast) -> Board | None:
        return view.hand(state, seat, words, cast)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return notes.text(said, words, cast)

    def result(self, state: State) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n("{n} person met", "{n} people met", figure)

    def awaited(self, state: State) -> list[int]:
        """Those who were asked something: a square hangs on their word."""
        return [seat for seat in state.present if state.put_to(seat)]


def game() -> Bingo:
    """The game."""
    return Bingo()
