"""What this Discord holds: guilds, channels, members, messages, interactions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord

from tests.discord_api.faults import unknown

if TYPE_CHECKING:
    from tests.discord_api.people import Person
    from tests.discord_api.server import DiscordApi

Json = dict[str, Any]
EPHEMERAL = 64
TEXT, DM, THREAD, FORUM = 0, 1, 11, 15
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_MEMBERS_MAY = discord.Permissions.general() | discord.Permissions.text()


def bits(*names: str) -> int:
    """The permission bits of names such as "send_messages"."""
    return discord.Permissions(**dict.fromkeys(names, True)).value


@dataclass
class Snowflakes:
    """Ids that grow with the clock and never repeat."""

    clock: Callable[[], datetime]
    last: int = 0

    def next(self) -> int:
        millis = int((self.clock() - _EPOCH) / timedelta(milliseconds=1))
        self.last = max(self.last + 1, millis << 22)
        return self.last


@dataclass
class User:
    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    accepts_dms: bool = True

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name.lower().replace(" ", "_"),
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
        }


@dataclass
class Role:
    id: int
    name: str
    permissions: int = 0
    position: int = 1

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
            "icon": None,
            "unicode_emoji": None,
        }


@dataclass
class Membership:
    user: User
    roles: set[int] = field(default_factory=set)
    nick: str | None = None
    joined_at: datetime = _EPOCH

    def payload(self, *, with_user: bool = True) -> Json:
        payload: Json = {
            "roles": [str(role) for role in sorted(self.roles)],
            "nick": self.nick,
            "joined_at": self.joined_at.isoformat(),
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "avatar": None,
            "banner": None,
            "communication_disabled_until": None,
        }
        return {**payload, "user": self.user.payload()} if with_user else payload


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


@dataclass
class Guild:
    api: DiscordApi
    id: int
    name: str
    owner: User
    locale: str = "en-US"
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    members: dict[int, Membership] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)

    def channel(self, name: str, *, type: int = TEXT) -> Channel:
        """A new channel of this guild; the bot is told when it is connected."""
        channel = Channel(self.api, self.api.ids.next(), name, type, self)
        self.channels[channel.id] = self.api.channels[channel.id] = channel
        self.api.dispatch("CHANNEL_CREATE", channel.payload(), guild=self)
        return channel

    def forum(self, name: str) -> Channel:
        """A new forum channel: it takes posts, not messages."""
        return self.channel(name, type=FORUM)

    def role(self, name: str, *permissions: str) -> Role:
        """A new role below the bot's own."""
        role = Role(self.api.ids.next(), name, bits(*permissions))
        self.roles[role.id] = role
        self.api.dispatch(
            "GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": role.payload()}, guild=self
        )
        return role

    def person(self, name: str, *, roles: tuple[Role, ...] = (), locale: str = "en-US") -> Person:
        """Somebody new who joins this guild."""
        from tests.discord_api.people import Person

        user = self.api.user(name, locale=locale)
        self.join(user, roles=roles)
        return Person(self.api, user, self)

    def join(self, user: User, *, roles: tuple[Role, ...] = ()) -> Membership:
        member = Membership(user, {role.id for role in roles}, joined_at=self.api.clock())
        self.members[user.id] = member
        payload = {**member.payload(), "guild_id": str(self.id)}
        self.api.dispatch("GUILD_MEMBER_ADD", payload, guild=self)
        return member

    def leave(self, user: User) -> None:
        """The user leaves, or is kicked."""
        self.members.pop(user.id)
        payload = {"guild_id": str(self.id), "user": user.payload()}
        self.api.dispatch("GUILD_MEMBER_REMOVE", payload, guild=self)

    def permissions(self, user: User, channel: Channel | None = None) -> int:
        """The permission bits of a member, in a channel when one is given."""
        if user.id == self.owner.id:
            return discord.Permissions.all().value
        roles = {self.id, *self.members[user.id].roles}
        granted = 0
        for role in roles:
            granted |= self.roles[role].permissions if role in self.roles else 0
        if granted & bits("administrator"):
            return discord.Permissions.all().value
        source = (channel.parent or channel) if channel else None
        denied = source.denied if source is not None and user.id == self.api.bot.id else 0
        return granted & ~denied

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "vanity_url_code": None,
            "description": None,
            "banner": None,
            "premium_tier": 0,
            "premium_progress_bar_enabled": False,
            "preferred_locale": self.locale,
            "application_id": None,
            "region": "deprecated",
            "features": ["COMMUNITY"],
            "emojis": [],
            "stickers": [],
            "roles": [role.payload() for role in self.roles.values()],
        }

    def create_payload(self, *, members: bool) -> Json:
        """GUILD_CREATE; other members than the bot only when it may see them."""
        visible = [m for m in self.members.values() if members or m.user.id == self.api.bot.id]
        return {
            **self.payload(),
            "joined_at": _EPOCH.isoformat(),
            "large": len(self.members) > 250,
            "unavailable": False,
            "member_count": len(self.members),
            "members": [member.payload() for member in visible],
            "channels": [channel.payload() for channel in self.channels.values()],
            "threads": [t.payload() for t in self.threads.values() if not t.archived],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


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
    at: datetime = _EPOCH
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


def emoji_payload(emoji: str) -> Json:
    """A partial emoji: `name:id` for one of a guild, else the character itself."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}
