"""Is what somebody typed the answer? In any script, with the slips of typing forgiven.

Two texts are compared by their `key`: case, accents, punctuation, articles and spaces don't
count. A guess may differ from an answer by a few slips (a letter wrong, missing, too many, or two
swapped), the more the longer the answer; none in short words and where one sign is a word. It
has to be nearer to the answer than to every other known answer: "Austria" is not a misspelt
"Australia". Numbers are never misspelt.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

SLIPS = ((5, 0), (9, 1), (14, 2))
"""Shorter than so many letters: so many slips are forgiven; `MOST_SLIPS` in longer ones."""
MOST_SLIPS = 3
LONG_IN_SIGNS = 6
"""From how many signs on one slip is forgiven in scripts of syllables and words."""
CLOSE = 2
"""A guess this many times as far away as is forgiven is told that it is close."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SIGNS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_NUMBER = re.compile(r"-?(\d{1,18}|\d{1,3}([ .,'’٬]\d{3}){1,5})")
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ـ": None,
    }
)
"""Letters that don't decompose, but that people type one for the other; Arabic tatweel."""
_ARTICLES = _words(
    "the a an le la les l un une el los las lo una o a os as um uma der die das ο η το"
)
_AND = _words("and et y e und och")
_SAINT = {"saint": "st", "sainte": "ste", "sankt": "st"}
_AL = "ال"


class Verdict(StrEnum):
    """What a guess is worth. `HIGHER`: the number that is looked for is higher than the guess."""

    RIGHT = "right"
    CLOSE = "close"
    HIGHER = "higher"
    LOWER = "lower"
    WRONG = "wrong"


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What two spellings of the same answer have in common; "" only for a text without content."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = "".join(_counted(char) for char in plain if not _is_accent(char))
    words = unicodedata.normalize("NFC", letters).split()
    kept = [_SAINT.get(word, word) for word in _without_small_words(words)]
    return "".join(kept) or "".join(text.casefold().split())


def number(text: str) -> int | None:
    """The number that a text is, in digits of any script, grouped or not; None for words."""
    bare = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    return int(re.sub(r"[^\d-]", "", bare)) if _NUMBER.fullmatch(bare) else None


def slips(one: str, other: str) -> int:
    """How many slips of typing turn one key into the other."""
    return int(DamerauLevenshtein.distance(one, other))


def forgiven(one: str, other: str) -> int:
    """How many slips are forgiven between two keys; the shorter one decides."""
    length = min(len(one), len(other))
    if _digits(one) != _digits(other):
        return 0
    if _SIGNS.search(one) or _SIGNS.search(other):
        return int(length >= LONG_IN_SIGNS)
    return next((most for limit, most in SLIPS if length < limit), MOST_SLIPS)


def same(one: str, other: str) -> bool:
    """Whether two texts pass for the same answer; the order doesn't matter."""
    a, b = key(one), key(other)
    return slips(a, b) <= forgiven(a, b)


def judge(guess: str, answers: Iterable[str], others: Iterable[str] = ()) -> Verdict:
    """What a guess is worth, given all right answers and the other answers that are known."""
    right = list(answers)
    sought = number(right[0]) if right else None
    if sought is not None:
        return _judged_number(number(guess), sought)
    given = key(guess)
    keys = [key(answer) for answer in right]
    if given in keys:
        return Verdict.RIGHT
    rivals = [slips(given, key(other)) for other in others if key(other) not in keys]
    nearest = min((slips(given, answer) for answer in keys), default=len(given))
    if 0 in rivals:
        return Verdict.WRONG
    if any(slips(given, answer) <= forgiven(given, answer) for answer in keys) and all(
        nearest < rival for rival in rivals
    ):
        return Verdict.RIGHT
    close = any(0 < slips(given, a) <= CLOSE * forgiven(given, a) for a in keys)
    return Verdict.CLOSE if close else Verdict.WRONG


def rivals_of(answers: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Those of the known answers that a guess could be mistaken for one of `answers` with."""
    keys = {key(answer): CLOSE * forgiven(key(answer), key(answer)) for answer in answers}
    return tuple(
        other
        for other in dict.fromkeys(known)
        if (own := key(other)) not in keys and any(slips(own, a) <= keys[a] for a in keys)
    )


def _judged_number(given: int | None, sought: int) -> Verdict:
    if given is None:
        return Verdict.WRONG
    if given == sought:
        return Verdict.RIGHT
    return Verdict.HIGHER if given < sought else Verdict.LOWER


def _is_accent(char: str) -> bool:
    """Accents of alphabets and vowel marks of Arabic and Hebrew; no vowels of other scripts."""
    combining = unicodedata.combining(char)
    return 10 <= combining <= 36 or combining >= 200


def _counted(char: str) -> str:
    """Letters, marks and digits (as 0 to 9) count; everything else divides words."""
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind in ("Sk", "Lm", "Cf"):
        return ""
    return char if kind[0] in "LMN" else " "


def _without_small_words(words: list[str]) -> list[str]:
    inner = [word for n, word in enumerate(words) if word not in _AND or n in (0, len(words) - 1)]
    while len(inner) > 1 and inner[0] in _ARTICLES:
        inner = inner[1:]
    return [_without_al(word) for word in inner]


def _without_al(word: str) -> str:
    return word.removeprefix(_AL) if len(word) > len(_AL) + 2 else word


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())
