"""`python -m bot answers rank`: scores of texts for a question. docs/entries-rank.md tells more."""

from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from bot.recall.ranking import rank

QUESTION = ("question", "query", "text")
CANDIDATES = ("candidates", "texts", "documents")
TITLE, BODY = ("subject", "title"), ("body", "text", "question")


class BadLine(ValueError):
    """A line that can't be scored; the text says which and why."""


def run(lines: Iterable[str | bytes], out: TextIO, meaning: bool = True) -> None:
    """Writes the scores for each line at once; empty lines are passed over.

    In: `{"question", "candidates"}` and whatever else. Out: the rest as it came, and `scores`.
    Raises BadLine; what came before has been answered.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = _answered(line, meaning)
        except ValueError as fault:
            raise BadLine(f"line {number}: {fault}") from None
        out.write(msgspec.json.encode(answer).decode() + "\n")
        out.flush()


def _answered(line: str | bytes, meaning: bool) -> dict[str, Any]:
    """Raises ValueError if the line is not what it should be."""
    given = msgspec.json.decode(line, type=dict[str, Any])
    question = _text(_first(given, QUESTION), "question")
    candidates = _first(given, CANDIDATES)
    if not isinstance(candidates, list):
        raise ValueError('"candidates" is not a list')
    texts = [_text(candidate, "candidate") for candidate in candidates]
    rest = {key: value for key, value in given.items() if key not in (*QUESTION, *CANDIDATES)}
    return rest | {"scores": rank(question, texts, meaning)}


def _first(given: dict[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        if name in given:
            return given[name]
    raise ValueError(f'"{names[0]}" is missing')


def _text(value: Any, what: str) -> str:
    """A text, or an object with its title and body."""
    if isinstance(value, dict):
        parts = [next((value[n] for n in names if n in value), "") for names in (TITLE, BODY)]
        if all(isinstance(part, str) for part in parts) and any(parts):
            return "\n".join(filter(None, parts))
    if not isinstance(value, str):
        raise ValueError(f"a {what} is not a text")
    return value
