"""Trivia by teams."""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

from bot.games.trivia import quiz, rules, view
from bot.games.trivia.quiz import Quiz
from bot.i18n import Words
from bot.play import PACKS, Board, Cast, Effect, Game, Move, Result, Step, Table, Traits
from bot.text import Text


class Trivia(Game[Quiz]):
    """See `rules` for how it goes and `drawing` for where the questions come from."""

    key: ClassVar[str] = "trivia"
    emoji: ClassVar[str] = "❓"
    traits: ClassVar[Traits] = Traits(
        fewest=2,
        most=30,
        sides=2,
        late=True,
        types=True,
        supplies=PACKS,
        live=timedelta(seconds=60),
        slow=timedelta(days=1),
    )
    state = Quiz

    def title(self, words: Words) -> str:
        return words.plain("Trivia by teams")

    def about(self, words: Words) -> Text:
        return words.say(
            "Eight questions about the world, its languages and its people, or from your own pack. "
            "Everybody answers for themselves, and the team whose heads know more wins."
        )

    def prepared(self, language: str) -> bool:
        from bot.games.trivia import world  # loads Babel, for the first quiz

        return world.is_read(language)

    def prepare(self, language: str) -> None:
        from bot.games.trivia import world

        world.read(language)

    def begin(self, table: Table, now: datetime, rng: Random) -> Quiz:
        return rules.begin(table, now, rng)

    def step(self, state: Quiz, move: Move, now: datetime, rng: Random) -> Step[Quiz]:
        return rules.step(state, move, now)

    def due(self, state: Quiz) -> datetime | None:
        return None if state.ended else state.until

    def over(self, state: Quiz) -> bool:
        return state.ended

    def awaited(self, state: Quiz) -> Collection[int]:
        return quiz.awaited(state)

    def board(self, state: Quiz, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def hand(self, state: Quiz, seat: int, words: Words, cast: Cast) -> Board | None:
        return view.hand(state, seat, words)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return view.words_of(said, words)

    def result(self, state: Quiz) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n("{n} right answer", "{n} right answers", figure)


def game() -> Trivia:
    """The game."""
    return Trivia()
