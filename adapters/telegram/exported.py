"""Reads what Telegram Desktop exports: the `result.json` of one chat or of a whole account.

Groups only: private chats and channels of an account's export are passed over. The export does
not tell who is a bot, except that what carries buttons was written by one.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from adapters.telegram.names import PLATFORM
from bot.commands import N_
from bot.events import MessagePosted
from bot.exports import AHEAD, NAME, TEXT, BadExport, Found, Home, Skip, Skipped, Wrote
from bot.exports.people import Authors
from bot.exports.stream import Item, walk
from bot.refs import ChatRef, MemberRef

FIRST = datetime(2013, 8, 1, tzinfo=UTC)
"""Before Telegram there was nothing to export."""
_GROUPS = {
    "private_group": "-{}",
    "private_supergroup": "-100{}",
    "public_supergroup": "-100{}",
}
_USER = "user"
AROUND = 10_000
"""Values between two lists of messages that are remembered; real exports have hundreds."""
_MEDIA = frozenset(
    {"media_type", "photo", "file", "location_information", "contact_information", "poll",
     "game_title", "invoice_information", "place_name", "live_location_period_seconds"}
)  # fmt: skip
NOT_OURS = N_(
    "This is no export of a Telegram group. In Telegram Desktop: ⋮, Export chat history, JSON."
)
Json = dict[str, Any]


class ExportReader:
    """Implements `bot.exports.Reader`."""

    whole_roster = False

    def read(self, source: BinaryIO, now: datetime) -> Iterator[Found]:
        """What the file holds; see the protocol."""
        around: dict[tuple[str, ...], Any] = {}
        chat: _Chat | None = None
        place: tuple[str, ...] = ()
        met = False
        for found in walk(source):
            if not isinstance(found, Item):
                if len(around) < AROUND:
                    around[found.path] = found.value
                continue
            if chat is None or around or found.path != place:
                place, chat = found.path, _chat(around, found.path[:-2])
                around.clear()
                if chat.native:
                    met = True
                    yield Home(chat.native, chat.title)
            if chat.native:
                yield chat.read(found, now)
        if not met and not (chat is None and _chat(around, ()).native):
            raise BadExport(NOT_OURS)


class _Chat:
    """One group of the export."""

    def __init__(self, native: str, title: str) -> None:
        self.native = native
        self.title = title
        self._authors = Authors()
        self._bots: set[str] = set()
        self._topics: set[str] = set()

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
        number = data["id"]
        if type(number) is not int:
            return Skip.BROKEN
        message = str(number)
        if data["type"] == "service":
            if data.get("action") == "topic_created":
                self._topics.add(message)
            return Skip.SERVICE
        if data["type"] != "message" or number <= 0:
            return Skip.SERVICE if data["type"] == "unsupported" else Skip.BROKEN
        at = _moment(data)
        if not FIRST <= at <= now + AHEAD:
            return Skip.DATE
        reply_to, room = self._answered(data)
        author = self._author(data)
        self._authors.wrote(message, author if isinstance(author, MemberRef) else None, room)
        if isinstance(author, Skip):
            return author
        return self._posted(data, message, at, author, reply_to, room)

    def _posted(
        self,
        data: Json,
        message: str,
        at: datetime,
        author: MemberRef,
        reply_to: str | None,
        room: str,
    ) -> MessagePosted:
        text, mentions = _text(data.get("text", ""))
        return MessagePosted(
            id=f"t:m:{self.native}:{message}",
            at=at,
            chat=ChatRef(PLATFORM, self.native, room),
            member=author,
            name=str(data.get("from") or "")[:NAME],
            message=message,
            text=text,
            reply_to=reply_to,
            reply_to_member=self._authors.of(reply_to),
            mentions=mentions,
            has_media=not _MEDIA.isdisjoint(data),
        )

    def _author(self, data: Json) -> MemberRef | Skip:
        told = data["from_id"]
        if isinstance(told, int):  # exports of 2019 and before
            told = f"{_USER}{told}"
        number = told.removeprefix(_USER)
        if not told.startswith(_USER) or not number.isdecimal():
            return Skip.NOBODY if told.startswith(("channel", "chat")) else Skip.BROKEN
        if "inline_bot_buttons" in data and "via_bot" not in data:
            self._bots.add(number)
        return Skip.BOT if number in self._bots else MemberRef(PLATFORM, number)

    def _answered(self, data: Json) -> tuple[str | None, str]:
        """What the message answers, and the topic it stands in: in a topic, what answers nothing
        answers the message that opened it."""
        told = data.get("reply_to_message_id")
        if told is None or "reply_to_peer_id" in data:
            return None, ""
        if type(told) is not int:
            raise TypeError
        reply_to = str(told)
        if reply_to in self._topics:
            return None, reply_to
        return reply_to, self._authors.room_of(reply_to)


def _chat(around: dict[tuple[str, ...], Any], place: tuple[str, ...]) -> _Chat:
    """The chat of which these values stood before its messages."""
    pattern = _GROUPS.get(str(around.get((*place, "type"))))
    number = around.get((*place, "id"))
    good = pattern is not None and type(number) is int and number > 0
    title = str(around.get((*place, "name")) or "")[:NAME]
    return _Chat(pattern.format(number) if pattern and good else "", title)


def _moment(data: Json) -> datetime:
    """The local time of old exports is taken for UTC: the export doesn't tell the zone."""
    told = data.get("date_unixtime")
    if told is not None:
        return datetime.fromtimestamp(int(told), UTC)
    return datetime.fromisoformat(data["date"]).replace(tzinfo=UTC)


def _text(told: Any) -> tuple[str, tuple[MemberRef, ...]]:
    """The words of a message, which come whole or in parts, and who is named in them."""
    parts = [told] if isinstance(told, str) else list(told)
    words: list[str] = []
    named: list[MemberRef] = []
    for part in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        words.append(str(part["text"]))
        if part["type"] == "mention_name" and part.get("user_id"):
            named.append(MemberRef(PLATFORM, str(int(part["user_id"]))))
    return "".join(words)[:TEXT], tuple(dict.fromkeys(named))
