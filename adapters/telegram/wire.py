"""The few fields that an ordinary message is read for, straight from the answer's JSON.

Nine updates in ten are ordinary messages. The library's own objects cost fifteen times as much
to build as all the rest of the way into the core, so they are made for the other updates only.
"""

from typing import Any

import msgspec
from msgspec import Struct, field

# What people put into a message; anything else is a service message.
_CONTENT = frozenset(
    {
        "text", "photo", "video", "animation", "sticker", "voice", "video_note", "document",
        "audio", "contact", "location", "venue", "poll", "dice", "game", "story", "paid_media",
        "checklist", "live_photo",
    }
)  # fmt: skip


class User(Struct):
    """An account, named as in the library."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str = ""
    username: str = ""
    language_code: str = ""

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


class Chat(Struct):
    """A chat, named as in the library."""

    id: int
    type: str
    title: str = ""
    is_forum: bool = False


class Entity(Struct):
    """A part of a text with a meaning; counted in UTF-16 code units."""

    type: str
    offset: int
    length: int
    user: User | None = None


class Topic(Struct):
    """What opened a forum topic."""

    name: str = ""


class Message(Struct):
    """A message, named as in the library, except that `date` is a number."""

    message_id: int
    date: int
    chat: Chat
    from_user: User | None = field(default=None, name="from")
    sender_chat: Chat | None = None
    text: str | None = None
    caption: str = ""
    entities: tuple[Entity, ...] = ()
    caption_entities: tuple[Entity, ...] = ()
    message_thread_id: int | None = None
    is_topic_message: bool = False
    forum_topic_created: Topic | None = None
    reply_to_message: "Message | None" = None


def content(message: dict[str, Any]) -> str | None:
    """The words of a message as it came; None for a service message."""
    if _CONTENT.isdisjoint(message):
        return None
    return str(message.get("text") or message.get("caption") or "")


def read(message: dict[str, Any]) -> Message:
    """The message; raises msgspec.ValidationError for anything else."""
    return msgspec.convert(message, Message)
