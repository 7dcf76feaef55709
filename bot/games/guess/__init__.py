"""Guess the word: five letters, one board, a whole community."""

from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

from bot.games.guess import rules, view
from bot.games.guess.rules import Puzzle
from bot.i18n import Words
from bot.play import Board, Cast, Effect, Game, Move, Result, Step, Table, Traits, lexicon
from bot.text import Text


class GuessTheWord(Game[Puzzle]):
    """The game as the lobby plays it. It takes a day: where every message were a move, each word
    of five letters that people say to one another would be a guess."""

    key: ClassVar[str] = "guess"
    emoji: ClassVar[str] = "🟩"
    traits: ClassVar[Traits] = Traits(
        fewest=1,
        most=1000,
        open=True,
        late=True,
        shared=True,
        types=True,
        live=None,
        slow=timedelta(days=1),
    )
    state = Puzzle

    def title(self, words: Words) -> str:
        return words.plain("Guess the word")

    def about(self, words: Words) -> Text:
        return words.say(
            "A word of five letters a day, the same for all groups of the community. "
            "Every guess shows which letters are right, and you share the guesses."
        )

    def prepared(self, language: str) -> bool:
        return lexicon.is_warm(language)

    def prepare(self, language: str) -> None:
        lexicon.warm(language)

    def begin(self, table: Table, now: datetime, rng: Random) -> Puzzle:
        return rules.begin(table, now, rng)

    def step(self, state: Puzzle, move: Move, now: datetime, rng: Random) -> Step[Puzzle]:
        return rules.step(state, move, now)

    def due(self, state: Puzzle) -> datetime | None:
        return state.until

    def over(self, state: Puzzle) -> bool:
        return state.until is None

    def board(self, state: Puzzle, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return view.words_of(said, words, cast)

    def result(self, state: Puzzle) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n("{n} letter put in its place", "{n} letters put in their place", figure)

    def forget(self, state: Puzzle, seat: int) -> Puzzle:
        return rules.forget(state, seat)


def game() -> GuessTheWord:
    """The one instance."""
    return GuessTheWord()
