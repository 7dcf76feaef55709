"""Who and where, in words that every platform shares.

Ids are the platform's own, as text: only an adapter knows what they mean.
"""

from typing import Self

from msgspec import Struct


class ChatRef(Struct, frozen=True, order=True):
    """A place where people talk.

    `group` is the community's home on the platform (a server, a group), empty in a private
    conversation. `room` is a channel, topic or thread in it, empty for a group that has only
    one room; in a private conversation it is the id of the person.
    """

    platform: str
    group: str
    room: str = ""

    @property
    def private(self) -> bool:
        """Whether this is a conversation between the bot and one person."""
        return not self.group

    def in_room(self, room: str) -> Self:
        """The same group, another room."""
        return type(self)(self.platform, self.group, room)

    def __str__(self) -> str:
        return f"{self.platform}:{self.group}/{self.room}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The inverse of `str`; raises ValueError on anything else."""
        platform, _, rest = text.partition(":")
        group, slash, room = rest.partition("/")
        if not (platform and slash):
            raise ValueError(f"not a chat: {text!r}")
        return cls(platform, group, room)


class MemberRef(Struct, frozen=True, order=True):
    """One account on one platform."""

    platform: str
    id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The inverse of `str`; raises ValueError on anything else."""
        platform, colon, native = text.partition(":")
        if not (platform and colon and native):
            raise ValueError(f"not a member: {text!r}")
        return cls(platform, native)

    @property
    def private_chat(self) -> ChatRef:
        """The private conversation with this person."""
        return ChatRef(self.platform, "", self.id)


class MessageRef(Struct, frozen=True):
    """One message of a platform."""

    chat: ChatRef
    id: str
