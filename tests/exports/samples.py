"""Exports as the programs write them, in short."""

import io
import json
from datetime import UTC, datetime
from typing import Any

from bot.exports import Found, Home, Reader, Skip, Skipped, Wrote

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
Json = dict[str, Any]


def opened(data: Any) -> io.BytesIO:
    """A file with this content."""
    return io.BytesIO(json.dumps(data, ensure_ascii=False).encode())


def all_of(reader: Reader, data: Any) -> list[Found]:
    """Everything that a reader finds; `data` is bytes or becomes JSON."""
    source = io.BytesIO(data) if isinstance(data, bytes) else opened(data)
    return list(reader.read(source, NOW))


def written(found: list[Found]) -> list[Any]:
    """The events among it."""
    return [one.event for one in found if isinstance(one, Wrote)]


def skipped(found: list[Found]) -> list[tuple[int, Skip]]:
    """What was left out, and why."""
    return [(one.number, one.why) for one in found if isinstance(one, Skipped)]


def homes(found: list[Found]) -> list[tuple[str, str]]:
    """The groups it is from."""
    return [(one.native, one.title) for one in found if isinstance(one, Home)]


def t(number: int, text: Any = "Hello", who: int = 11, **more: Any) -> Json:
    """A message in an export of Telegram Desktop."""
    return {
        "id": number,
        "type": "message",
        "date": "2026-11-20T10:00:00",
        "date_unixtime": str(1_795_168_800 + number * 60 - 360_000),
        "from": f"Person {who}",
        "from_id": f"user{who}",
        "text": text,
        "text_entities": [],
        **more,
    }


def t_chat(*messages: Any, kind: str = "private_supergroup", id: int = 1234) -> Json:
    """The export of one chat."""
    return {"name": "Friends", "type": kind, "id": id, "messages": list(messages)}


def d(number: int, content: str = "Hello", who: int = 21, **more: Any) -> Json:
    """A message in a file of DiscordChatExporter; `number` counts minutes."""
    return {
        "id": d_id(number),
        "type": "Default",
        "timestamp": "2026-11-01T10:00:00.000+00:00",
        "isPinned": False,
        "content": content,
        "author": {
            "id": str(who),
            "name": f"person{who}",
            "discriminator": "0000" if more.pop("webhook", False) else "1234",
            "nickname": f"Person {who}",
            "isBot": more.pop("bot", False),
        },
        "attachments": [],
        "reactions": [],
        "mentions": [],
        **more,
    }


def d_id(minutes: int) -> str:
    """An id of that minute of November 2026."""
    at = datetime(2026, 11, 1, 10, tzinfo=UTC).timestamp() + 60 * minutes
    return str((int(at * 1000) - 1_420_070_400_000) << 22)


def d_reply(number: int, to: int, content: str = "Yes", who: int = 22, **more: Any) -> Json:
    """An answer to another message of the same file."""
    reference = {"messageId": d_id(to), "channelId": "7", "guildId": "5"}
    return d(number, content, who, type="Reply", reference=reference, **more)


def d_channel(*messages: Any, guild: str = "5") -> Json:
    """The file of one channel."""
    return {
        "guild": {"id": guild, "name": "Friends", "iconUrl": ""},
        "channel": {"id": "7", "type": "GuildTextChat", "name": "general", "topic": None},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2026-11-22T10:00:00+00:00",
        "messages": list(messages),
        "messageCount": len(messages),
    }
