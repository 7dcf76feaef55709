"""Two truths and a lie: three statements of each, and everybody else picks the lie."""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import Random

from bot.games.two_truths import rules, view
from bot.games.two_truths.rules import State
from bot.i18n import Words
from bot.play import Board, Cast, Effect, Game, Move, Result, Step, Table, Traits
from bot.text import Text


class TwoTruths(Game[State]):
    """All together; whoever comes late can still guess."""

    key = "two_truths"
    emoji = "🎭"
    traits = Traits(fewest=3, most=12, late=True, live=timedelta(minutes=2))
    state = State

    def title(self, words: Words) -> str:
        return words.plain("Two truths and a lie")

    def about(self, words: Words) -> Text:
        return words.say(
            "Everybody writes three statements about themselves, one of them a lie. Then the "
            "others guess which."
        )

    def begin(self, table: Table, now: datetime, rng: Random) -> State:
        return rules.begin(table, now)

    def step(self, state: State, move: Move, now: datetime, rng: Random) -> Step[State]:
        return rules.step(state, move, now, rng)

    def due(self, state: State) -> datetime | None:
        return None if state.over else state.until

    def over(self, state: State) -> bool:
        return state.over

    def board(self, state: State, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def hand(self, state: State, seat: int, words: Words, cast: Cast) -> Board | None:
        return view.hand(state, seat, words)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return view.words_of(said, words)

    def result(self, state: State) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n(
            "{n} person seen through or misled", "{n} people seen through or misled", figure
        )

    def awaited(self, state: State) -> Collection[int]:
        return rules.awaited(state)

    def forget(self, state: State, seat: int) -> State:
        return rules.forget(state, seat)


def game() -> TwoTruths:
    """The game."""
    return TwoTruths()
