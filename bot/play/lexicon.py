"""Real words of four languages: what counts as one, and which of them everybody knows.

simplemma's dictionaries say what is a word, with all its forms; pyspellchecker's say how often it
is said; glin-profanity's name those that nobody should be handed. ADR 10 compares them.

A language is read once, when it is first asked for, which takes seconds: `warm` does it ahead, in
a thread. After that it takes eight bytes a form.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from bot.i18n import closest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COMMON = 1e-6
"""From which share of everything that is said a word counts as common: one in a million."""
SHORTEST = 3
_NAMES = {"en": "english", "fr": "french", "es": "spanish", "pt": "portuguese"}
_ACCENTED = {
    "a": "àáâãäå",
    "c": "ç",
    "e": "èéêë",
    "i": "ìíîï",
    "n": "ñ",
    "o": "òóôõö",
    "u": "ùúûü",
    "y": "ýÿ",
    "oe": "œ",
    "ae": "æ",
}
_BARE = {ord(letter): plain for plain, letters in _ACCENTED.items() for letter in letters}
_BARE_SPANISH = {letter: plain for letter, plain in _BARE.items() if plain != "n"}
_MARKS = " \n\t.,;:!?¡¿\"'«»“”‘’…()*_"
_ALSO_NAMES = {"billy", "carla", "fedor", "henry", "jenny", "nora", "randy", "roger", "sonny"}
_ALSO_NAMES |= {"teddy", "tina", "tino", "willy"}
"""First names that stand in small letters there too, as rare words."""
_AT_ONCE = 50_000
_lock = Lock()
_warmed: set[str] = set()


class _Lexicon(NamedTuple):
    """`forms` are the sorted hashes of all bare forms: a false one has a chance of 10^-13."""

    forms: "NDArray[np.int64]"
    common: tuple[str, ...]


def bare(language: str, text: str) -> str:
    """How a word is compared: lower case without accents; œ is oe, but ñ is a letter of Spanish."""
    return text.lower().translate(_letters(language))


def one_word(text: str) -> str:
    """The one word that somebody typed, in lower case, without the marks around it; "" if there
    is none or more than one."""
    word = text.strip(_MARKS).lower()
    return word if word.isalpha() else ""


def is_word(language: str, text: str) -> bool:
    """Whether it is a word of that language in any of its forms.

    Case doesn't matter, and a word without its accents counts as the accented one. Only letters:
    a name of two words, a number or an abbreviation with a point is none.
    """
    if not text.isalpha():
        return False
    forms = _lexicon(language).forms
    wanted = hash(bare(language, text))
    place = int(forms.searchsorted(wanted))
    return place < len(forms) and int(forms[place]) == wanted


def common(language: str) -> tuple[str, ...]:
    """Words that everybody knows, the most frequent first, as a dictionary heads its entries.

    At least three letters, in lower case, with their accents. None is also a proper name or stands
    on the list of offensive words, as far as the data know.
    """
    return _lexicon(language).common


def warm(language: str) -> None:
    """Reads it ahead. Meant for a thread: it holds up nobody then, and takes seconds."""
    _lexicon(language)
    _warmed.add(closest(language))


def is_warm(language: str) -> bool:
    """Whether it was read ahead."""
    return closest(language) in _warmed


def _letters(language: str) -> dict[int, str]:
    return _BARE_SPANISH if closest(language) == "es" else _BARE


def _lexicon(language: str) -> _Lexicon:
    with _lock:
        return _read(closest(language))


@cache
def _read(language: str) -> _Lexicon:
    # Loaded here, because a program that plays neither game should not wait for them.
    import numpy as np
    from simplemma.strategies import StreamDictionaryFactory

    heads, english = map(StreamDictionaryFactory().get_dictionary, (language, "en"))
    hashes: list[NDArray[np.int64]] = []
    for forms in _bare_forms(language, heads):
        hashes.append(np.fromiter(map(hash, forms), np.int64, len(forms)))
    names = _ALSO_NAMES.union(_capitals(language, heads), _capitals(language, english))
    return _Lexicon(np.sort(np.concatenate(hashes)), _common(language, heads, names))


def _capitals(language: str, forms: Iterable[str]) -> set[str]:
    """The bare forms of what stands there with a capital. English has names of all countries."""
    return {bare(language, form) for form in forms if not form.islower()}


def _bare_forms(language: str, forms: Iterable[str]) -> Iterator[list[str]]:
    """Many at a time: a letter is replaced in one long text ten times as fast."""
    rest = iter(forms)
    while text := "\n".join(islice(rest, _AT_ONCE)):
        for letter, plain in _letters(language).items():
            text = text.replace(chr(letter), plain)
        yield text.split("\n")


def _common(language: str, heads: Mapping[str, str], names: set[str]) -> tuple[str, ...]:
    from glin_profanity.data.dictionary import DictionaryLoader
    from spellchecker import SpellChecker

    counts = SpellChecker(language=language).word_frequency.dictionary
    enough = COMMON * sum(counts.values())
    offensive = {word.lower() for word in DictionaryLoader().get_words(_NAMES[language])}
    often = (word for word, count in counts.items() if count >= enough and word not in offensive)
    found = (w for w in often if len(w) >= SHORTEST and w.isalpha() and heads.get(w) == w)
    kept = (word for word in found if bare(language, word) not in names)
    return tuple(sorted(kept, key=lambda word: (-counts[word], word)))
