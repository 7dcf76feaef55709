"""What people type for one moment ("tomorrow 18:00", "vendredi 9h") or a length of time ("2h")."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from scheduler.calendar import instant
from scheduler.errors import PhraseError
from scheduler.lexer import LONGEST, Lexeme, plain
from scheduler.reading import moment, read, wrong

LONGEST_DURATION = timedelta(days=366)

_UNITS = {
    "seconds": "s sec secs second seconds seconde secondes segundo segundos seg",
    "minutes": "m mn min mins minute minutes minuto minutos",
    "hours": "h hr hrs hour hours heure heures hora horas",
    "days": "d day days j jour jours dia dias",
    "weeks": "w wk week weeks sem semaine semaines semana semanas",
}
_UNIT = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_ONE = {"a", "an", "one", "un", "une", "una", "uno", "um", "uma"}
_JOINTS = {"and", "et", "y", "e", ","}
_PIECE = re.compile(r"(?P<number>[0-9]{1,7}(?:[.,][0-9]{1,3})?)|(?P<word>[^\W\d_]+)|(?P<mark>\S)")
_FROM_NOW = re.compile(
    r"\s*(?:\+|(?:in|dans|en|em|dentro de|daqui a)\b)\s*(?=[0-9]|an?\b|un[aeo]?\b|uma?\b|one\b)"
)
_FAR_ENOUGH = 9  # years in which a 29 February comes at least once


def parse_duration(text: str) -> timedelta:
    """A length of time: "2h", "1h30", "3 days", "30 min", "2 horas e 15 minutos".

    Raises PhraseError and nothing else; "bad_number" where it is none or over a year.
    """
    letters, origins = plain(text[: LONGEST + 1])
    if len(text) > LONGEST:
        raise PhraseError("too_long", text[:LONGEST])
    pieces = [piece for piece in _PIECE.finditer(letters) if piece.group() not in _JOINTS]
    if not pieces:
        raise PhraseError("empty")
    start = origins[pieces[0].start()]
    total = timedelta()
    finer = ""
    while pieces:
        amount, word, finer = _take_amount(pieces, finer, text, origins)
        total += timedelta(**{word: amount})
    if not timedelta() < total <= LONGEST_DURATION:
        raise PhraseError("bad_number", text.strip(), start)
    return total


def _take_amount(
    pieces: list[re.Match[str]], finer: str, text: str, origins: list[int]
) -> tuple[float, str, str]:
    """The next number and unit, taken off the pieces; a number alone after hours is minutes."""
    first = pieces.pop(0)
    position = origins[first.start()]
    if not (first["number"] or first.group() in _ONE):
        raise PhraseError("not_understood", text[position:].split()[0], position)
    amount = float(first["number"].replace(",", ".")) if first["number"] else 1.0
    unit = _UNIT.get(pieces[0].group()) if pieces else None
    if unit:
        pieces.pop(0)
        return amount, unit, "minutes" if unit == "hours" else ""
    if finer:
        return amount, finer, ""
    position = origins[pieces[0].start()] if pieces else position
    raise PhraseError("not_understood", text[position:].split()[0], position)


def parse_moment(text: str, now_local: datetime) -> datetime:
    """The UTC instant somebody typed, later than now: a date or day with a time of day, a time
    alone (today or tomorrow), or "in 2 hours". `now_local` is aware, in the zone that is meant.

    Raises PhraseError and nothing else; "past" where it is over.
    """
    if len(text) > LONGEST:
        raise PhraseError("too_long", text[:LONGEST])
    letters, origins = plain(text)
    ahead = _FROM_NOW.match(letters)
    if ahead:
        start = origins[ahead.end()]
        # Blanks in place of "in" keep the positions of errors right.
        return now_local.astimezone(UTC) + parse_duration(" " * start + text[start:])
    lexemes = read(text)
    times = [lexeme for lexeme in lexemes if lexeme.kind == "time"]
    if not times:
        raise PhraseError("no_time")
    if len(times) > 1:
        raise wrong(times[1])
    rest = [lexeme for lexeme in lexemes if lexeme.kind not in {"time", "from", "every"}]
    at = _resolve(rest, moment(times[0]), now_local)
    if at <= now_local:
        raise PhraseError("past", text.strip())
    return at


def _resolve(said: list[Lexeme], at: time, now: datetime) -> datetime:
    """The instant of a time of day on the day that was said, or on the next day that has it."""

    def on(day: date) -> datetime:
        return instant(datetime.combine(day, at), now.tzinfo or UTC)

    today = now.date()
    match said:
        case []:
            return on(today) if on(today) > now else on(today + timedelta(days=1))
        case [Lexeme(kind="ahead") as ahead]:
            return on(today + timedelta(days=ahead.number))
        case [Lexeme(kind="day") as day]:
            soon = today + timedelta(days=(day.number - today.weekday()) % 7)
            return on(soon) if on(soon) > now else on(soon + timedelta(days=7))
        case [Lexeme(kind="day") as day, *rest]:
            found = _resolve(rest, at, now)
            if found.astimezone(now.tzinfo).weekday() != day.number:
                raise PhraseError("bad_day", day.text, day.position)
            return found
        case [Lexeme(kind="date") as written]:
            return on(date.fromordinal(written.number))
    return _in_month(said, on, now)


def _in_month(said: list[Lexeme], on: Callable[[date], datetime], now: datetime) -> datetime:
    """ "24 December", "December 24th", with or without a year; without, the next one to come."""
    match said:
        case [Lexeme(kind="number" | "ordinal") as day, Lexeme(kind="month") as month, *rest]:
            pass
        case [Lexeme(kind="month") as month, Lexeme(kind="number" | "ordinal") as day, *rest]:
            pass
        case _:
            raise wrong(said[0])
    years = range(now.year, now.year + _FAR_ENOUGH)
    if rest:
        if len(rest) > 1 or rest[0].kind != "number" or rest[0].number not in years:
            raise wrong(rest[0])
        years = range(rest[0].number, rest[0].number + 1)
    days = [_day(year, month.number, day.number) for year in years]
    found = [on(one) for one in days if one]
    if not found:
        first = min(day, month, key=lambda lexeme: lexeme.position)
        raise PhraseError("never_happens", f"{day.text} {month.text}", first.position)
    return next((one for one in found if one > now), found[-1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
