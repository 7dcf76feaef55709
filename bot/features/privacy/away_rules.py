"""Until when somebody is away, from what they typed in a language of ours.

The phrases are those of `scheduler.moments`; what people say around them when they tell how long
they are gone ("until", "for", "next") is taken off, and months and years are counted here, since
they have no fixed length.
"""

import calendar
import re
from datetime import UTC, datetime, timedelta

from scheduler.errors import PhraseError
from scheduler.lexer import plain
from scheduler.moments import parse_duration, parse_moment

LONGEST = timedelta(days=366)
MORNING = "8:00"
"""Who is away until a day is back on its morning."""
_AROUND = re.compile(
    r"^\s*(?:until|till|up to|for|during|jusqu['’]?\s?(?:au|a la|a|en)?|pour|pendant|durant"
    r"|hasta(?: (?:el|la))?|por|durante|ate(?: (?:o|a|ao))?|por)\s+"
    r"|\b(?:next|this coming|prochaine?|proxim[oa]|que viene|que vem)\b"
    r"|^\s*(?:the|le|la|el|o)\s+(?:dia\s+)?(?=[0-9]|\w{4,})"
    r"|^\s*a\s+(?=segunda|terca|quarta|quinta|sexta)|^\s*(?:o\s+|el\s+)?dia\s+(?=[0-9])"
    r"|(?<=[0-9])(?:st|nd|rd|th|er)?\s+(?:of|de|du|del)\b"
)
_COUNTS = {
    word: number
    for number, words in {
        1: "a an one un une una uno um uma",
        2: "two deux dos dois duas",
        3: "three trois tres",
        4: "four quatre cuatro quatro",
        5: "five cinq cinco",
        6: "six seis",
        7: "seven sept siete sete",
        8: "eight huit ocho oito",
        9: "nine neuf nueve nove",
        10: "ten dix diez dez",
    }.items()
    for word in words.split()
}
_MONTHS = {
    word: months
    for months, words in {
        1: "month months mois mes meses",
        12: "year years an ans annee annees ano anos",
    }.items()
    for word in words.split()
}
_COUNTED = re.compile(rf"\b({'|'.join(_COUNTS)})\b(?=\s+[^\W\d_])")
_LONG = re.compile(
    rf"(?:in|dans|en|em|dentro de|daqui a)?\s*([0-9]{{1,3}})\s*({'|'.join(_MONTHS)})"
)


def parse_away(text: str, now_local: datetime) -> datetime:
    """The UTC instant meant by "2 weeks", "until 12 December", "lundi prochain" or "un mes".

    `now_local` is aware, in the zone that is meant. The result is later than now. Raises
    PhraseError and nothing else.
    """
    said = plain(text[:200])[0]
    while (shorter := _AROUND.sub(" ", said, count=1).strip()) != said.strip():
        said = shorter
    said = _COUNTED.sub(lambda found: str(_COUNTS[found[1]]), said.strip())
    if long := _LONG.fullmatch(said):
        return _months_later(now_local, int(long[1]) * _MONTHS[long[2]], text)
    try:
        return now_local.astimezone(UTC) + parse_duration(said)
    except PhraseError:
        return _moment(said, now_local)


def _moment(said: str, now_local: datetime) -> datetime:
    try:
        return parse_moment(said, now_local)
    except PhraseError as error:
        if error.code != "no_time":
            raise
        return parse_moment(f"{said} {MORNING}", now_local)


def _months_later(now: datetime, months: int, text: str) -> datetime:
    """The same day of a later month, or its last day if it has no such day."""
    if not 0 < months <= 12:
        raise PhraseError("bad_number", text.strip())
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    day = min(now.day, calendar.monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day).astimezone(UTC)
