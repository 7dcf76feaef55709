"""Rows of a JSON deck, each name with its place, which `json.loads` forgets."""

import json
from collections.abc import Callable, Iterator

from bot.features.prompts.decks.rows import Broken, Fault, Places, Row

_decode: Callable[[str, int], tuple[object, int]] = json.JSONDecoder().raw_decode


class _Walk:
    """Steps through JSON, remembering the offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while self.text[self.at : self.at + 1] in (" ", "\t", "\r", "\n"):
            self.at += 1
        return self.text[self.at : self.at + 1]

    def take(self, wanted: str) -> None:
        """Steps over the one character that has to stand here (empty: the end of the text)."""
        if self.peek() != wanted:
            raise json.JSONDecodeError(f"Expecting '{wanted}'", self.text, self.at)
        self.at += len(wanted)

    def value(self) -> object:
        """Reads one whole value."""
        self.peek()
        value, self.at = _decode(self.text, self.at)
        return value

    def series(self, opening: str, closing: str) -> Iterator[None]:
        """Stops before each element of an array or object, which the caller then reads."""
        self.take(opening)
        while self.peek() != closing:
            yield
            if self.peek() != closing:
                self.take(",")
                if self.peek() == closing:
                    raise json.JSONDecodeError("Expecting value", self.text, self.at)
        self.take(closing)


def from_json(text: str) -> Iterator[Row | Fault]:
    """Rows of a JSON file: one array of objects."""
    walk, places = _Walk(text), Places(text)
    if walk.peek() != "[":
        raise Broken(Fault(*places(walk.at), "not-a-list"))
    try:
        for _ in walk.series("[", "]"):
            yield _json_row(walk, places)
        walk.take("")
    except json.JSONDecodeError as error:
        raise Broken(Fault(*places(error.pos), "syntax", error.msg)) from error
    except (ValueError, RecursionError) as error:
        raise Broken(Fault(*places(walk.at), "syntax", type(error).__name__)) from error


def _json_row(walk: _Walk, places: Places) -> Row | Fault:
    start = places(walk.at)
    if walk.peek() != "{":
        walk.value()
        return Fault(*start, "wrong-type", "prompt")
    row = Row(start[0])
    for _ in walk.series("{", "}"):
        place = places(walk.at)
        if walk.peek() != '"':
            raise json.JSONDecodeError("Expecting a name in quotes", walk.text, walk.at)
        name = str(walk.value())
        walk.take(":")
        row.add(name, walk.value(), place)
    return row
