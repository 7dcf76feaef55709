"""A core that only listens: what an adapter is tested against when the engine is not needed."""

from collections.abc import Sequence
from typing import TypeVar

from bot.commands import Choice, Command
from bot.events import Event
from bot.refs import ChatRef, MemberRef

E = TypeVar("E", bound=Event)


class Listener:
    """Implements `bot.ports.Receiver`: keeps every event in order; all is durable at once."""

    def __init__(self, commands: Sequence[Command] = ()) -> None:
        self.commands: Sequence[Command] = commands
        self.events: list[Event] = []
        self.notes: dict[tuple[str, str], str] = {}
        self.rooms: Sequence[ChatRef] = ()

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
        return ()

    async def recovered(self, platform: str) -> None:
        return

    async def last_seen(self, chat: ChatRef) -> str | None:
        return None

    async def rooms_seen(self, platform: str) -> Sequence[ChatRef]:
        return self.rooms

    async def remember(self, platform: str, key: str, value: str) -> None:
        self.notes[platform, key] = value

    async def recall(self, platform: str, key: str) -> str | None:
        return self.notes.get((platform, key))

    def all(self, kind: type[E]) -> list[E]:
        """The events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def last(self, kind: type[E]) -> E:
        """The newest event of a kind."""
        found = self.all(kind)
        assert found, f"no {kind.__name__} among {[type(e).__name__ for e in self.events]}"
        return found[-1]
