"""The port of a game. Everything in it is pure: same state, move, time and chance, same outcome."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from datetime import datetime
from random import Random
from typing import ClassVar, Generic, TypeVar

from msgspec import Struct

from bot.effects import Attachment
from bot.i18n import Words
from bot.play.board import Board, Cast
from bot.play.move import Move, Table, Traits
from bot.text import Text

S = TypeVar("S", bound=Struct)


class Note(Struct, frozen=True, omit_defaults=True):
    """Something for one seat's eyes: `key` and `args` are put into words by `Game.words_of`."""

    seat: int
    key: str
    args: dict[str, str | int] = {}


class Line(Struct, frozen=True, omit_defaults=True):
    """Something said to everybody besides the board. Rare: the board is edited in place."""

    key: str
    args: dict[str, str | int] = {}


Effect = Note | Line
Step = tuple[S, tuple[Effect, ...]]


class Score(Struct, frozen=True):
    """What a side reached, and the most that a side of its size could have reached."""

    points: int
    best: int


class Result(Struct, frozen=True):
    """How a game ended: a score for each side, and for seats a figure of their own (more is
    better) that only they are shown. `met` are pairs of seats that had to do with each other;
    left empty, all seats that moved did."""

    scores: tuple[Score, ...]
    bests: dict[int, int] = {}
    met: tuple[tuple[int, int], ...] = ()


class Game(ABC, Generic[S]):
    """One game. `key` is its folder's name; its state is a frozen msgspec Struct.

    Any sequence of moves ends: repeated `TIME` alone must lead to `over`.
    """

    key: ClassVar[str]
    emoji: ClassVar[str]
    traits: ClassVar[Traits]
    state: type[S]

    @abstractmethod
    def title(self, words: Words) -> str:
        """The game's name, as in a list."""

    @abstractmethod
    def about(self, words: Words) -> Text:
        """How it goes, in one to three sentences."""

    @abstractmethod
    def begin(self, table: Table, now: datetime, rng: Random) -> S:
        """The first state. `table` has at least `Traits.fewest` seats unless the game is open.
        Raises `Lacking` if what it is made of is not there."""

    @abstractmethod
    def step(self, state: S, move: Move, now: datetime, rng: Random) -> Step[S]:
        """The next state and what is to be said. A move that is not allowed leaves the state as it
        is and says why in a `Note`. Never raises; after the end nothing changes any more."""

    @abstractmethod
    def due(self, state: S) -> datetime | None:
        """When `TIME` moves next; None after the end. A step of `TIME` moves it on."""

    @abstractmethod
    def over(self, state: S) -> bool:
        """Whether it has ended."""

    @abstractmethod
    def board(self, state: S, words: Words, cast: Cast) -> Board:
        """What everybody sees; after the end without controls. Holds no secret."""

    @abstractmethod
    def words_of(self, said: Effect, words: Words, cast: Cast) -> Text:
        """A note or a line in words."""

    @abstractmethod
    def result(self, state: S) -> Result:
        """The scores; asked when it is over or was stopped."""

    def deadline(self, state: S) -> datetime | None:
        """Until when people can do what is asked now: `due`, unless the game wakes before that
        for something of its own."""
        return self.due(state)

    def best_words(self, figure: int, words: Words) -> Text:
        """A figure of `Result.bests` with what it counts."""
        return words.say_n("{n} point", "{n} points", figure)

    def prepared(self, language: str) -> bool:
        """Whether everything that takes long to load is there for this content language."""
        return True

    def prepare(self, language: str) -> None:
        """Loads it, in a thread. Without it a game works too, but holds everybody up once."""

    def hand(self, state: S, seat: int, words: Words, cast: Cast) -> Board | None:
        """What only this seat sees; None if it has nothing of its own."""
        return None

    def awaited(self, state: S) -> Collection[int]:
        """The seats without whose move it doesn't go on now; empty if it hangs on nobody."""
        return ()

    def keepsake(self, state: S, words: Words, cast: Cast) -> Attachment | None:
        """Something to keep, made at the end."""
        return None

    def forget(self, state: S, seat: int) -> S:
        """The state without anything that this seat wrote. Games without written moves keep it."""
        return state


class Lacking(Exception):
    """A game can't begin for want of content; `key` is put into words by `Game.words_of`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
