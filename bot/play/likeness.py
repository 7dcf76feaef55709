"""Whether a typed answer means the right one, in any script: case, accents, articles and slips
don't count.

A slip is a letter too many, missing, wrong or swapped with its neighbour. None is forgiven in
short words, in numbers and where one sign is a word: the year before is another year.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

SLIPS = ((5, 0), (9, 1), (14, 2))
"""Shorter than so many letters: so many slips are forgiven; `MOST_SLIPS` in longer ones."""
MOST_SLIPS = 3
LONG_IN_SIGNS = 6
"""From how many signs on one slip is forgiven in scripts of syllables and words."""
NEAR_SHARE = 1 / 3
"""The share of slips up to which an answer is called near."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = {
    "en": _words("the a an"),
    "fr": _words("le la les l un une des du d"),
    "es": _words("el la los las lo un una unos unas"),
    "pt": _words("o a os as um uma uns umas"),
    "de": _words("der die das"),
    "el": _words("ο η το"),
}
"""Words that may stand before an answer or be missing there."""
_ANY_ARTICLE = frozenset[str]().union(*ARTICLES.values())
_AND = _words("and et y e und och")
_SAINT = {"saint": "st", "sainte": "ste", "sankt": "st"}
_AL = "ال"
_SIGNS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_DIGITS = re.compile(r"\d+")
_LATIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
_ARABIC = {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None}
_LETTERS = str.maketrans({**_LATIN, **_ARABIC})
"""Letters that Unicode doesn't take apart, but that people type one for the other; tatweel."""


class Likeness(IntEnum):
    """How near a guess is; a greater one is nearer."""

    OTHER = 0
    NEAR = 1
    SAME = 2


def folded(text: str, language: str = "") -> str:
    """Words without case, accents, punctuation, leading articles of that language and an "and"
    among them; one space between them.

    Marks that are letters of their own (Devanagari, Thai, Japanese) stay; digits are 0 to 9.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(_letter(c) for c in apart.translate(_LETTERS) if not _is_accent(c))
    words = [_SAINT.get(word, word) for word in unicodedata.normalize("NFC", bare).split()]
    inner = [word for n, word in enumerate(words) if word not in _AND or n in (0, len(words) - 1)]
    return " ".join(_begun(inner, ARTICLES.get(language, frozenset())))


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What two spellings of the same answer have in common, in whatever language they are: no
    articles and no spaces; "" only for a text without content."""
    words = _begun(folded(text).split(), _ANY_ARTICLE)
    return "".join(map(_without_al, words)) or "".join(text.casefold().split())


def slips(one: str, other: str) -> int:
    """How many slips of typing turn one key into the other."""
    from rapidfuzz.distance import OSA  # with the first answer: it takes four megabytes

    return OSA.distance(one, other)


def forgiven(one: str, other: str) -> int:
    """How many slips are forgiven between two keys; the shorter one decides."""
    length = min(len(one), len(other))
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return 0
    if _SIGNS.search(one) or _SIGNS.search(other):
        return int(length >= LONG_IN_SIGNS)
    return next((most for limit, most in SLIPS if length < limit), MOST_SLIPS)


def same(one: str, other: str) -> bool:
    """Whether two texts pass for the same answer; the order doesn't matter."""
    a, b = key(one), key(other)
    return slips(a, b) <= forgiven(a, b)


def likeness(guess: str, answers: Iterable[str], language: str = "") -> Likeness:
    """How near a guess comes to the nearest of the answers."""
    said = folded(guess, language)
    return max((_nearness(said, folded(a, language)) for a in answers), default=Likeness.OTHER)


def _nearness(said: str, meant: str) -> Likeness:
    if not said or not meant:
        return Likeness.OTHER
    one, other = said.replace(" ", ""), meant.replace(" ", "")
    count = slips(one, other)
    if count <= forgiven(one, other):
        return Likeness.SAME
    shared = {w for w in said.split() if len(w) > 3} & set(meant.split())
    near = shared or count <= NEAR_SHARE * max(len(one), len(other))
    return Likeness.NEAR if near else Likeness.OTHER


def _begun(words: list[str], articles: frozenset[str]) -> list[str]:
    """The words from the first one on that is no article; the last one stays in any case."""
    while len(words) > 1 and words[0] in articles:
        words = words[1:]
    return words


def _without_al(word: str) -> str:
    return word.removeprefix(_AL) if len(word) > len(_AL) + 2 else word


def _letter(char: str) -> str:
    """Letters, marks and digits (as 0 to 9) count; everything else divides words."""
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind in ("Sk", "Lm", "Cf"):
        return ""
    return char if kind[0] in "LMN" else " "


def _is_accent(char: str) -> bool:
    """A mark over or under a letter that people leave out, vowel marks of Arabic and Hebrew too;
    no vowel or voicing mark of other scripts."""
    kind = unicodedata.combining(char)
    return kind >= 200 or 10 <= kind <= 36
