"""What all open tabs have in common."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from adapters.local.page.strings import Say
from adapters.local.world import World
from bot.ports import Receiver


class Lapse(Protocol):
    """A clock whose pace people set; 0 halts it."""

    @property
    def speed(self) -> float:
        """Seconds it shows for each real second."""

    def now(self) -> datetime:
        """The moment it shows, aware."""

    def set_speed(self, speed: float) -> None:
        """Goes on at another pace."""


@dataclass
class Site:
    """The world, the core, the clock and the words of one page.

    `next_event` leaps to the next moment at which something is due; without it that button
    is not shown. Without `lapse` nobody sets the pace. `languages` are those that a new person
    may choose, by code.
    """

    world: World
    receiver: Receiver
    clock: Lapse
    say: Say
    languages: dict[str, str]
    next_event: Callable[[], Awaitable[None]] | None = None
    default_person: str = ""
    lapse: bool = True
