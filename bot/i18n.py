"""Words in the reader's language: gettext catalogues, plurals, dates and numbers by Babel.

Catalogues are kept as readable .po files and compiled in memory when a language is first used.
"""

import gettext
import re
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.text import Part, Text, compose

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "pt": "Português"}
DEFAULT = "en"
_SOUNDS_LIKE_I = re.compile(r"[\W_]*h?(í|i(?![aeouáéóú]))", re.IGNORECASE)


def closest(language: str | None) -> str:
    """The language of ours nearest to a platform's code ("pt-BR" gives "pt", unknown "en")."""
    short = (language or "").replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else DEFAULT


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = files("bot").joinpath("locales", language, "LC_MESSAGES", "convive.po")
    if language == DEFAULT or not path.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _locale(language: str) -> "Locale":
    from babel import Locale

    return Locale.parse(language)


@lru_cache(maxsize=1000)
def _number(value: float, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale(language))


@lru_cache(maxsize=1000)
def _date(day: date, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton("MMMEd", day, locale=_locale(language))


@lru_cache(maxsize=1500)
def _time(clock: time, language: str) -> str:
    from babel.dates import format_time

    return format_time(clock, format="short", locale=_locale(language))


def with_e(listed: str, last: str) -> str:
    """A Spanish list whose "y" is an "e" before a last item that sounds like "i": "Ana e Inés",
    but "nieve y hielo", where a vowel follows and the sound is another one."""
    end = f" y {last}"
    fits = _SOUNDS_LIKE_I.match(last) and listed.endswith(end)
    return f"{listed.removesuffix(end)} e {last}" if fits else listed


def zone_of(name: str) -> ZoneInfo:
    """The zone, or UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


class Words:
    """Everything that depends on a language and a time zone."""

    def __init__(self, language: str = DEFAULT, zone: str = "UTC") -> None:
        self.language = closest(language)
        self.zone = zone_of(zone)

    def plain(self, message: str) -> str:
        """A sentence without places to fill."""
        return _catalogue(self.language).gettext(message) if message else ""

    def say(self, message: str, **parts: Part) -> Text:
        """A sentence whose `{name}` places are filled; braces in the parts are data."""
        return compose(self.plain(message), parts)

    def say_n(self, singular: str, plural: str, n: int, **parts: Part) -> Text:
        """A sentence in the plural form for `n`, which also fills `{n}`."""
        sentence = _catalogue(self.language).ngettext(singular, plural, n)
        return compose(sentence, {"n": self.number(n)} | parts)

    def labelled(self, label: Part, said: Part) -> Text:
        """A label, a colon in the reader's way, and what is said of it."""
        return self.say("{label}: {said}", label=label, said=said)

    @property
    def locale(self) -> "Locale":
        """Babel's knowledge of the language."""
        return _locale(self.language)

    def number(self, value: float, digits: int = 1) -> str:
        """A number as people write it here, with at most `digits` decimals."""
        return _number(round(value, digits), self.language)

    def percent(self, share: float) -> str:
        """A share of one as a whole percentage."""
        from babel.numbers import format_percent

        return format_percent(share, locale=self.locale)

    def month(self, day: date) -> str:
        """ "March 2026" in the reader's way."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", day, locale=self.locale)

    def day(self, day: date) -> str:
        """ "Nov 23, 2026" in the reader's way."""
        from babel.dates import format_date

        return format_date(day, format="medium", locale=self.locale)

    def date(self, day: date) -> str:
        """ "Mon, Nov 23" in the reader's way."""
        return _date(day, self.language)

    def time(self, moment: datetime) -> str:
        """The time of day in the reader's zone."""
        local = moment.astimezone(self.zone)
        return _time(time(local.hour, local.minute), self.language)

    def moment(self, moment: datetime) -> str:
        """Day and time in the reader's zone."""
        local = moment.astimezone(self.zone)
        return f"{self.date(local.date())}, {self.time(moment)}"

    def duration(self, span: timedelta) -> str:
        """ "3 hours", roughly."""
        from babel.dates import format_timedelta

        return format_timedelta(span, locale=self.locale)

    def listing(self, items: list[str]) -> str:
        """ "a, b and c"."""
        from babel.lists import format_list

        listed = format_list(items, locale=self.locale)
        return with_e(listed, items[-1]) if self.language == "es" and items[1:] else listed

    def weekdays(self) -> list[str]:
        """Names of the days from Monday on."""
        from babel.dates import get_day_names

        names = get_day_names("wide", locale=self.locale)
        return [names[n] for n in range(7)]
