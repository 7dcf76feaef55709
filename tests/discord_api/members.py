"""Ids, users, roles and memberships."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import discord

Json = dict[str, Any]
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def bits(*names: str) -> int:
    """The permission bits of names such as "send_messages"."""
    return discord.Permissions(**dict.fromkeys(names, True)).value


@dataclass
class Snowflakes:
    """Ids that grow with the clock and never repeat."""

    clock: Callable[[], datetime]
    last: int = 0

    def next(self) -> int:
        millis = int((self.clock() - EPOCH) / timedelta(milliseconds=1))
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
    joined_at: datetime = EPOCH

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
