"""JSON of any size in bounded memory: the items of its lists called "messages", and what stands
around them.

Hostile files are met with limits, not with trust: nesting, the length of one text and the size
of one item are bounded, and everything else is passed over without being kept.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped]  # it ships no types
from msgspec import Struct

from bot.commands import N_
from bot.exports import BadExport
from bot.exports.mending import Mended

DEPTH = 40
"""Levels of nesting; real exports have ten."""
PARTS, SIZE = 20_000, 1 << 20
"""Values in one item, and characters; one with more is passed over."""
AROUND = 200
"""Characters of a plain value outside of the items."""
ITEMS, ITEM = "messages", "item"

NOT_JSON = N_("This is no JSON file: {detail}")
CUT_OFF = N_("The file ends in the middle, after {n} messages. Export it again, or copy it anew.")
TOO_DEEP = N_("The file is nested too deeply to be an export of messages.")
EMPTY = N_("The file is empty.")
NOT_UTF8 = N_("The file is not in UTF-8. Use the file as it was exported, not saved anew.")

_OPENS, _CLOSES = ("start_map", "start_array"), ("end_map", "end_array")
_ERRORS = (ijson.JSONError, SystemError, ValueError, OverflowError)
"""SystemError and ValueError: of numbers with thousands of digits."""


class Value(Struct, frozen=True):
    """A plain value outside of the items; "item" in the path stands for a place in a list."""

    path: tuple[str, ...]
    value: Any


class Item(Struct, frozen=True):
    """One item of a list called "messages", counted from 1 over the file. None: too large."""

    path: tuple[str, ...]
    number: int
    value: Any


def walk(source: BinaryIO) -> Iterator[Value | Item]:
    """What a JSON file holds, in its order. Raises BadExport."""
    walker = _Walker()
    mended = Mended(source)
    try:
        for kind, value in ijson.basic_parse(mended):
            mended.since = 0
            found = walker.take(kind, value)
            if found is not None:
                yield found
    except _ERRORS as error:
        raise _explained(error, mended.total, walker.count) from None


def _explained(error: Exception, size: int, count: int) -> BadExport:
    said = str(error)
    if not size:
        return BadExport(EMPTY)
    if "EOF" in said:
        return BadExport(CUT_OFF, n=str(count))
    if "UTF8" in said:
        return BadExport(NOT_UTF8)
    return BadExport(NOT_JSON, detail=" ".join(said.split())[:120])


class _Walker:
    """Knows where in the file the parser is, and puts items together."""

    def __init__(self) -> None:
        self.count = 0
        self._path: list[str] = []
        self._item: _Building | None = None

    def take(self, kind: str, value: Any) -> Value | Item | None:
        """The next event of the parser."""
        if self._item is not None:
            return self._into_item(kind, value)
        if kind == "map_key":
            self._path[-1] = value[:AROUND]
        elif kind in _CLOSES:
            self._path.pop()
        elif kind == "start_map" and self._path[-2:] == [ITEMS, ITEM]:
            self.count += 1
            self._item = _Building()
            return self._into_item(kind, value)
        elif kind in _OPENS:
            self._path.append(ITEM if kind == "start_array" else "")
            if len(self._path) > DEPTH:
                raise BadExport(TOO_DEEP)
        elif self._path[-2:] == [ITEMS, ITEM]:
            self.count += 1
            return Item(tuple(self._path), self.count, value if value is not None else "")
        else:
            plain = value[:AROUND] if isinstance(value, str) else value
            return Value(tuple(self._path), plain)
        return None

    def _into_item(self, kind: str, value: Any) -> Item | None:
        building = self._item
        if building is None or not building.take(kind, value):
            return None
        self._item = None
        return Item(tuple(self._path), self.count, building.value)


class _Building:
    """An item that is read piece by piece; its value is None if it is too large."""

    def __init__(self) -> None:
        self._open: list[Any] = []
        self._keys: list[str] = []
        self._depth = self._parts = self._size = 0
        self.value: Any = None

    def take(self, kind: str, value: Any) -> bool:
        """Adds a piece; whether the item is complete."""
        self._parts += 1
        self._size += len(value) if isinstance(value, str) else 0
        small = self._parts <= PARTS and self._size <= SIZE
        if kind == "map_key":
            self._keys[-1:] = [value]
        elif kind in _CLOSES:
            self._depth -= 1
            if self._depth < len(self._open):
                self._open.pop()
                self._keys.pop()
        elif kind in _OPENS:
            self._enter({} if kind == "start_map" else [], small=small)
        elif small:
            self._put(value)
        if self._depth == 0 and not small:
            self.value = None
        return self._depth == 0

    def _enter(self, made: Any, *, small: bool) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise BadExport(TOO_DEEP)
        if small:
            self._put(made)
            self._open.append(made)
            self._keys.append("")

    def _put(self, value: Any) -> None:
        if not self._open:
            self.value = value
        elif isinstance(self._open[-1], dict):
            self._open[-1][self._keys[-1]] = value
        else:
            self._open[-1].append(value)
