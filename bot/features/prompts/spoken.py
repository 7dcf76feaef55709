"""A rule in the reader's words."""

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.commands import N_
from bot.i18n import Words
from bot.text import Part
from scheduler.recurrence import Recurrence, describe
from scheduler.rules import Rule

_WEEKDAYS, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_NTH = {
    1: N_("first"),
    2: N_("second"),
    3: N_("third"),
    4: N_("fourth"),
    5: N_("fifth"),
    -1: N_("last"),
}
_ANY_DAY = date(2026, 1, 15)


def spoken(words: Words, rule: Rule) -> str:
    """ "every weekday at 9:00"."""
    said = describe(rule)
    parts: dict[str, Part] = {
        "times": words.listing([time_of_day(words, moment) for moment in said.times]),
        "count": words.number(said.stride.count) if said.stride else "",
        "days": _days(words, said),
        "lines": ", ".join(said.lines),
    }
    return str(_sentence(words, said, parts))


def sentence(text: str) -> str:
    """With a capital letter, to begin a line."""
    return text[:1].upper() + text[1:]


def time_of_day(words: Words, moment: time) -> str:
    """A time of day as people write it."""
    return words.time(datetime.combine(_ANY_DAY, moment, words.zone))


def _sentence(words: Words, said: Recurrence, parts: dict[str, Part]) -> object:
    match said.kind:
        case "daily" if said.stride:
            return words.say("every {count} days at {times}", **parts)
        case "daily":
            return words.say("every day at {times}", **parts)
        case "weekly" if said.stride:
            return words.say("every {count} weeks on {days} at {times}", **parts)
        case "weekly" if said.weekdays == _WEEKDAYS:
            return words.say("every weekday at {times}", **parts)
        case "weekly" if said.weekdays == _WEEKEND:
            return words.say("Saturdays and Sundays at {times}", **parts)
        case "weekly":
            return words.say("every {days} at {times}", **parts)
        case "monthly" if said.days == (-1,):
            return words.say("on the last day of each month at {times}", **parts)
        case "monthly":
            return words.say("on day {days} of each month at {times}", **parts)
        case "monthly_weekday":
            nth = words.listing([words.plain(_NTH[n]) for n in said.nth])
            return words.say("on the {nth} {days} of each month at {times}", nth=nth, **parts)
        case "yearly":
            return words.say("every year on {days} at {times}", **parts)
    return words.say("by the cron line {lines}", **parts)


def _days(words: Words, said: Recurrence) -> str:
    if said.kind == "monthly":
        return words.listing([_day_of_month(words, day) for day in said.days])
    if said.kind == "yearly":
        return _day_of_year(words, said.month, said.days)
    names = words.weekdays()
    return words.listing([names[day] for day in said.weekdays])


def _day_of_month(words: Words, day: int) -> str:
    return words.plain(_NTH[-1]) if day < 0 else words.number(day)


def _day_of_year(words: Words, month: int, days: Sequence[int]) -> str:
    from babel.dates import format_skeleton

    return format_skeleton("MMMMd", date(2024, month, days[0]), locale=words.language)
