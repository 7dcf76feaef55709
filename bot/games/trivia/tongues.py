"""Questions about languages: their own names, and their words for days and months.

All words are those of the Unicode CLDR. Wrong choices are languages in the same script, and never
one that has the same word.
"""

import pickle
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from babel import Locale, localedata
from babel.core import get_global

from bot.games.trivia.asking import Question, choices, typed
from bot.games.trivia.world import codes, gives_away
from bot.play.likeness import same

POOL = codes(
    "am ar bg bn ca cs cy da de el en es et eu fa fi fil fr ga gl he hi hr hu hy id is it ja ka "
    "kk km ko lo lt lv mk mn ms mt my nb ne nl pl pt ro ru si sk sl sq sr sv sw ta te th tr uk "
    "ur uz vi zh zu"
)
"""Languages that are asked for."""
TALK = "speaks"
NEAREST = 8
"""Languages from which the wrong choices are taken."""
DAYS, MONTHS = "day", "month"


def word(language: str, rng: Random) -> Question | None:
    """ "In which language is Monday called …?" """
    kind = rng.choice((DAYS, MONTHS))
    number = rng.randrange(7) if kind == DAYS else rng.randrange(1, 13)
    tongue = _other(language, rng)
    called = word_for(tongue, kind, number)
    meaning = word_for(language, kind, number)
    near = [t for t in _alike(tongue, rng) if _differs(called, word_for(t, kind, number))]
    if not _is_word(called) or same(called, meaning):
        return None
    return _question("word", called, tongue, near, language, rng, meaning)


def itself(language: str, rng: Random) -> Question | None:
    """ "Which language calls itself …?" """
    tongue = _other(language, rng)
    own = str(Locale(tongue).languages.get(tongue, ""))
    if not own or any(gives_away(own, name) for name in _names(tongue)):
        return None
    near = [t for t in _alike(tongue, rng) if _differs(own, str(Locale(t).languages.get(t)))]
    return _question("tongue", own, tongue, near, language, rng)


def meaning(language: str, rng: Random) -> Question | None:
    """ "What is … in English?" where … is a day in another language."""
    tongue = _other(language, rng)
    numbers = rng.sample(range(7), 4)
    called = [word_for(tongue, DAYS, number) for number in numbers]
    meant = [word_for(language, DAYS, number) for number in numbers]
    if any(gives_away(one, other) for one in called for other in meant):
        return None
    offered = choices(meant[0], meant[1:], rng)
    if not offered or not _is_word(called[0]):
        return None
    name = _name(tongue, language)
    right = (meant[0],)
    return Question("meaning", called[0], right, name, offered, talk=TALK, talk_of=name)


def typed_tongue(language: str, rng: Random) -> Question | None:
    """A language by its own name, to be typed."""
    made = itself(language, rng)
    known = (name for tongue in POOL for name in _names(tongue))
    return typed(made, known) if made else None


def _question(
    kind: str,
    about: str,
    tongue: str,
    near: Sequence[str],
    language: str,
    rng: Random,
    extra: str = "",
) -> Question | None:
    names = (_name(tongue, language), *_names(tongue))
    offered = choices(names[0], (_name(t, language) for t in near), rng)
    if not offered:
        return None
    right = tuple(dict.fromkeys(names))
    return Question(kind, about, right, extra, offered, talk=TALK, talk_of=names[0])


def _differs(called: str, other: str) -> bool:
    return bool(other) and not same(called, other)


def _is_word(called: str) -> bool:
    """Whether it is a name and no number ("12月")."""
    return bool(called) and not any(sign.isdecimal() for sign in called)


def _other(language: str, rng: Random) -> str:
    return rng.choice([tongue for tongue in POOL if tongue != language])


def _alike(tongue: str, rng: Random) -> list[str]:
    """The other languages, those of the same script first."""
    others = [other for other in POOL if other != tongue]
    rng.shuffle(others)
    return sorted(others, key=lambda other: _script(other) != _script(tongue))[:NEAREST]


def _script(tongue: str) -> str:
    likely = str(get_global("likely_subtags").get(tongue, "__")).split("_")
    return likely[1] if len(likely) > 1 else ""


@cache
def word_for(tongue: str, kind: str, number: int) -> str:
    """The name of a day (from Monday, 0) or of a month (from January, 1), "" if there is none."""
    tongues = (tongue, get_global("parent_exceptions").get(tongue, tongue))
    named = (
        _own(one, kind, context).get(number, "")
        for one in tongues
        for context in ("stand-alone", "format")
    )
    return next(filter(None, named), "")


def _own(tongue: str, kind: str, context: str) -> dict[int, str]:
    """The names that a language's own file has; none where it points to another context's."""
    forms = _file(tongue).get(f"{kind}s", {}).get(context, {})
    names = forms.get("wide") if isinstance(forms, dict) else None
    return names if isinstance(names, dict) else {}


@cache
def _file(tongue: str) -> dict[str, Any]:
    """A language's file as Babel ships it.

    What Babel itself hands out changes with use: `Locale.days` and `Locale.months` fill what a
    language has not got from the last language that was looked at (Babel 2.18).
    """
    with open(localedata.resolve_locale_filename(tongue), "rb") as file:
        stored: dict[str, Any] = pickle.load(file)  # noqa: S301  (Babel's own data)
    return stored


def _name(tongue: str, language: str) -> str:
    return str(Locale(language).languages[tongue])


def _names(tongue: str) -> tuple[str, ...]:
    """What a language is called in ours."""
    return tuple(_name(tongue, language) for language in ("en", "fr", "es", "pt"))
