"""What a game of emoji riddles is made of."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.play import NOBODY
from bot.play.likeness import folded


class Stage(StrEnum):
    """Everybody writes; one riddle after the other is guessed; over."""

    WRITING = "writing"
    GUESSING = "guessing"
    OVER = "over"


class Riddle(Struct, frozen=True, omit_defaults=True):
    """A row of emoji and what it stands for, by the seat `by`."""

    by: int
    emoji: str
    solution: str
    hint: str = ""


class Guess(Struct, frozen=True):
    """What somebody took the riddle for; `near` if it came close."""

    number: int
    seat: int
    text: str
    near: bool = False

    @property
    def meaning(self) -> str:
        """What two spellings of the same guess have in common."""
        return folded(self.text) or self.text


class Ended(Struct, frozen=True):
    """How a riddle went: who solved it, and the guess that its author took for the solution."""

    by: int
    solvers: tuple[int, ...]
    accepted: Guess | None = None


class State(Struct, frozen=True):
    """`written` by author; `order` are the authors as drawn, `at` the riddle under way.

    In a game that is guessed `secretly`, everybody may find each riddle by themselves; otherwise
    the first one who finds it solves it. `passed` are those who don't write, or give this riddle
    up; `guesses` the newest ones of this riddle, `tried` who made any, `guessed` how many there
    were; `hint_at` is None once the hint is shown; `idle` counts riddles in a row that nobody
    guessed at.
    """

    language: str
    secretly: bool
    turn: timedelta
    until: datetime
    present: tuple[int, ...]
    stage: Stage = Stage.WRITING
    hint_at: datetime | None = None
    written: dict[int, Riddle] = {}
    order: tuple[int, ...] = ()
    at: int = -1
    passed: tuple[int, ...] = ()
    guesses: tuple[Guess, ...] = ()
    tried: tuple[int, ...] = ()
    guessed: int = 0
    solvers: tuple[int, ...] = ()
    ended: tuple[Ended, ...] = ()
    idle: int = 0

    @property
    def author(self) -> int:
        """Who wrote the riddle under way."""
        return self.order[self.at] if self.stage is Stage.GUESSING else NOBODY

    @property
    def riddle(self) -> Riddle | None:
        """The riddle under way; None if there is none or its author's words were deleted."""
        return self.written.get(self.author)

    @property
    def hinted(self) -> bool:
        """Whether the hint is shown."""
        return self.stage is Stage.GUESSING and self.hint_at is None

    @property
    def unready(self) -> tuple[int, ...]:
        """Who may still write, or still find the riddle under way: it goes on without delay when
        there is nobody."""
        if self.stage is Stage.OVER:
            return ()
        through = {*self.passed, *self.solvers, self.author}
        if self.stage is Stage.WRITING:
            through |= self.written.keys()
        return tuple(seat for seat in self.present if seat not in through)

    @property
    def awaited(self) -> tuple[int, ...]:
        """Who has let everything go by so far. Nobody is late before the hint is there, nor where
        the first one to find it has it."""
        if self.stage is Stage.GUESSING and not (self.secretly and self.hinted):
            return ()
        return tuple(seat for seat in self.unready if seat not in self.tried)
