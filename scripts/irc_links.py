"""Reads the annotated IRC logs that the link model is trained and judged on, and judges links.

A folder holds `NAME.ascii.txt`, one message a line, and `NAME.annotation.txt`, with lines
"993 1000 -" for "message 1000 answers message 993". Only messages from 1000 on are annotated.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bot.links.messages import Message

FIRST = 1000
SAID = re.compile(r"\[(\d\d):(\d\d)\] (?:<([^>]*)>|\s?\*\s?(\S+)) ?(.*)")
Pairs = set[tuple[str, int, int]]


class Log(Struct, frozen=True):
    """One file: all its messages, and what people found to answer what, earlier message first."""

    name: str
    messages: list[Message]
    gold: Pairs


class Score(Struct, frozen=True):
    """How many of the links are right (precision), how many were found (recall), and both (f1)."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean, in percent as the others."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def logs(folder: Path) -> list[Log]:
    """Every annotated file of a folder, by name. Raises FileNotFoundError if there is none."""
    found = [
        _log(path, path.name.removesuffix(".annotation.txt"))
        for path in sorted(folder.glob("*.annotation.txt"))
    ]
    if not found:
        raise FileNotFoundError(f"no *.annotation.txt in {folder}")
    return found


def _log(path: Path, name: str) -> Log:
    lines = path.with_name(f"{name}.ascii.txt").read_text("utf-8").removesuffix("\n").split("\n")
    gold: Pairs = set()
    for line in path.read_text("utf-8").splitlines():
        one, other = sorted(map(int, line.split()[:2]))
        gold.add((name, one, other))
    return Log(name, list(_messages(lines)), gold)


def _messages(lines: Iterable[str]) -> Iterator[Message]:
    """Times of day become instants: a clock that goes back far has passed midnight."""
    at = datetime(2020, 1, 1, tzinfo=UTC)
    for number, line in enumerate(lines):
        match = SAID.match(line)
        if not match:
            yield Message(str(number), at, "", line)
            continue
        moment = at.replace(hour=int(match[1]), minute=int(match[2]))
        at = moment + timedelta(days=1) if moment < at - timedelta(hours=10) else moment
        yield Message(str(number), at, match[3] or match[4], match[5])


def score(links: Pairs, gold: Pairs) -> Score:
    """Links against gold; in percent."""
    right = len(links & gold)
    return Score(100 * right / max(len(links), 1), 100 * right / max(len(gold), 1))
