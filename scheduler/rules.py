"""When something recurs, in local time and without a zone: cron lines, every n weeks or days."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Literal

from cronsim import CronSim, CronSimError

LONGEST_LINE = 100
MOST_LINES = 24
LONGEST_STRIDE = {"w": 52, "d": 366}


class RuleError(ValueError):
    """A rule that can't be kept: `code` is "bad_rule" or "never_happens", `detail` the culprit."""

    def __init__(self, code: Literal["bad_rule", "never_happens"], detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Stride:
    """Only every `count`-th week (Monday to Sunday) or day, counted from the one of `anchor`."""

    count: int
    unit: Literal["w", "d"]
    anchor: date

    def __post_init__(self) -> None:
        if not 1 < self.count <= LONGEST_STRIDE.get(self.unit, 0):
            raise RuleError("bad_rule", str(self))

    def __str__(self) -> str:
        return f"every {self.count}{self.unit} {self.anchor.isoformat()}"

    def has(self, day: date) -> bool:
        """Whether the stride steps on this day, which must not be before its anchor."""
        if self.unit == "d":
            return (day - self.anchor).days % self.count == 0
        return (_monday(day) - _monday(self.anchor)) // 7 % self.count == 0


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()


@dataclass(frozen=True, slots=True)
class Rule:
    """Cron lines of five fields (any of them counts), thinned out by an optional stride.

    `str(rule)` is its canonical text and `Rule.parse` the way back. Raises RuleError where a
    line is no cron line or the rule would never come in fifty years (31 February).
    """

    lines: tuple[str, ...]
    stride: Stride | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= MOST_LINES:
            raise RuleError("bad_rule", str(self))
        tidy = dict.fromkeys(" ".join(line.upper().split()) for line in self.lines)
        object.__setattr__(self, "lines", tuple(tidy))
        for line in self.lines:
            cron(line)
        if next(self.times(date(2024, 1, 1)), None) is None:
            raise RuleError("never_happens", str(self))

    def __str__(self) -> str:
        return ";".join([*self.lines, *([str(self.stride)] if self.stride else [])])

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """The rule whose canonical text this is; RuleError otherwise."""
        lines = text.split(";")
        stride = _stride(lines.pop()) if lines[-1].startswith("every ") else None
        return cls(tuple(lines), stride)

    def times(self, first: date) -> Iterator[datetime]:
        """Local wall times (naive, whole minutes) from 00:00 of `first` on, in order, each once."""
        if self.stride is not None:
            first = max(first, self.stride.anchor)
        start = datetime.combine(first, datetime.min.time()) - timedelta(seconds=1)
        merged = heapq.merge(*(_ticks(line, start) for line in self.lines))
        for wall, _ in groupby(merged):
            if self.stride is None or self.stride.has(wall.date()):
                yield wall


def _stride(text: str) -> Stride:
    try:
        _, step, anchor = text.split(" ")
        unit: Literal["w", "d"] = "w" if step.endswith("w") else "d"
        stride = Stride(int(step[:-1]), unit, date.fromisoformat(anchor))
    except ValueError as error:
        raise RuleError("bad_rule", text) from error
    if str(stride) != text:
        raise RuleError("bad_rule", text)
    return stride


@lru_cache(maxsize=1024)
def cron(line: str) -> CronSim:
    """The parsed cron line, whose sets of fields may be read; RuleError if it is none."""
    if len(line) > LONGEST_LINE or not line.isascii() or len(line.split()) != 5:
        raise RuleError("bad_rule", line)
    try:
        return _parsed(line)
    except RuleError as error:
        # cronsim has one message for what is no day and for a day that its months don't have.
        minute, hour, day, month, weekday = line.split()
        _parsed(" ".join((minute, hour, day, "*", weekday)))
        _parsed(" ".join((minute, hour, "*", month, weekday)))
        raise RuleError("never_happens", line) from error


def _parsed(line: str) -> CronSim:
    try:
        return CronSim(line, datetime.combine(date(2024, 1, 1), datetime.min.time()))
    except (CronSimError, ValueError, TypeError, AssertionError) as error:
        raise RuleError("bad_rule", line) from error


def _ticks(line: str, start: datetime) -> Iterator[datetime]:
    try:
        yield from CronSim(line, start)
    except OverflowError:  # the end of year 9999
        return
