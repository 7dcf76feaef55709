"""Reads a plain form of a group's history, which is easily made of any other:

    {"group": "friends", "title": "Friends", "messages": [
      {"id": "1", "at": "2026-11-20T10:00:00Z", "author": "ann", "name": "Ann", "text": "…",
       "reply_to": "0", "room": "general"}, …]}

`name`, `reply_to` and `room` may be missing.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from adapters.local.model import PLATFORM
from bot.commands import N_
from bot.events import MessagePosted
from bot.exports import AHEAD, NAME, TEXT, BadExport, Found, Home, Skip, Skipped, Wrote
from bot.exports.people import Authors
from bot.exports.stream import Item, walk
from bot.refs import ChatRef, MemberRef

FIRST = datetime(1990, 1, 1, tzinfo=UTC)
NOT_OURS = N_("This is no history that I can read: it does not say which group it is from.")


class ExportReader:
    """Implements `bot.exports.Reader`."""

    whole_roster = False

    def read(self, source: BinaryIO, now: datetime) -> Iterator[Found]:
        """What the file holds; see the protocol."""
        around: dict[tuple[str, ...], Any] = {}
        authors = Authors()
        group = ""
        for found in walk(source):
            if not isinstance(found, Item):
                if len(around) < 50:
                    around[found.path] = found.value
                continue
            if not group:
                group = str(around.get(("group",)) or "")
                if not group:
                    break
                yield Home(group, str(around.get(("title",)) or "")[:NAME])
            yield _read(found, group, authors, now)
        if not group and not around.get(("group",)):
            raise BadExport(NOT_OURS)


def _read(item: Item, group: str, authors: Authors, now: datetime) -> Wrote | Skipped:
    try:
        event = _message(item.value, group, authors)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return Skipped(item.number, Skip.BROKEN)
    if not FIRST <= event.at <= now + AHEAD:
        return Skipped(item.number, Skip.DATE)
    return Wrote(item.number, event)


def _message(data: dict[str, Any], group: str, authors: Authors) -> MessagePosted:
    at = datetime.fromisoformat(data["at"])
    author = MemberRef(PLATFORM, _word(data["author"]))
    message = _word(data["id"])
    reply_to = data.get("reply_to")
    authors.wrote(message, author)
    return MessagePosted(
        id=f"l:m:{message}",
        at=at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC),
        chat=ChatRef(PLATFORM, group, str(data.get("room") or "")[:NAME]),
        member=author,
        name=str(data.get("name") or author.id)[:NAME],
        message=message,
        text=str(data.get("text") or "")[:TEXT],
        reply_to=str(reply_to) if reply_to else None,
        reply_to_member=authors.of(str(reply_to)) if reply_to else None,
        has_media=bool(data.get("has_media")),
    )


def _word(told: Any) -> str:
    """An id: short text without spaces."""
    word = str(told)
    if not word or len(word) > NAME or not word.isprintable() or " " in word:
        raise ValueError
    return word
