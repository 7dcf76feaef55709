"""Channels and messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord_api.faults import unknown
from tests.discord_api.members import Json, User, bits

if TYPE_CHECKING:
    from tests.discord_api.guild import Guild
    from tests.discord_api.server import DiscordApi

TEXT, DM, THREAD, FORUM = 0, 1, 11, 15


@dataclass
class Message:
    id: int
    channel: Channel
    author: User
    at: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    reference: Json | None = None
    flags: int = 0
    nonce: str | None = None
    pinned: bool = False
    edited_at: datetime | None = None
    mentions: list[User] = field(default_factory=list)
    pings: list[int] = field(default_factory=list)
    reactions: dict[str, list[int]] = field(default_factory=dict)
    poll: Json | None = None
    votes: dict[int, list[int]] = field(default_factory=dict)
    thread: Channel | None = None
    webhook: bool = False

    @property
    def buttons(self) -> list[Json]:
        """All components of all rows, in order."""
        return [part for row in self.components for part in row.get("components", [])]

    def component(self, label_or_id: str) -> Json:
        """The one button or select with this label, placeholder or custom id."""
        for part in self.buttons:
            if label_or_id in (part.get("label"), part.get("custom_id"), part.get("placeholder")):
                return part
        raise LookupError(f"no {label_or_id!r} among {[b.get('label') for b in self.buttons]}")

    def payload(self) -> Json:
        payload: Json = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "author": self.author.payload(),
            "type": 19 if self.reference else 0,
            "content": self.content,
            "embeds": self.embeds,
            "components": self.components,
            "attachments": [
                {
                    "id": str(self.id + index),
                    "filename": name,
                    "size": len(data),
                    "url": f"https://cdn.invalid/{self.id}/{name}",
                    "proxy_url": f"https://cdn.invalid/{self.id}/{name}",
                }
                for index, (name, data) in enumerate(self.files)
            ],
            "mentions": [user.payload() for user in self.mentions],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": self.pinned,
            "tts": False,
            "flags": self.flags,
            "timestamp": self.at.isoformat(),
            "edited_timestamp": self.edited_at.isoformat() if self.edited_at else None,
            "reactions": [
                {
                    "emoji": emoji_payload(emoji),
                    "count": len(users),
                    "me": False,
                    "me_burst": False,
                    "burst_colors": [],
                    "count_details": {"burst": 0, "normal": len(users)},
                }
                for emoji, users in self.reactions.items()
                if users
            ],
        }
        if self.nonce is not None:
            payload["nonce"] = self.nonce
        if self.reference is not None:
            payload["message_reference"] = self.reference
            answered = [
                m for m in self.channel.messages if str(m.id) == self.reference["message_id"]
            ]
            payload["referenced_message"] = (
                {**answered[0].payload(), "referenced_message": None} if answered else None
            )
        if self.poll is not None:
            payload["poll"] = self.poll
        if self.thread is not None:
            payload["thread"] = self.thread.payload()
        if self.webhook:
            payload["webhook_id"] = str(self.author.id)
        return payload


@dataclass
class Channel:
    api: DiscordApi
    id: int
    name: str
    type: int = TEXT
    guild: Guild | None = None
    parent: Channel | None = None
    recipient: User | None = None
    messages: list[Message] = field(default_factory=list)
    denied: int = 0
    archived: bool = False
    locked: bool = False

    @property
    def texts(self) -> list[str]:
        """What was written here, oldest first."""
        return [message.content for message in self.messages]

    def message(self, message_id: int) -> Message:
        for message in self.messages:
            if message.id == message_id:
                return message
        raise unknown("Message")

    def forbid(self, *names: str) -> None:
        """Take permissions such as "send_messages" from the bot in this channel."""
        self.denied |= bits(*names)
        self.api.dispatch("CHANNEL_UPDATE", self.payload(), guild=self.guild)

    def allow(self, *names: str) -> None:
        """Give them back."""
        self.denied &= ~bits(*names)
        self.api.dispatch("CHANNEL_UPDATE", self.payload(), guild=self.guild)

    def payload(self) -> Json:
        payload: Json = {"id": str(self.id), "type": self.type, "flags": 0}
        if self.recipient is not None:
            return {**payload, "recipients": [self.recipient.payload()], "last_message_id": None}
        assert self.guild is not None
        payload |= {
            "guild_id": str(self.guild.id),
            "name": self.name,
            "last_message_id": str(self.messages[-1].id) if self.messages else None,
            "parent_id": str(self.parent.id) if self.parent else None,
            "rate_limit_per_user": 0,
        }
        if self.type == THREAD:
            return payload | self._thread_fields()
        deny = [{"id": str(self.api.bot.id), "type": 1, "allow": "0", "deny": str(self.denied)}]
        return payload | {
            "position": 0,
            "topic": None,
            "nsfw": False,
            "permission_overwrites": deny if self.denied else [],
            **(
                {"available_tags": [], "default_reaction_emoji": None} if self.type == FORUM else {}
            ),
        }

    def _thread_fields(self) -> Json:
        return {
            "owner_id": str(self.api.bot.id),
            "message_count": len(self.messages),
            "total_message_sent": len(self.messages),
            "member_count": 1,
            "thread_metadata": {
                "archived": self.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": self.api.clock().isoformat(),
                "locked": self.locked,
                "create_timestamp": self.api.clock().isoformat(),
            },
        }


def emoji_payload(emoji: str) -> Json:
    """A partial emoji: `name:id` for one of a guild, else the character itself."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}
