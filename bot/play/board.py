"""What people see of a game: text and controls, no platform."""

from typing import Protocol

from msgspec import Struct

from bot.commands import Field
from bot.effects import Look
from bot.text import Text

ACT_BYTES = 14
"""What `act` and `arg` of a control may take together, so that a button's id has room for both."""
MOST_CONTROLS, MOST_IN_ROW = 25, 5
LABEL_LENGTH = 40


class Control(Struct, frozen=True, omit_defaults=True):
    """A button: it comes back as `Move(act, arg)`.

    With `form`, one to five fields are asked first, and `secret` ones where nobody else reads
    along. `act` is lower-case letters; `arg` is ASCII without ":". With `opens_hand`, whoever
    presses it is shown `Game.hand`; that is no move.
    """

    label: str
    act: str = ""
    arg: str = ""
    look: Look = Look.PLAIN
    title: str = ""
    form: tuple[Field, ...] = ()
    secret: bool = False
    opens_hand: bool = False
    disabled: bool = False

    def __post_init__(self) -> None:
        if len(f"{self.act}.{self.arg}".encode("ascii")) > ACT_BYTES:
            raise ValueError(f"at most {ACT_BYTES} bytes: {self.act}.{self.arg}")


class Board(Struct, frozen=True):
    """A text and rows of controls under it. `types`: in a game of typed messages they count now;
    else the lobby does not invite them."""

    text: Text
    rows: tuple[tuple[Control, ...], ...] = ()
    types: bool = True

    def control(self, act: str, arg: str) -> Control | None:
        """The control with that act and argument, if it is on the board."""
        found = (c for row in self.rows for c in row if (c.act, c.arg) == (act, arg))
        return next(found, None)


class Cast(Protocol):
    """The names of those who play. They are isolated: safe inside any sentence."""

    def name(self, seat: int) -> str:
        """Who sits there (or wrote that item); "somebody" for an empty seat."""

    def side(self, side: int) -> str:
        """The name of a side."""

    @property
    def here(self) -> int | None:
        """The side that the reading room plays for, where sides are groups."""
