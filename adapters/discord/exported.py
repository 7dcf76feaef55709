"""Reads what DiscordChatExporter writes as JSON: one channel or thread in one file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from adapters.discord.payloads import PLATFORM, moment
from bot.commands import N_
from bot.events import MessagePosted
from bot.exports import AHEAD, NAME, TEXT, BadExport, Found, Home, Skip, Skipped, Wrote
from bot.exports.people import Authors
from bot.exports.stream import Item, walk
from bot.refs import ChatRef, MemberRef

FIRST = datetime(2015, 1, 1, tzinfo=UTC)
"""Ids count from here."""
_WRITTEN = ("Default", "Reply")
_WEBHOOK = "0000"
NOT_OURS = N_(
    "This is no export of a Discord channel. Choose the format JSON in DiscordChatExporter."
)
PRIVATE = N_("This is a private conversation, not a channel of a server.")
Json = dict[str, Any]


class ExportReader:
    """Implements `bot.exports.Reader`."""

    whole_roster = True

    def read(self, source: BinaryIO, now: datetime) -> Iterator[Found]:
        """What the file holds; see the protocol."""
        around: dict[tuple[str, ...], Any] = {}
        channel: _Channel | None = None
        for found in walk(source):
            if not isinstance(found, Item):
                if len(around) < 50:
                    around[found.path] = found.value
                continue
            if channel is None:
                channel = _Channel(_number(around, "guild"), _number(around, "channel"))
                yield Home(channel.guild, str(around.get(("guild", "name")) or "")[:NAME])
            yield channel.read(found, now)
        if channel is None:
            _number(around, "guild")


def _number(around: dict[tuple[str, ...], Any], of: str) -> str:
    number = around.get((of, "id"))
    if not isinstance(number, str) or not number.isdecimal():
        raise BadExport(NOT_OURS)
    if number == "0":  # what the exporter takes for the server of private conversations
        raise BadExport(PRIVATE)
    return number


class _Channel:
    """The channel or thread of the file."""

    def __init__(self, guild: str, channel: str) -> None:
        self.guild = guild
        self._chat = ChatRef(PLATFORM, guild, channel)
        self._authors = Authors()

    def read(self, item: Item, now: datetime) -> Wrote | Skipped:
        """One item of its messages."""
        try:
            event = self._message(item.value, now)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            event = Skip.BROKEN
        if isinstance(event, Skip):
            return Skipped(item.number, event)
        return Wrote(item.number, event)

    def _message(self, data: Json, now: datetime) -> MessagePosted | Skip:
        number, author = data["id"], data["author"]
        if not isinstance(number, str) or not number.isdecimal():
            return Skip.BROKEN
        if data["type"] not in _WRITTEN:
            return Skip.SERVICE
        if author["isBot"] or author.get("discriminator") == _WEBHOOK:
            return Skip.BOT
        at = moment(number)
        if not FIRST < at <= now + AHEAD:
            return Skip.DATE
        who = _member(author)
        self._authors.wrote(number, who)
        reply_to = _answered(data)
        return MessagePosted(
            id=f"d:m:{number}",
            at=at,
            chat=self._chat,
            member=who,
            name=str(author.get("nickname") or author["name"])[:NAME],
            message=number,
            text=str(data.get("content") or "")[:TEXT],
            reply_to=reply_to,
            reply_to_member=self._authors.of(reply_to),
            mentions=tuple(_member(m) for m in data.get("mentions") or () if not m.get("isBot")),
            has_media=bool(data.get("attachments")),
        )


def _member(user: Json) -> MemberRef:
    number = user["id"]
    if not isinstance(number, str) or not number.isdecimal():
        raise ValueError
    return MemberRef(PLATFORM, number)


def _answered(data: Json) -> str | None:
    """The message answered; what is forwarded answers nothing."""
    reference = data.get("reference")
    if not reference or data.get("forwardedMessage") or data["type"] != "Reply":
        return None
    message = reference.get("messageId")
    return str(message) if message else None
