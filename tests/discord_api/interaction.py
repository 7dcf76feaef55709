"""What a person did that waits for an answer, and the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord_api.members import EPOCH, Json
from tests.discord_api.world import Channel, Message

if TYPE_CHECKING:
    from tests.discord_api.people import Person

EPHEMERAL = 64


@dataclass
class Interaction:
    """A press, a command or a form of a person, and how the bot answered it."""

    id: int
    token: str
    person: Person
    channel: Channel
    type: int
    data: Json
    message: Message | None = None
    at: datetime = EPOCH
    response: Json | None = None
    original: Message | None = None
    loading: bool = False
    answers: list[Message] = field(default_factory=list)
    too_late: bool = False
    expired: bool = False

    @property
    def deferred(self) -> bool:
        return self.response is not None and self.response["type"] in (5, 6)

    @property
    def ephemeral(self) -> bool:
        """Whether the first answer is seen by the person alone."""
        data = (self.response or {}).get("data") or {}
        return bool(data.get("flags", 0) & EPHEMERAL)

    @property
    def modal(self) -> Json | None:
        """The form the bot opened, or None."""
        return self.response["data"] if self.response and self.response["type"] == 9 else None

    @property
    def choices(self) -> list[Json]:
        """The completions the bot offered."""
        return list(((self.response or {}).get("data") or {}).get("choices", []))

    @property
    def texts(self) -> list[str]:
        """What the person reads as the answer, in order."""
        return [message.content for message in self.answers]
