"""Story relay: a sentence each, and a text to keep."""

from collections.abc import Collection
from datetime import datetime
from random import Random
from typing import ClassVar

from bot.effects import Attachment
from bot.games.story import keepsake, rules, view
from bot.games.story.rules import Story
from bot.i18n import Words
from bot.play import Board, Cast, Effect, Game, Move, Result, Step, Table, Traits
from bot.text import Text


class StoryRelay(Game[Story]):
    """The game as the lobby plays it."""

    key: ClassVar[str] = "story"
    emoji: ClassVar[str] = "📖"
    traits: ClassVar[Traits] = Traits(fewest=2, most=12, late=True, types=True)
    state = Story

    def title(self, words: Words) -> str:
        return words.plain("Story relay")

    def about(self, words: Words) -> Text:
        return words.say(
            "A first line is drawn; then everybody adds one sentence in turn. "
            "At the end you get the whole story as a text to keep."
        )

    def begin(self, table: Table, now: datetime, rng: Random) -> Story:
        return rules.begin(table, now, rng)

    def step(self, state: Story, move: Move, now: datetime, rng: Random) -> Step[Story]:
        return rules.step(state, move, now)

    def due(self, state: Story) -> datetime | None:
        return state.until

    def over(self, state: Story) -> bool:
        return state.until is None

    def board(self, state: Story, words: Words, cast: Cast) -> Board:
        return view.board(state, words, cast)

    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        return view.words_of(said, words, cast)

    def result(self, state: Story) -> Result:
        return rules.result(state)

    def best_words(self, figure: int, words: Words) -> Text:
        return words.say_n("a story of {n} sentence", "a story of {n} sentences", figure)

    def awaited(self, state: Story) -> Collection[int]:
        return () if state.until is None else (state.seat,)

    def keepsake(self, state: Story, words: Words, cast: Cast) -> Attachment | None:
        return keepsake.keepsake(state, words, cast)

    def forget(self, state: Story, seat: int) -> Story:
        return rules.forget(state, seat)


def game() -> StoryRelay:
    """The one instance."""
    return StoryRelay()
