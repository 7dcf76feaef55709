"""Packs of own questions: a TOML text becomes items, or everything that is wrong with it.

A pack is a list of tables; `docs/game-packs.md` shows one. Above them it may name the language of
the games that it is for:

    language = "fr"

    [[question]]
    text = "Where did our first meeting take place?"
    answers = ["Lisbon", "Lisboa"]
    wrong = ["Porto", "Faro", "Braga"]
    fact = "In March 2019, in a kitchen."

With `wrong` answers a question has choices, without them the answer is typed. `answer = "…"` may
stand instead of `answers`, and a number instead of a text. Reading is all or nothing.

| code | meaning | detail |
|---|---|---|
| `too-large` | more than `MOST_CHARACTERS` | the limit |
| `syntax` | not TOML | the parser's remark, in English |
| `no-questions` | nothing in it | |
| `too-many` | more than `MOST_QUESTIONS` | the limit |
| `language` | none that games are played in | what was given |
| `unknown-key` | a key that no question has, or anything beside the questions | its name |
| `missing` | neither `answers` nor `answer`, or no `text` | the key |
| `wrong-type` | no text (for answers: no list of texts) | the key |
| `empty` | a text without content | the key |
| `too-long` | a text beyond its limit in `LONGEST` | the key |
| `too-many-answers` | more than `MOST_ANSWERS` of one sort | the key |
| `right-and-wrong` | the same answer among the right and the wrong ones | the answer |
| `twice` | a question that was there before | the number of the first one |
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from bot.i18n import LANGUAGES
from bot.play import Item
from bot.play.likeness import key
from bot.play.wording import cut, one_line

MOST_CHARACTERS = 200_000
MOST_QUESTIONS = 500
MOST_ANSWERS = 20
LONGEST = {"text": 300, "answers": 100, "wrong": 100, "fact": 300}
"""The most characters of each text."""
MOST_FAULTS = 50
"""More of them are left out: nobody reads on."""

_AT = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?question[\"']?[ \t]*\]\]", re.MULTILINE)
_SHOWN = 60


class Fault(Struct, frozen=True):
    """Something wrong: in which question (from 1; 0 for the whole file) and line (0: unknown)."""

    code: str
    question: int = 0
    line: int = 0
    detail: str = ""


class Pack(Struct, frozen=True):
    """The questions of a pack, in its order, and the language of the games that it is for ("" for
    all)."""

    items: tuple[Item, ...]
    language: str = ""


class PackFaults(ValueError):
    """A text that is no pack, with everything wrong in it in its order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults[:MOST_FAULTS])
        super().__init__(self.faults)


def parse(text: str) -> Pack:
    """The pack. Raises `PackFaults` and nothing else."""
    tables, language = _tables(text)
    lines = _lines(text, len(tables))
    faults: list[Fault] = []
    items: list[Item] = []
    seen: dict[str, int] = {}
    for number, table in enumerate(tables, 1):
        found = [
            Fault(code, number, lines[number - 1], _shown(detail))
            for code, detail in _wrong(table, seen, number)
        ]
        faults += found
        if not found:
            items.append(_item(table))
    if faults:
        raise PackFaults(faults)
    return Pack(tuple(items), language)


def _tables(text: str) -> tuple[list[dict[str, Any]], str]:
    """What stands for each question, and the language."""
    if len(text) > MOST_CHARACTERS:
        raise PackFaults([Fault("too-large", detail=str(MOST_CHARACTERS))])
    try:
        read = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise PackFaults([_syntax(str(error))]) from error
    tables, language = read.pop("question", []), read.pop("language", "")
    if language not in ["", *LANGUAGES]:
        raise PackFaults([Fault("language", detail=_shown(str(language)))])
    if read:
        raise PackFaults([Fault("unknown-key", detail=_shown(name)) for name in read])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise PackFaults([Fault("wrong-type", detail="question")])
    if not tables:
        raise PackFaults([Fault("no-questions")])
    if len(tables) > MOST_QUESTIONS:
        raise PackFaults([Fault("too-many", detail=str(MOST_QUESTIONS))])
    return tables, language


def _syntax(remark: str) -> Fault:
    place = _AT.search(remark)
    return Fault(
        "syntax", line=int(place[1]) if place else 0, detail=_shown(_AT.sub("", remark).strip())
    )


def _lines(text: str, count: int) -> list[int]:
    """The line of each question; zeros if the headers can't be told from text."""
    lines = [text.count("\n", 0, found.start()) + 1 for found in _HEADER.finditer(text)]
    return lines if len(lines) == count else [0] * count


def _wrong(table: dict[str, Any], seen: dict[str, int], number: int) -> Iterator[tuple[str, str]]:
    """The codes and details of a question's faults."""
    values = _values(table)
    for name in values:
        if name not in LONGEST:
            yield "unknown-key", name
    for name in ("text", "answers"):
        if name not in values:
            yield "missing", name
    sound = True
    for name in LONGEST:
        for fault in _wrong_value(name, values.get(name)):
            sound = False
            yield fault
    if sound:
        yield from _contradictions(values, seen, number)


def _wrong_value(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    several = name in ("answers", "wrong")
    if isinstance(value, list) != several or not all(map(_is_text, value if several else [value])):
        yield "wrong-type", name
        return
    texts = [_clean(text) for text in (value if several else [value])]
    if not all(texts) or (not texts and name == "answers"):
        yield "empty", name
    if any(len(text) > LONGEST[name] for text in texts):
        yield "too-long", name
    if len(texts) > MOST_ANSWERS:
        yield "too-many-answers", name


def _contradictions(
    values: dict[str, Any], seen: dict[str, int], number: int
) -> Iterator[tuple[str, str]]:
    right = {key(_clean(answer)) for answer in values.get("answers", [])}
    for answer in values.get("wrong", []):
        if key(_clean(answer)) in right:
            yield "right-and-wrong", _clean(answer)
    asked = _clean(values.get("text", "")).casefold()
    if asked in seen:
        yield "twice", str(seen[asked])
    seen.setdefault(asked, number)


def _values(table: dict[str, Any]) -> dict[str, Any]:
    """The table with `answer` as a list of one; both together stay as they are: `answer` is then
    an unknown key."""
    if "answer" in table and "answers" not in table:
        rest = {name: value for name, value in table.items() if name != "answer"}
        return {**rest, "answers": [table["answer"]]}
    return table


def _item(table: dict[str, Any]) -> Item:
    values = _values(table)
    return Item(
        _clean(values["text"]),
        tuple(_clean(answer) for answer in values["answers"]),
        tuple(_clean(answer) for answer in values.get("wrong", ())),
        source=_clean(values.get("fact", "")),
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _clean(value: str | int) -> str:
    return one_line(str(value))


def _shown(detail: str) -> str:
    return cut(_clean(detail), _SHOWN)
