"""Guilds: who and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import discord

from tests.discord_api.members import EPOCH, Json, Membership, Role, User, bits
from tests.discord_api.world import FORUM, TEXT, Channel

if TYPE_CHECKING:
    from tests.discord_api.people import Person
    from tests.discord_api.server import DiscordApi


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
            "joined_at": EPOCH.isoformat(),
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
