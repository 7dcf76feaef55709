"""From typed text to lexemes: times, dates, numbers and words, whatever the language or accents."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from scheduler.errors import PhraseError
from scheduler.words import Kind, Value, entries

LONGEST = 200
EARLIEST_YEAR, LATEST_YEAR = 2000, 2060

_RAW = re.compile(
    r"""
      (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]))
    | (?P<time>[0-9]{1,3}
        (?: \s?(?:[:h]|heures?|horas?)\s?[0-9]{1,2}(?![0-9]) (?:\s?[ap]\.?\s?m\b\.?)?
          | \.[0-9]{2}(?![0-9]) (?:\s?[ap]\.?\s?m\b\.?)?
          | \s?(?:hrs?|h|heures?|horas?|o'clock)\b
          | \s?[ap]\.?\s?m\b\.? ))
    | (?P<ordinal>[0-9]{1,3}(?:st|nd|rd|th|er|re|e|eme|o|a)\b)
    | (?P<number>[0-9]{1,6})
    | (?P<word>[^\W\d_]+)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_CLOCK = re.compile(r"([0-9]+)(?:\D+?([0-9]+))?(?:\s?([ap])\.?\s?m\.?)?\D*")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """`text` as typed, beginning at `position`."""

    kind: Kind
    value: Value
    text: str
    position: int

    @property
    def number(self) -> int:
        """The value of a kind that holds a number."""
        return self.value if isinstance(self.value, int) else 0

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.position + len(self.text)


def plain(text: str) -> tuple[str, list[int]]:
    """Small letters without accents, and for each of them where it stood in the text."""
    letters: list[str] = []
    origins: list[int] = []
    for position, typed in enumerate(text):
        typed = "'" if typed in "’ʼ" else typed
        for letter in unicodedata.normalize("NFKD", typed.casefold()):
            if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf":
                letters.append(letter)
                origins.append(position)
    return "".join(letters), origins


def lex(text: str) -> list[Lexeme]:
    """What the text says, filler left out. Raises PhraseError: empty, too_long, not_understood,
    bad_time or bad_day.
    """
    if len(text) > LONGEST:
        raise PhraseError("too_long", text[:LONGEST])
    letters, origins = plain(text)
    raw = list(_RAW.finditer(letters))
    if not raw:
        raise PhraseError("empty")
    lexemes = [lexeme for lexeme in _lexemes(raw, text, origins) if lexeme.kind != "fill"]
    if not lexemes:
        raise PhraseError("not_understood", text.strip(), origins[raw[0].start()])
    return lexemes


def _lexemes(raw: list[re.Match[str]], text: str, origins: list[int]) -> Iterator[Lexeme]:
    at = 0
    while at < len(raw):
        position = origins[raw[at].start()]
        kind, value, length = _phrase(raw, at) or _figure(raw[at], text, position)
        typed = text[position : origins[raw[at + length - 1].end() - 1] + 1]
        yield Lexeme(kind, value, typed, position)
        at += length


def _phrase(raw: list[re.Match[str]], at: int) -> tuple[Kind, Value, int] | None:
    """The longest known phrase that begins here, and of how many raw tokens it is made."""
    for length in range(min(_longest(), len(raw) - at), 0, -1):
        found = _table().get(tuple(match.group() for match in raw[at : at + length]))
        if found:
            return *found, length
    return None


def _figure(match: re.Match[str], text: str, position: int) -> tuple[Kind, Value, int]:
    typed = match.group()
    if match.lastgroup == "time":
        return "time", _minutes(typed, position), 1
    if match.lastgroup == "date":
        return "date", _date(typed, position), 1
    if match.lastgroup == "ordinal":
        return "ordinal", int(typed.rstrip("abcdefghijklmnopqrstuvwxyz")), 1
    if match.lastgroup == "number":
        return "number", int(typed), 1
    raise PhraseError("not_understood", _word_at(text, position), position)


def _word_at(text: str, position: int) -> str:
    words = text[position:].split()
    return words[0] if words else text[position:]


def _minutes(typed: str, position: int) -> int:
    """Minutes since midnight of a written time of day."""
    found = _CLOCK.fullmatch(typed)
    if found is None or (":" in typed and len(found[2] or "") != 2):
        raise PhraseError("bad_time", typed, position)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            raise PhraseError("bad_time", typed, position)
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise PhraseError("bad_time", typed, position)
    return hour * 60 + minute


def _date(typed: str, position: int) -> int:
    year, month, day = (int(part) for part in typed.split("-"))
    try:
        written = date(year, month, day)
    except ValueError as error:
        raise PhraseError("bad_day", typed, position) from error
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise PhraseError("bad_day", typed, position)
    return written.toordinal()


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], tuple[Kind, Value]]:
    return {
        tuple(match.group() for match in _RAW.finditer(phrase)): (kind, value)
        for phrase, kind, value in entries()
    }


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(words) for words in _table())
