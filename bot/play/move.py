"""What goes into a game: the table it is played at, and the moves."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

NOBODY = -1
"""The seat of a move that time makes, and the author of what nobody wrote."""

SAYS, PASS, LEFT, CAME, TIME = "says", "pass", "left", "came", "time"
"""Moves that every game may get: a typed message (`text`), giving one's turn away, a seat that
is empty from now on, one that is taken from now on (`arg` is its side), the moment `Game.due`."""


PACKS, SAYINGS = "packs", "sayings"
"""What a game may be made of that comes from outside (`Traits.supplies`): questions of own packs,
and what people of the group said."""


class Pace(StrEnum):
    """Live: everybody is there now, a turn takes minutes. Slow: a turn takes a day."""

    LIVE = "live"
    SLOW = "slow"


class Move(Struct, frozen=True, omit_defaults=True):
    """What one seat did. `act` and `arg` are those of the control that was pressed.

    `text` is a typed message, `values` what was filled into the control's form by the names of
    its fields; both are cleaned and trimmed. A game must take any move from any seat, also
    nonsense: buttons are pressed late, and twice.
    """

    act: str
    seat: int = NOBODY
    arg: str = ""
    text: str = ""
    values: dict[str, str] = {}


class Sitting(Struct, frozen=True):
    """A seat that is taken at the beginning, and the side that it plays for."""

    seat: int
    side: int = 0


class Item(Struct, frozen=True, omit_defaults=True):
    """A piece of content from outside: a question of a pack, or something that somebody said.

    `text` is shown, `answers` are right, `others` are wrong but likely; `by` is the number that
    `Cast.name` knows the author under, `source` what it answered or where it comes from.
    """

    text: str
    answers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    by: int = NOBODY
    source: str = ""


class Table(Struct, frozen=True):
    """Who plays, how fast, in which language, with what.

    `turn` is how long one turn lasts at this pace; `options` are those of `Traits.options`;
    `items` is what `Traits.supplies` asked for; `day` names the day ("2026-11-22") and `secret`
    is the same for everybody who should get the same puzzle (else the play's own seed).
    """

    seats: tuple[Sitting, ...]
    sides: int
    pace: Pace
    turn: timedelta
    language: str
    secret: str = ""
    day: str = ""
    options: dict[str, str] = {}
    items: tuple[Item, ...] = ()

    def of_side(self, side: int) -> tuple[int, ...]:
        """The seats of one side."""
        return tuple(sitting.seat for sitting in self.seats if sitting.side == side)


class Traits(Struct, frozen=True):
    """What the lobby has to know of a game.

    `sides`: into how many teams the players are drawn (1: all together); `rivals`: the sides are
    groups, and the other one has to accept. `open`: whoever makes a move sits down by it. `late`:
    people may join after the beginning (only then `CAME` is sent). `shared`: one play for the
    whole community and language each day. `types`: typed messages are moves. `supplies`: "",
    `PACKS` or `SAYINGS`. `live` and `slow` are the lengths of a turn; None where that pace makes
    no sense.
    """

    fewest: int = 2
    most: int = 30
    sides: int = 1
    rivals: bool = False
    open: bool = False
    late: bool = False
    shared: bool = False
    types: bool = False
    supplies: str = ""
    live: timedelta | None = timedelta(minutes=2)
    slow: timedelta | None = timedelta(days=1)
    options: tuple[str, ...] = ()
