"""`python -m bot answers links`: links for a stream of JSON lines."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO

import msgspec

from bot.links.messages import Link, Message
from bot.links.stream import Stream

MILLISECONDS_FROM = 1e11
"""A larger number of `at` counts milliseconds: as seconds it would lie in the year 5138."""


class BadLine(ValueError):
    """A line that is no message; the text says which and why."""


class Line(msgspec.Struct):
    """One message as it is written in a line. Unknown keys are passed over."""

    id: str | int
    text: str | None = ""
    author: str | int | None = ""
    at: str | float | None = None
    mentions: list[str | int] | None = None
    reply_to: str | int | None = None
    name: str | None = ""


def run(lines: Iterable[str], out: TextIO) -> None:
    """Reads messages of one room, oldest first, and writes what each answers at once.

    In: `{"id", "at", "author", "text", "mentions"}` a line; `at` is ISO 8601 or seconds (or
    milliseconds) since 1970 and may be missing, which means at the time of the message before;
    `mentions` may be missing. Out: `{"id", "answers", "confidence"}`, with `answers` null for a
    message that starts a conversation or belongs to none. Empty lines are passed over. Raises
    BadLine; what came before has been answered.
    """
    stream = Stream()
    at = datetime.fromtimestamp(0, UTC)
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        line = _line(text, number)
        at = _instant(line.at, at, number)
        out.write(_written(stream.link(_message(line, at))))
        out.flush()


def _line(text: str, number: int) -> Line:
    try:
        return msgspec.json.decode(text, type=Line)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise BadLine(f"line {number}: {error}") from None


def _instant(at: str | float | None, before: datetime, number: int) -> datetime:
    if at is None or at == "":
        return before
    try:
        if isinstance(at, str) and not _is_number(at):
            read = datetime.fromisoformat(at)
            return read if read.tzinfo else read.replace(tzinfo=UTC)
        seconds = float(at)
        return datetime.fromtimestamp(
            seconds / 1000 if abs(seconds) > MILLISECONDS_FROM else seconds, UTC
        )
    except (ValueError, OverflowError, OSError):
        raise BadLine(f"line {number}: at is no time: {at!r}") from None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _message(line: Line, at: datetime) -> Message:
    return Message(
        id=_literal(line.id),
        at=at,
        author="" if line.author is None else str(line.author),
        text=line.text or "",
        mentions=tuple(map(str, line.mentions or ())),
        reply_to=None if line.reply_to is None else _literal(line.reply_to),
        name=line.name or "",
    )


def _literal(id: str | int) -> str:
    """An id as JSON, so that it can be given back as it came: 7 and "7" are two."""
    return msgspec.json.encode(id).decode()


def _written(link: Link) -> str:
    of, to = (msgspec.Raw(i.encode()) if i is not None else None for i in (link.of, link.to))
    answer = {"id": of, "answers": to, "confidence": round(link.confidence, 4)}
    return msgspec.json.encode(answer).decode() + "\n"
