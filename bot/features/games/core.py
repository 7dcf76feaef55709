"""The feature that everything about games registers its handlers on."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from bot.context import Context
from bot.effects import AnyEffect
from bot.events import Event, Opened
from bot.feature import Feature

if TYPE_CHECKING:
    from bot.features.games.plays import Played

games = Feature("games")
KIND = "game"
"""What a game is called in the events that systems tell one another."""

Follows = list[AnyEffect | Event]
Ending = Callable[[Context, "Played"], Awaitable[Sequence[AnyEffect | Event]]]
E = TypeVar("E", bound=Ending)
_endings: list[Ending] = []


def post_name(play: int) -> str:
    """The name of a play's board; the same in every room."""
    return f"games:{play}"


def due_key(play: int) -> str:
    """The key under which a play waits for its time."""
    return f"games:{play}"


def number_in(text: str, place: int = 1) -> int:
    """The number at a place of "games:12:…", of a button's id or of an argument (place 0); 0 if
    there is none."""
    parts = text.partition("~")[0].split(":")
    found = parts[place] if place < len(parts) else ""
    return int(found) if found.isdecimal() and len(found) < 16 else 0


def number_opened(event: Opened) -> int:
    """The number that a link to a private conversation carries, as in "games-hand-12"."""
    return number_in(event.payload.replace("-", ":"), 2)


def when_over(ending: E) -> E:
    """Registers what else follows when a play has ended: `(ctx, played)`, in the transaction
    that ends it. It is not asked about plays that never began."""
    _endings.append(ending)
    return ending


async def all_endings(ctx: Context, played: "Played") -> Follows:
    """What everybody who registered wants to follow."""
    return [follows for ending in _endings for follows in await ending(ctx, played)]
