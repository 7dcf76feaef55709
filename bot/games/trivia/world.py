"""The countries of the world in each of our languages, from data that ships in packages.

Names of countries, cities, languages and currencies are those of the Unicode CLDR (Babel).
Capitals, regions, borders and populations are those of pyworldatlas (UN M49, GeoNames, Natural
Earth). Read when first needed and then kept; the first language takes
about 0.4 s.
"""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.core import get_global
from msgspec import Struct

from bot.games.trivia.exonyms import EXONYMS
from bot.i18n import LANGUAGES
from bot.play.likeness import key

if TYPE_CHECKING:
    from pyworldatlas.models.country import Country as Profile


def codes(text: str) -> tuple[str, ...]:
    """The codes in a text, in its order."""
    return tuple(text.split())


MEMBERS = codes(
    "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD "
    "CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA "
    "GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI "
    "KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU "
    "MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA "
    "SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA "
    "UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW"
)
"""The member states of the United Nations and the Holy See; no territory, nothing disputed."""
NO_CAPITAL_ASKED = codes("BO CI GQ ID IL KI LK MM NR SZ ZA")
"""Several capitals, one that is moving, a disputed one, or none."""
NO_BORDERS_ASKED = codes(
    "AF AL AM AZ CN CY DJ DZ EG ES ET FR GB GE IL IN JO LB MA MD ME MK MR NL PK RS RU SD SO SS "
    "SY UA"
)
"""How many neighbours there are depends on whom one asks, or on territories overseas."""
TWINS = codes(
    "AD AU BH CI CO EC GN HN ID IE IN IS IT LU MC MD ML MX NE NI NL NO NZ PL QA RO RU SI SK SN SV "
    "TD VE"
)
"""Flags that are easily taken for one another in a small picture."""
STEM = 3
"""How many letters two words begin with alike when one gives the other away."""


class Country(Struct, frozen=True):
    """A country in one language. Of `names` and `capitals` the first is shown, all are right:
    the others are those of our other languages. `region` lies in `continent`; `neighbours` are
    codes, None where it depends on whom one asks."""

    code: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    region: str
    continent: str
    neighbours: tuple[str, ...] | None
    population: int

    @property
    def name(self) -> str:
        """Its name in the language."""
        return self.names[0]

    @property
    def capital(self) -> str:
        """Its capital's name in the language; "" where it isn't asked for."""
        return self.capitals[0] if self.capitals else ""

    @property
    def flag(self) -> str:
        """Its flag as an emoji."""
        return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in self.code)


@cache
def countries(language: str) -> tuple[Country, ...]:
    """All member states, in the order of their codes."""
    profiles, borders = _profiles()
    names = Counter(name for p in profiles for name in {key(name) for name in _names(p, "en")})
    ambiguous = {name for name, count in names.items() if count > 1}
    return tuple(_country(p, borders.get(p.alpha2), language, ambiguous) for p in profiles)


_read: set[str] = set()


def read(language: str) -> None:
    """Reads the member states ahead; meant for a thread."""
    by_code(language)
    _read.add(language)


def is_read(language: str) -> bool:
    """Whether they were read ahead."""
    return language in _read


@cache
def by_code(language: str) -> dict[str, Country]:
    """The member states by their codes."""
    return {country.code: country for country in countries(language)}


def gives_away(one: str, other: str) -> bool:
    """Whether two names begin a word alike, so that one tells the other ("Tunis", "Tunisia")."""
    return bool(_stems(one) & _stems(other))


@cache
def _profiles() -> tuple[tuple["Profile", ...], dict[str, tuple[str, ...]]]:
    """The member states, and the codes of their neighbours where these are asked for."""
    from pyworldatlas import Atlas

    with Atlas() as atlas:
        found = tuple(p for p in atlas.countries() if p.alpha2 in MEMBERS)
        asked = [p.alpha2 for p in found if p.alpha2 not in NO_BORDERS_ASKED]
        borders = {code: tuple(n.alpha2 for n in atlas.neighbors(code)) for code in asked}
    return tuple(sorted(found, key=lambda profile: profile.alpha2)), borders


def _country(
    of: "Profile", borders: tuple[str, ...] | None, language: str, ambiguous: set[str]
) -> Country:
    first, *others = _names(of, language)
    asked = of.alpha2 not in NO_CAPITAL_ASKED and of.capital is not None
    return Country(
        of.alpha2,
        (first, *(name for name in others if key(name) not in ambiguous)),
        _capitals(of, language) if asked else (),
        of.subregion or "",
        of.continent or "",
        borders,
        of.population or 0,
    )


def _languages(first: str) -> list[str]:
    return [first, *(language for language in LANGUAGES if language != first)]


def _names(of: "Profile", language: str) -> tuple[str, ...]:
    """What it is called, with and without what stands in brackets."""
    found = [str(Locale(one).territories[of.alpha2]) for one in _languages(language)]
    bare = [part for name in found for part in re.split(r"\s*[()]\s*", name) if part]
    return tuple(dict.fromkeys([*found, *bare, of.name.strip()]))


def _capitals(of: "Profile", language: str) -> tuple[str, ...]:
    english = of.capital.name if of.capital else ""
    zone = _zone(of.alpha2, english)
    found = (_city(english, zone, one) for one in _languages(language))
    return tuple(dict.fromkeys([*found, english]))


def _zone(code: str, city: str) -> str | None:
    """The time zone that is named after a city of that country."""
    zones = get_global("territory_zones").get(code, ())
    return next((zone for zone in zones if key(_exemplar(zone, "en")) == key(city)), None)


def _city(english: str, zone: str | None, language: str) -> str:
    """A city's name: CLDR has those of cities that time zones are named after."""
    if english in EXONYMS:
        return EXONYMS[english].get(language, english)
    return _exemplar(zone, language) if zone else english


def _exemplar(zone: str, language: str) -> str:
    for one in (language, "en"):
        if city := Locale(one).time_zones.get(zone, {}).get("city"):
            return str(city).partition(" (")[0]
    return zone.rpartition("/")[2].replace("_", " ")


def _stems(name: str) -> set[str]:
    return {key(word)[:STEM] for word in re.findall(r"\w+", name) if len(key(word)) >= STEM}
