"""The word that a chain begins with: a thing that has an emoji.

Such a word everybody knows, it is nobody's name, and nobody minds it.
"""

from functools import cache

from bot.i18n import closest
from bot.play.lexicon import common

LETTERS = range(4, 8)


@cache
def beginnings(language: str) -> tuple[str, ...]:
    """All of them, 200 or more, in alphabetical order."""
    import emoji  # with the first chain: its tables are three megabytes

    language = closest(language)
    emoji.config.load_language(language)
    names = {about.get(language, "").strip(":").lower() for about in emoji.EMOJI_DATA.values()}
    return tuple(sorted(name for name in names & {*common(language)} if len(name) in LETTERS))
