"""What the loopback Telegram knows: users, chats, topics, messages and polls."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.telegram_api.people import Person

JSON = dict[str, Any]

MEMBER_STATUSES = ("member", "administrator", "creator", "restricted")
GENERAL_TOPIC = 1
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_restrict_members",
    "can_invite_users",
)


class Upload(bytes):
    """A file that the bot sent, with its name."""

    name = ""


@dataclass(eq=False)
class User:
    """A person or a bot; `as_json` is the Bot API's User."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    last_name: str | None = None
    is_bot: bool = False

    def as_json(self) -> JSON:
        optional = {
            "username": self.username,
            "language_code": self.language_code,
            "last_name": self.last_name,
        }
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name} | {
            name: value for name, value in optional.items() if value
        }


DISGUISED = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
CHANNELS = User(136817688, "Channel", "Channel_Bot", is_bot=True)


@dataclass(eq=False)
class Topic:
    """A forum topic; its id is the id of the service message that opened it."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(eq=False)
class Poll:
    """A poll and who chose what (option indexes by user)."""

    id: str
    question: str
    options: list[str]
    is_anonymous: bool = True
    allows_multiple_answers: bool = False
    is_closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)

    def count(self, index: int) -> int:
        return sum(index in chosen for chosen in self.votes.values())

    def as_json(self) -> JSON:
        return {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": str(i), "text": text, "voter_count": self.count(i)}
                for i, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "type": "regular",
            "allows_multiple_answers": self.allows_multiple_answers,
            "allows_revoting": True,
            "members_only": False,
        }


@dataclass(eq=False)
class Message:
    """One message of a chat, by a person, by the bot or a service message.

    `serial` orders messages of all chats as they were made.
    """

    id: int
    chat: Chat
    sender: User
    date: int
    text: str | None = None
    caption: str | None = None
    entities: list[JSON] = field(default_factory=list)
    photo: bytes | None = None
    file: bytes | None = None
    poll: Poll | None = None
    reply_to: Message | None = None
    thread_id: int | None = None
    markup: JSON | None = None
    service: JSON = field(default_factory=dict)
    sender_chat: Chat | None = None
    edit_date: int | None = None
    deleted: bool = False
    pinned: bool = False
    reactions: dict[int, list[str]] = field(default_factory=dict)
    copy_of: Message | None = None
    serial: int = field(default_factory=count().__next__)

    @property
    def body(self) -> str:
        """The words a person sees, wherever they stand: text, caption or question."""
        return self.text or self.caption or (self.poll.question if self.poll else "")

    @property
    def file_name(self) -> str:
        """The name of the file or photo that the bot sent, "" for none."""
        return str(getattr(self.file or self.photo, "name", ""))

    @property
    def labels(self) -> list[str]:
        """The labels of the inline buttons, row by row."""
        return [button["text"] for button in self._buttons()]

    def button(self, label: str) -> JSON:
        """Return the inline button with that label; LookupError where there is none."""
        for button in self._buttons():
            if button["text"] == label:
                return button
        raise LookupError(f"no button {label!r} under {self.body!r}, only {self.labels}")

    def _buttons(self) -> list[JSON]:
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def as_json(self, *, with_reply: bool = True) -> JSON:
        answer: JSON = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.as_json(),
            "from": self._speaker().as_json(),
            **self.service,
            **self._content(),
        }
        if self.sender_chat:
            answer["sender_chat"] = self.sender_chat.as_json()
        if self.edit_date:
            answer["edit_date"] = self.edit_date
        if self.markup and "inline_keyboard" in self.markup:
            answer["reply_markup"] = self.markup
        return answer | self._threading(with_reply)

    def _speaker(self) -> User:
        """Telegram's own account before whoever speaks as the group or as a channel."""
        if self.sender_chat is None:
            return self.sender
        return DISGUISED if self.sender_chat is self.chat else CHANNELS

    def _content(self) -> JSON:
        if self.poll:
            return {"poll": self.poll.as_json()}
        optional: JSON = {"text": self.text, "entities": self.entities}
        if self.photo is not None:
            size = {"file_id": self.file_id, "file_unique_id": str(self.id)}
            optional = self._caption() | {"photo": [size | {"width": 90, "height": 90}]}
        elif self.file is not None:
            name = {
                "file_id": self.file_id,
                "file_unique_id": str(self.id),
                "file_name": "deck.csv",
            }
            optional = self._caption() | {"document": name | {"file_size": len(self.file)}}
        return {name: value for name, value in optional.items() if value}

    @property
    def file_id(self) -> str:
        """By what the bot fetches a photo or file."""
        return f"file{self.chat.id}_{self.id}"

    def _caption(self) -> JSON:
        return {"caption": self.caption, "caption_entities": self.entities}

    def _threading(self, with_reply: bool) -> JSON:
        answer: JSON = {}
        if self.thread_id is not None:
            answer["message_thread_id"] = self.thread_id
            if self.chat.is_forum:
                answer["is_topic_message"] = True
        # Telegram shows a topic's first message as the reply target of whatever replies to nothing.
        target = self.reply_to or self.chat.messages_by_id.get(self.thread_id or 0)
        if with_reply and target is not None and target is not self and not target.deleted:
            answer["reply_to_message"] = target.as_json(with_reply=False)
        return answer


@dataclass(eq=False)
class Chat:
    """A private chat, group, supergroup or forum."""

    id: int
    type: str
    title: str = ""
    is_forum: bool = False
    owner: Person | None = None
    statuses: dict[int, str] = field(default_factory=dict)
    bot_rights: dict[str, bool] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages_by_id: dict[int, Message] = field(default_factory=dict)
    migrated_to: Chat | None = None
    bot_muted: bool = False
    last_message_id: int = 0

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    @property
    def messages(self) -> list[Message]:
        """The messages that stand, oldest first, without service messages."""
        kept = (m for m in self.messages_by_id.values() if not m.deleted and not m.service)
        return sorted(kept, key=lambda message: message.id)

    @property
    def last(self) -> Message:
        return self.messages[-1]

    def find(self, words: str) -> Message:
        """Return the newest message that holds these words; LookupError where none does."""
        for message in reversed(self.messages):
            if words in message.body:
                return message
        raise LookupError(f"nobody said {words!r} in\n{self.transcript()}")

    def transcript(self) -> str:
        """The chat as lines of `Name: words [buttons]`, for failures that explain themselves."""
        return "\n".join(
            f"{m.sender.first_name}: {m.body}" + (f" {m.labels}" if m.labels else "")
            for m in self.messages
        )

    def status(self, user: User) -> str:
        return self.statuses.get(user.id, "left")

    def holds(self, user: User) -> bool:
        return self.is_private or self.status(user) in MEMBER_STATUSES

    def is_admin(self, user: User) -> bool:
        return self.is_private or self.status(user) in ("administrator", "creator")

    def next_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id

    def as_json(self) -> JSON:
        if self.owner is not None:
            user = self.owner.user.as_json()
            names = ("first_name", "last_name", "username")
            return {"id": self.id, "type": "private"} | {n: user[n] for n in names if n in user}
        answer: JSON = {"id": self.id, "type": self.type, "title": self.title}
        return answer | ({"is_forum": True} if self.is_forum else {})
