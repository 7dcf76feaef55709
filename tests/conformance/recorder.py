"""A core that only listens, to hold an adapter to the contract by itself."""

from collections.abc import Sequence
from typing import TypeVar

from bot.commands import Choice, Command, Kind, Param
from bot.events import Event
from bot.refs import ChatRef, MemberRef

E = TypeVar("E", bound=Event)
GREET = Command("greet", "Greets somebody", (Param("what", "What to say"),))
LIST = Command("list things", "Shows a list", (Param("page", "Page", Kind.NUMBER, False),))


class Recorder:
    """Keeps every event in order; everything is durable at once."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.commands: Sequence[Command] = (GREET, LIST)
        self._notes: dict[tuple[str, str], str] = {}

    def offer(self, event: Event) -> None:
        self.events.append(event)

    async def settled(self) -> None:
        return

    async def complete(
        self,
        chat: ChatRef,
        member: MemberRef,
        path: str,
        param: str,
        typed: str,
        *,
        moderator: bool = False,
    ) -> Sequence[Choice]:
        return []

    async def last_seen(self, chat: ChatRef) -> str | None:
        return None

    async def rooms_seen(self, platform: str) -> Sequence[ChatRef]:
        return []

    async def remember(self, platform: str, key: str, value: str) -> None:
        self._notes[platform, key] = value

    async def recall(self, platform: str, key: str) -> str | None:
        return self._notes.get((platform, key))

    def heard(self, kind: type[E]) -> list[E]:
        """The events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def last(self, kind: type[E]) -> E:
        """The newest event of a kind."""
        found = self.heard(kind)
        assert found, f"no {kind.__name__} among {[type(e).__name__ for e in self.events]}"
        return found[-1]
