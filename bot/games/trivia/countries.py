"""Questions about countries: capitals, flags, neighbours, people, money, languages.

Wrong choices come from the same part of the world. A name that gives the answer away is not
asked for, and what depends on whom one asks isn't either.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from random import Random

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies

from bot.games.trivia.asking import Question, choices, typed
from bot.games.trivia.world import TWINS, Country, by_code, codes, countries, gives_away

TALK = "been"
RATIO = 1.5
"""So many times the people of the next one, so that an older count is still right."""
NO_MONEY_ASKED = codes("BG CU VE ZW")
"""Currencies that have just changed or are about to."""
WITH_SIGN = codes("AF AM AZ BD CR GE IN KH KZ LA MN NG PH PY RU TH TR UA VN")
"""Countries whose money has a sign that no other country uses."""
LAW, CUSTOM = "official", "de_facto_official"
"""How the CLDR says that a language is official in a whole country."""
NOT_BY_LAW = codes("BF_fr DZ_fr ER_ar ER_en IL_ar MG_en ML_fr MU_fr NE_fr NG_yo TN_fr")
"""Languages that the CLDR takes for official by law, but the country's law doesn't, or no longer:
mostly those of administration and schools."""
FAMILIAR = 20_000_000
"""Of so many people a country is when it is asked for without choices."""


def capital(language: str, rng: Random) -> Question | None:
    """ "Which is the capital of …?" """
    of = rng.choice([c for c in countries(language) if c.capital])
    if gives_away(of.name, of.capital):
        return None
    wrong = (c.capital for c in around(of, language, rng) if c.capital)
    return _question("capital", of.name, of.capitals, wrong, of, rng)


def whose(language: str, rng: Random) -> Question | None:
    """ "… is the capital of which country?" """
    of = rng.choice([c for c in countries(language) if c.capital])
    if gives_away(of.name, of.capital):
        return None
    return _named("whose", of.capital, of, around(of, language, rng), rng)


def flag(language: str, rng: Random) -> Question | None:
    """ "Whose flag is this?" """
    of = rng.choice([c for c in countries(language) if c.code not in TWINS])
    return _named("flag", of.flag, of, around(of, language, rng), rng)


def neighbour(language: str, rng: Random) -> Question | None:
    """ "Which of these has a border with …?" """
    of = rng.choice([c for c in countries(language) if c.neighbours])
    near = [by_code(language)[code] for code in of.neighbours or () if code in by_code(language)]
    one = rng.choice(near) if near else of
    far = [c for c in around(of, language, rng) if c not in near]
    return _named("neighbour", of.name, one, far, rng)


def peopled(language: str, rng: Random) -> Question | None:
    """ "Where do the most people live?" """
    one = rng.choice(countries(language))
    four = sorted([one, *around(one, language, rng)[:3]], key=lambda c: c.population, reverse=True)
    if four[0].population < RATIO * four[1].population:
        return None
    return _named("peopled", "", four[0], four[1:], rng)


def money(language: str, rng: Random) -> Question | None:
    """ "Where do people pay with …?" """
    of = rng.choice([c for c in countries(language) if _currency_of(c.code)])
    name = str(get_currency_name(_currency_of(of.code), locale=language))
    if gives_away(of.name, name):
        return None
    others = (
        c
        for c in around(of, language, rng)
        if _currency_of(c.code) not in ("", _currency_of(of.code))
    )
    return _named("money", name, of, (c for c in others if not gives_away(c.name, name)), rng)


def sign(language: str, rng: Random) -> Question | None:
    """ "Where do you see this sign on prices?" """
    signs = _signs()
    of = by_code(language)[rng.choice(sorted(signs))]
    others = (c for c in around(of, language, rng) if _currency_of(c.code))
    return _named("sign", signs[of.code], of, others, rng)


def speaks(language: str, rng: Random) -> Question | None:
    """ "Where is … an official language?" """
    of = rng.choice(countries(language))
    by_law = [tongue for tongue in official(of.code) if tongue in Locale(language).languages]
    if not by_law:
        return None
    tongue = rng.choice(by_law)
    name = str(Locale(language).languages[tongue])
    if gives_away(of.name, name):
        return None
    others = (c for c in around(of, language, rng) if tongue not in spoken(c.code))
    return _named("speaks", name, of, (c for c in others if not gives_away(c.name, name)), rng)


def itself(language: str, rng: Random) -> Question | None:
    """ "Which country calls itself …?" """
    of = rng.choice(countries(language))
    own = next(iter(spoken(of.code, LAW, CUSTOM)), "")
    try:
        name = str(Locale.parse(own, sep="-").territories.get(of.code, "")) if own else ""
    except (UnknownLocaleError, ValueError):
        return None
    if not name or any(gives_away(name, known) for known in of.names):
        return None
    return _named("itself", name, of, around(of, language, rng), rng)


def borders(language: str, rng: Random) -> Question | None:
    """ "How many countries does … have a border with?" Always typed."""
    of = rng.choice([c for c in countries(language) if c.neighbours and len(c.neighbours) > 2])
    near = [by_code(language)[code] for code in of.neighbours or () if code in by_code(language)]
    if len(near) != len(of.neighbours or ()):
        return None
    named = ", ".join(country.name for country in near)
    return Question("borders", of.name, (str(len(near)),), fact=named, talk=TALK, talk_of=of.name)


def typed_capital(language: str, rng: Random) -> Question | None:
    """The capital of a country that many have heard of, to be typed."""
    made = capital(language, rng)
    if made is None or not _known(made.about, language):
        return None
    return typed(made, (name for c in countries(language) for name in c.capitals))


def typed_country(language: str, rng: Random) -> Question | None:
    """A country to be typed: of a flag, of a capital, or by its own name."""
    made = rng.choice((flag, whose, itself))(language, rng)
    if made is None or not _known(made.answer, language):
        return None
    return typed(made, (name for c in countries(language) for name in c.names))


def around(of: Country, language: str, rng: Random) -> list[Country]:
    """All other countries, those of the same region first, then those of the continent."""
    others = [c for c in countries(language) if c is not of]
    rng.shuffle(others)
    return sorted(others, key=lambda c: (c.region != of.region, c.continent != of.continent))


def _named(
    kind: str, about: str, of: Country, others: Iterable[Country], rng: Random
) -> Question | None:
    return _question(kind, about, of.names, (c.name for c in others), of, rng)


def _question(
    kind: str,
    about: str,
    right: tuple[str, ...],
    wrong: Iterable[str],
    of: Country,
    rng: Random,
) -> Question | None:
    offered = choices(right[0], wrong, rng)
    return (
        Question(kind, about, right, choices=offered, talk=TALK, talk_of=of.name)
        if offered
        else None
    )


def _known(name: str, language: str) -> bool:
    return any(name == c.name and c.population >= FAMILIAR for c in countries(language))


def _currency_of(code: str) -> str:
    """The one currency of a country, "" if there are several or it is about to change."""
    found = get_territory_currencies(code) if code not in NO_MONEY_ASKED else []
    return str(found[0]) if len(found) == 1 else ""


@cache
def _signs() -> dict[str, str]:
    """Signs of money as they are written at home."""
    found = {}
    for code in WITH_SIGN:
        symbol = get_currency_symbol(_currency_of(code), locale=Locale.parse(f"und_{code}"))
        if len(symbol) == 1 and unicodedata.category(symbol) == "Sc":
            found[code] = symbol
    return found


def official(code: str) -> list[str]:
    """Languages that are official by law in a whole country, those of most people first."""
    return [tongue for tongue in spoken(code, LAW) if f"{code}_{tongue}" not in NOT_BY_LAW]


def spoken(code: str, *statuses: str) -> list[str]:
    """Languages of a country, those of most people first: those of such a status, or all that the
    CLDR knows of."""
    known = get_global("territory_languages").get(code, {})
    return [
        language
        for language, about in sorted(known.items(), key=lambda i: -i[1]["population_percent"])
        if not statuses or about["official_status"] in statuses
    ]
