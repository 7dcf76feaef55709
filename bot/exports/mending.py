"""A file as the parser of JSON can take it."""

import re
from typing import BinaryIO

from bot.commands import N_
from bot.exports import BadExport

SILENCE = 16 << 20
"""Bytes that may be read without a value coming to its end: the longest text that is read."""
TOO_LONG = N_("The file holds a text that is too long to be a message.")
UTF16 = N_("The file is in UTF-16. Use the file as it was exported, not saved anew.")

_ESCAPE = re.compile(rb"\\(x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_HALF = re.compile(rb"(x[0-9A-Fa-f]?)?")


class Mended:
    """Takes a byte order mark away, and puts the one escape right that exporters write although
    JSON does not know it: "\\x1F" for a control character.

    `since` counts the bytes since it was last set to 0; too many raise BadExport.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._held = b""
        self.total = self.since = 0

    def read(self, size: int) -> bytes:
        """The next bytes; empty at the end only."""
        data = b""
        while size and not data:
            fresh = self._source.read(size)
            data = self._taken(fresh)
            if not fresh:
                break
        return data

    def _taken(self, fresh: bytes) -> bytes:
        if not self.total:
            fresh = _without_mark(fresh)
        self.total += len(fresh)
        self.since += len(fresh)
        if self.since > SILENCE:
            raise BadExport(TOO_LONG)
        data = self._held + fresh
        end = _open_escape(data) if fresh else len(data)
        data, self._held = data[:end], data[end:]
        return _ESCAPE.sub(_mended, data) if b"\\x" in data else data


def _without_mark(start: bytes) -> bytes:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadExport(UTF16)
    return start.removeprefix(b"\xef\xbb\xbf")


def _open_escape(data: bytes) -> int:
    """Where an escape begins that may go on in the next chunk; the end if there is none."""
    for length in range(min(3, len(data))):
        end = len(data) - length
        if _HALF.fullmatch(data, end) and (end - len(data[:end].rstrip(b"\\"))) % 2:
            return end - 1
    return len(data)


def _mended(match: re.Match[bytes]) -> bytes:
    return b"\\u00" + match[2] if match[2] else match[0]
