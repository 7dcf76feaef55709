"""`python -m bot answers rank`: JSON lines in, scores out. docs/entries-rank.md is its contract."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from bot.recall.ranking import rank

QUESTION = ("question", "query", "text")
CANDIDATES = ("candidates", "texts", "documents")
TITLE, BODY = ("subject", "title"), ("body", "text", "question")


class Malformed(Exception):
    """A line that can't be read; the message says what is wrong with it."""


def run(lines: Iterable[str | bytes], out: Callable[[str], object], meaning: bool = True) -> int:
    """Writes a line of scores for each line, in order; empty lines are passed over.

    Returns 0, or 2 after telling standard error which line can't be read; what came before it
    has been written.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = _answered(line, meaning)
        except Malformed as fault:
            sys.stderr.write(f"line {number}: {fault}\n")
            return 2
        out(msgspec.json.encode(answer).decode() + "\n")
    return 0


def _answered(line: str | bytes, meaning: bool) -> dict[str, Any]:
    try:
        given = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"not JSON ({error})") from error
    if not isinstance(given, dict):
        raise Malformed("not an object")
    question = _text(_first(given, QUESTION), "question")
    candidates = _first(given, CANDIDATES)
    if not isinstance(candidates, list):
        raise Malformed('"candidates" is not a list')
    texts = [_text(candidate, "candidate") for candidate in candidates]
    rest = {key: value for key, value in given.items() if key not in (*QUESTION, *CANDIDATES)}
    return rest | {"scores": rank(question, texts, meaning)}


def _first(given: dict[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        if name in given:
            return given[name]
    raise Malformed(f'"{names[0]}" is missing')


def _text(value: Any, what: str) -> str:
    """A text, or an object with its title and body."""
    if isinstance(value, dict):
        parts = [next((value[n] for n in names if n in value), "") for names in (TITLE, BODY)]
        if all(isinstance(part, str) for part in parts) and any(parts):
            return "\n".join(filter(None, parts))
    if not isinstance(value, str):
        raise Malformed(f"a {what} is not a text")
    return value
