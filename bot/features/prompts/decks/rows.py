"""What the readers of deck files have in common: raw cards that still know where they stand."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

FIELDS = ("key", "category", "text", "options", "author", "image", "language")
"""What a card may have, in the order in which it is written."""

UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no card may hold: controls but tab and line end, and halves of pairs."""


class Fault(NamedTuple):
    """One thing wrong: 1-based line, 1-based column where known (in CSV the number of the cell)."""

    line: int
    column: int | None
    code: str
    detail: str = ""


class Broken(Exception):
    """The file can't be read beyond this fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(slots=True)
class Row:
    """One card as the file has it: where it starts, its values, where each of them stands."""

    line: int
    values: dict[str, object] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, name: str, value: object, place: tuple[int, int]) -> None:
        """Takes a value of the file, refusing a second one of the same name."""
        if name in self.values:
            self.faults.append(Fault(*place, "repeated-field", name))
        self.values[name] = value
        self.places.setdefault(name, place)

    def fault(self, name: str, code: str, detail: str = "") -> Fault:
        """A fault at the place of the named value, or at the card's first line without one."""
        line, column = self.places.get(name, (self.line, None))
        return Fault(line, column, code, detail)


class Places:
    """Turns an offset into a line and a column, both from 1, as editors count them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]

    def __call__(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
