"""Making sense of lexemes by their neighbours, the same for rules and for single moments."""

from dataclasses import replace
from datetime import time
from itertools import zip_longest

from scheduler.errors import PhraseError
from scheduler.lexer import Lexeme, lex
from scheduler.words import Kind, Value

# Portuguese feminine ordinals that are weekdays too: "segunda terça do mês", the second Tuesday.
_ORDINAL_DAYS = {"segunda": 2, "quarta": 4, "quinta": 5}
_QUARTER = "cuarto"  # Spanish: a quarter past the hour, or the fourth
_NOON = 12 * 60


def read(text: str) -> list[Lexeme]:
    """The lexemes of a text with hours, parts of the day, ranges and ordinals made out."""
    lexemes = lex(text)
    for step in (_ordinals, _hours, _parts_of_day, _ranges):
        lexemes = step(lexemes)
    return [lexeme for lexeme in lexemes if lexeme.kind not in {"at", "at_or_to", "and"}]


def moment(lexeme: Lexeme) -> time:
    """The time of day of a lexeme of kind time."""
    return time(*divmod(lexeme.number, 60))


def wrong(lexeme: Lexeme) -> PhraseError:
    """The error for a lexeme that makes no sense where it stands."""
    return PhraseError("not_understood", lexeme.text, lexeme.position)


def _as(lexeme: Lexeme, kind: Kind, value: Value) -> Lexeme:
    return replace(lexeme, kind=kind, value=value)


def _ordinals(lexemes: list[Lexeme]) -> list[Lexeme]:
    if not any(lexeme.value == "m" for lexeme in lexemes):
        return lexemes
    read: list[Lexeme] = []
    for lexeme, following in zip_longest(lexemes, lexemes[1:]):
        word = lexeme.text.casefold()
        if word in _ORDINAL_DAYS and following and following.kind == "day":
            lexeme = _as(lexeme, "ordinal", _ORDINAL_DAYS[word])
        elif word.endswith(_QUARTER) and not (read and read[-1].kind in {"time", "number"}):
            lexeme = _as(lexeme, "ordinal", 4)
        read.append(lexeme)
    return read


def _hours(lexemes: list[Lexeme]) -> list[Lexeme]:
    """A bare number is an hour after "at", before "in the evening", and after a time and "and"."""
    read: list[Lexeme] = []
    for lexeme, following in zip_longest(lexemes, lexemes[1:]):
        after = following.kind if following else None
        if lexeme.kind == "number" and (after in {"half", "plus"} or _at_hour(read, after)):
            lexeme = _hour(lexeme)
        read.append(lexeme)
    return read


def _at_hour(before: list[Lexeme], after: Kind | None) -> bool:
    kinds = [lexeme.kind for lexeme in before[-2:]]
    at = kinds[-1:] in (["at"], ["at_or_to"]) or kinds == ["time", "and"]
    return at and after not in {"month", "unit"}


def _hour(lexeme: Lexeme) -> Lexeme:
    if lexeme.number > 23:
        raise PhraseError("bad_time", lexeme.text, lexeme.position)
    return _as(lexeme, "time", lexeme.number * 60)


def _parts_of_day(lexemes: list[Lexeme]) -> list[Lexeme]:
    """ "8 in the evening" and "every evening at 8" are 20:00; "half past" adds its minutes."""
    read: list[Lexeme] = []
    waiting: Lexeme | None = None
    for lexeme in lexemes:
        last = read[-1].kind if read else None
        if lexeme.kind in {"half", "plus"} and last == "time":
            read.append(_moved(read.pop(), lexeme))
        elif lexeme.kind == "half" and waiting is None:
            waiting = lexeme
            read += [_as(lexeme, "unit", "d")] if last == "every" else []
        elif lexeme.kind in {"half", "plus"}:
            raise wrong(lexeme)
        elif lexeme.kind == "time" and waiting:
            read.append(_moved(lexeme, waiting))
            waiting = None
        else:
            read.append(lexeme)
    if waiting:
        raise wrong(waiting)
    return read


def _moved(said: Lexeme, by: Lexeme) -> Lexeme:
    minutes = said.number
    hour = minutes // 60
    if by.kind == "plus":
        minutes += by.number
    elif by.value != "am" and 1 <= hour < 12:
        minutes += _NOON if by.value == "pm" or hour >= 6 else 0
    elif hour == 12 and by.value != "pm":
        minutes -= _NOON
    return _as(said, "time", minutes)


def _ranges(lexemes: list[Lexeme]) -> list[Lexeme]:
    """ "Monday to Friday" is five days; a range may pass the end of the week."""
    read: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind == "day" and [one.kind for one in read[-2:]] in (
            ["day", "to"],
            ["day", "at_or_to"],
        ):
            first = read[-2].number
            count = (lexeme.number - first) % 7 + 1
            read[-2:] = [_as(read[-2], "days", tuple((first + n) % 7 for n in range(count)))]
        else:
            read.append(lexeme)
    return read
