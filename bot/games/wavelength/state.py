"""What is known of a game of the wavelength at any moment."""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.play import NOBODY


class Revealed(Struct, frozen=True):
    """A round that was played: the target, what each side guessed and what it earned."""

    scale: tuple[str, str]
    teller: int
    clue: str
    target: int
    guesses: tuple[float | None, ...]
    earned: tuple[int, ...]
    spread: tuple[int, int] | None
    """The lowest and the highest guess; None if nobody guessed."""


class Wavelength(Struct, frozen=True):
    """Where the game stands. There is a `clue` as soon as the teller gave one.

    `sides` are the seats that play, in the drawn order of telling; `skipped` are the tellers of
    this round that gave no clue; `done` passed this round's guess. `due` is None after the end.
    """

    language: str
    lasts: timedelta
    sides: tuple[tuple[int, ...], ...]
    scales: tuple[tuple[str, str], ...]
    first: int
    due: datetime | None
    round: int = 0
    teller: int = NOBODY
    target: int = 0
    clue: str = ""
    guesses: dict[int, int] = {}
    done: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    told: dict[int, int] = {}
    idle: int = 0
    points: tuple[int, ...] = ()
    best: tuple[int, ...] = ()
    own: dict[int, int] = {}
    """What the guesses of each seat would have earned alone."""
    last: Revealed | None = None

    @property
    def rounds(self) -> int:
        """How many rounds there are."""
        return len(self.scales)

    @property
    def scale(self) -> tuple[str, str]:
        """Both ends of this round's scale."""
        return self.scales[self.round - 1]

    @property
    def turn(self) -> int:
        """The side that tells in this round."""
        return (self.first + self.round - 1) % len(self.sides)

    @property
    def seats(self) -> tuple[int, ...]:
        """Everybody who plays."""
        return tuple(seat for side in self.sides for seat in side)

    def guessers(self, side: int) -> tuple[int, ...]:
        """Who of a side may guess in this round."""
        return tuple(seat for seat in self.sides[side] if seat != self.teller)

    @property
    def awaited(self) -> tuple[int, ...]:
        """Without whose move it doesn't go on."""
        if self.due is None:
            return ()
        if not self.clue:
            return (self.teller,)
        answered = {self.teller, *self.guesses, *self.done}
        return tuple(seat for seat in self.seats if seat not in answered)
