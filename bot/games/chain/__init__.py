"""Word chain: each word begins with the last letter of the one before."""

from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

from bot.games.chain import rules, view
from bot.games.chain.beginnings import beginnings
from bot.games.chain.rules import Chain
from bot.i18n import Words
from bot.play import Board, Cast, Effect, Game, Move, Result, Step, Table, Traits, lexicon
from bot.text import Text


class WordChain(Game[Chain]):
    """The game as the lobby plays it."""

    key: ClassVar[str] = "chain"
    emoji: ClassVar[str] = "🔗"
    traits: ClassVar[Traits] = Traits(open=True, late=True, types=True, live=timedelta(minutes=3))
    state = Chain

    def title(self, words: Words) -> str:
        return words.plain("Word chain")

    def about(self, words: Words) -> Text:
        return words.say(
            "Each word begins with the last letter of the one before. "
            "Whoever has one writes it, but nobody twice in a row: together you make the chain."
        )

    def prepared(self, language: str) -> bool:
        return lexicon.is_warm(language)

    def prepare(self, language: str) -> None:
        lexicon.warm(language)
        beginnings(language)

    def begin(self, table: Table, now: datetime, rng: Random) -> Chain:
        return rules.begin(table, now, rng)

    def step(self, state: Chain, move: Move, now: datetime, rng: Random) -> Step[Chain]:
        return rules.step(state, move, now, rng)

    def due(self, state: Chain) -> datetime | None:
        return state.until

    def over(self, state: Chain) -> bool:
        return state.until is None

    def board(self, state: Chain, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return view.words_of(said, words, cast)

    def result(self, state: Chain) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n("a word of {n} letter", "a word of {n} letters", figure)

    def forget(self, state: Chain, seat: int) -> Chain:
        return rules.forget(state, seat)


def game() -> WordChain:
    """The one instance."""
    return WordChain()
