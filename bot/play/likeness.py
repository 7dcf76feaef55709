"""Whether a typed answer means the right one: case, accents, articles and slips don't count."""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum

from rapidfuzz.distance import OSA

ARTICLES = {
    "en": frozenset(("the", "a", "an")),
    "fr": frozenset(("le", "la", "les", "l", "un", "une", "des", "du", "d")),
    "es": frozenset(("el", "la", "los", "las", "un", "una", "unos", "unas")),
    "pt": frozenset(("o", "a", "os", "as", "um", "uma", "uns", "umas")),
}
"""Words that may stand before an answer or be missing there."""
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)  # those that Unicode does not take apart
_DIGITS = re.compile(r"\d+")
NEAR_SHARE = 1 / 3
"""The share of slips up to which an answer is called near."""


class Likeness(IntEnum):
    """How near a guess is; a greater one is nearer."""

    OTHER = 0
    NEAR = 1
    SAME = 2


def folded(text: str, language: str = "") -> str:
    """Words without case, accents, punctuation and leading article, one space between them.

    Marks that are letters of their own (Devanagari, Thai, Japanese) stay.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(_letter(c) for c in apart.translate(_LETTERS) if not _is_accent(c))
    words = unicodedata.normalize("NFC", bare).split()
    if len(words) > 1 and words[0] in ARTICLES.get(language, ()):
        words = words[1:]
    return " ".join(words)


def likeness(guess: str, answers: Iterable[str], language: str = "") -> Likeness:
    """How near a guess comes to the nearest of the answers.

    One slip (a letter too many, missing, wrong or swapped with its neighbour) is allowed from four
    letters on, two from eight. Digits have to be right: the year before is another year.
    """
    said = folded(guess, language)
    return max((_nearness(said, folded(a, language)) for a in answers), default=Likeness.OTHER)


def _nearness(said: str, meant: str) -> Likeness:
    if not said or not meant:
        return Likeness.OTHER
    one, other = said.replace(" ", ""), meant.replace(" ", "")
    if one == other:
        return Likeness.SAME
    longer = max(len(one), len(other))
    slips = OSA.distance(one, other, score_cutoff=longer // 2)
    if slips <= _allowed(len(other)) and _DIGITS.findall(said) == _DIGITS.findall(meant):
        return Likeness.SAME
    shared = {w for w in said.split() if len(w) > 3} & set(meant.split())
    return Likeness.NEAR if shared or slips <= longer * NEAR_SHARE else Likeness.OTHER


def _allowed(length: int) -> int:
    return 0 if length < 4 else 1 if length < 8 else 2


def _letter(char: str) -> str:
    return char if char.isalnum() or unicodedata.category(char)[0] == "M" else " "


def _is_accent(char: str) -> bool:
    """A mark over or under a letter that people leave out; not a vowel or a voicing mark."""
    kind = unicodedata.combining(char)
    return kind >= 200 or 10 <= kind <= 35
