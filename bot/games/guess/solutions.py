"""Which word is to be guessed: one that everybody knows, and that nobody minds."""

from datetime import date
from functools import cache, lru_cache
from random import Random

from bot.play.lexicon import bare, common

LENGTH = 5
UNSUITED = {
    "en": "abort abuse booby booty bosom fanny fatty fetal fetus gypsy horny lynch naked noose "
    "pubic queer sissy slave spank sperm sucks thong wench whore",
    "fr": "enflé fesse garce gitan gland lèche nique porno sucer tueur vagin viole",
    "es": "cagar cagón chupa chupe coito enano fecal folla indio judío mamar mojón obeso polla "
    "porno pubis senil",
    "pt": "bófia chulo coiso judeu mamar mijar pénis preto sémen tesão",
}
"""Common words that nobody should have to look for in front of others, besides those that the
lexicon leaves out as offensive: the body, violence, peoples."""


@cache
def solutions(language: str) -> tuple[str, ...]:
    """All of them, with their accents."""
    unsuited = set(UNSUITED.get(language, "").split())
    fitting = (word for word in common(language) if len(bare(language, word)) == LENGTH)
    return tuple(word for word in fitting if word not in unsuited)


def of_day(language: str, secret: str, day: date) -> str:
    """The same word for all who share the secret; if that stays the same for years, so does the
    order of the days, and no word comes again before all have been."""
    order = _order(language, secret)
    return order[day.toordinal() % len(order)]


@lru_cache(maxsize=64)
def _order(language: str, secret: str) -> tuple[str, ...]:
    order = list(solutions(language))
    Random(f"{secret}/{language}").shuffle(order)
    return tuple(order)
