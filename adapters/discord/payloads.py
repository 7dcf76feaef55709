"""Small readings of the gateway's raw payloads."""

import re
from datetime import UTC, datetime
from typing import Any

from bot.refs import MemberRef

PLATFORM = "discord"
Json = dict[str, Any]
MODERATES = 1 << 3 | 1 << 5
"""ADMINISTRATOR or MANAGE_GUILD: who may add bots may also say what this one does."""
_EPOCH_MS = 1_420_070_400_000
_TOKEN = re.compile(r"<(?:@!?(?P<user>\d+)|a?:(?P<emoji>\w+):\d+)>")


def moment(snowflake: str) -> datetime:
    """When an id was made."""
    return datetime.fromtimestamp(((int(snowflake) >> 22) + _EPOCH_MS) / 1000, UTC)


def snowflake(at: datetime) -> str:
    """The first id of a moment."""
    return str((millis(at) - _EPOCH_MS) << 22)


def member(user: Json) -> MemberRef:
    """The account behind a user object."""
    return MemberRef(PLATFORM, user["id"])


def name_of(user: Json, member: Json | None = None) -> str:
    """What other members see as the name."""
    nick = member.get("nick") if member else None
    return str(nick or user.get("global_name") or user.get("username") or "")


def spelt_out(text: str, mentions: list[Json]) -> str:
    """The text with names in place of `<@id>`, and emoji of a server by their name."""
    if "<" not in text:
        return text
    names = {user["id"]: name_of(user, user.get("member")) for user in mentions}

    def readable(match: re.Match[str]) -> str:
        if match["emoji"]:
            return f":{match['emoji']}:"
        return f"@{names[match['user']]}" if match["user"] in names else match[0]

    return _TOKEN.sub(readable, text)


def emoji_name(emoji: Json) -> str:
    """The character itself, or `name:id` for an emoji of a server."""
    return f"{emoji['name']}:{emoji['id']}" if emoji.get("id") else str(emoji["name"])


def millis(at: datetime) -> int:
    """Since 1970, for ids."""
    return int(at.timestamp() * 1000)
