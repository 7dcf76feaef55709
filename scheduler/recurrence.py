"""A rule in parts that can be put into words, and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import product
from typing import Literal

from cronsim import CronSim

from scheduler.rules import Rule, Stride, cron

MOST_TIMES = 12
MOST_DAYS = 5
_LAST = CronSim.LAST
_ANY_DAY = set(range(1, 32))
_ANY_MONTH = set(range(1, 13))
_ANY_WEEKDAY = set(range(8))

Kind = Literal["daily", "weekly", "monthly", "monthly_weekday", "yearly", "cron"]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What a rule says, for a view to word. Which fields count depends on `kind`:

    daily            times; stride ("every 3 days")
    weekly           weekdays (0 Monday), times; stride ("every 2 weeks")
    monthly          days (of the month, -1 the last), times
    monthly_weekday  nth (1 to 5, -1 the last) and weekdays, times
    yearly           days (one) and month, times
    cron             lines: nothing simpler can be said; stride
    """

    kind: Kind
    times: tuple[time, ...] = ()
    weekdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    month: int = 0
    stride: Stride | None = None
    lines: tuple[str, ...] = ()

    def rule(self) -> Rule:
        """The rule that says this. Raises RuleError where it never happens."""
        if self.kind == "cron":
            return Rule(self.lines, self.stride)
        hours: dict[int, list[int]] = {}
        for moment in sorted(self.times):
            hours.setdefault(moment.minute, []).append(moment.hour)
        days = self._day_fields()
        lines = (f"{minute} {_list(hours[minute])} {days}" for minute in sorted(hours))
        return Rule(tuple(lines), self.stride)

    def _day_fields(self) -> str:
        if self.kind == "weekly":
            return f"* * {_list(day + 1 for day in self.weekdays)}"
        if self.kind == "monthly":
            return f"{','.join('L' if day < 0 else str(day) for day in self.days)} * *"
        if self.kind == "monthly_weekday":
            pairs = product(self.weekdays, self.nth)
            return f"* * {','.join(f'{d + 1}L' if n < 0 else f'{d + 1}#{n}' for d, n in pairs)}"
        if self.kind == "yearly":
            return f"{self.days[0]} {self.month} *"
        return "* * *"


def describe(rule: Rule) -> Recurrence:
    """The parts of a rule. `describe(rule).rule()` comes at the same times as the rule."""
    parsed = [cron(line) for line in rule.lines]
    first = parsed[0]
    days = _days(first)
    moments = {(h, m) for one in parsed for h in one.hours for m in one.minutes}
    unlike = any(_key(one) != _key(first) for one in parsed)
    if days is None or unlike or len(moments) > MOST_TIMES or not _fits(days, rule.stride):
        return Recurrence("cron", lines=rule.lines, stride=rule.stride)
    times = tuple(time(hour, minute) for hour, minute in sorted(moments))
    return Recurrence(days.kind, times, days.weekdays, days.days, days.nth, days.month, rule.stride)


def _key(one: CronSim) -> tuple[object, ...]:
    return one.days, one.months, one.weekdays, one.day_and


def _fits(days: Recurrence, stride: Stride | None) -> bool:
    return stride is None or (days.kind, stride.unit) in {("daily", "d"), ("weekly", "w")}


def _days(one: CronSim) -> Recurrence | None:
    """The day fields of a cron line in parts, or None where they are none of the simple kinds."""
    any_day, any_weekday = one.days == _ANY_DAY, one.weekdays >= _ANY_WEEKDAY
    if any_day and not any_weekday and one.months == _ANY_MONTH:
        return _weekdays(one.weekdays)
    if not any_weekday:
        return None
    if any_day:
        return Recurrence("daily") if one.months == _ANY_MONTH else None
    days = tuple(sorted((-1 if day == _LAST else day for day in one.days), key=_last_at_end))
    if CronSim.LAST_WEEKDAY in days or len(days) > MOST_DAYS:
        return None
    if one.months == _ANY_MONTH:
        return Recurrence("monthly", days=days)
    if len(one.months) == 1 and len(days) == 1 and days[0] > 0:
        return Recurrence("yearly", days=days, month=min(one.months))
    return None


def _weekdays(said: Iterable[int | tuple[int, int]]) -> Recurrence | None:
    plain = {(day - 1) % 7 for day in said if isinstance(day, int)}
    counted = {
        ((pair[0] - 1) % 7, -1 if pair[1] == _LAST else pair[1])
        for pair in said
        if isinstance(pair, tuple)
    }
    if not counted:
        return Recurrence("daily") if len(plain) == 7 else Recurrence("weekly", weekdays=_up(plain))
    weekdays = {day for day, _ in counted}
    nth = tuple(sorted({n for _, n in counted}, key=_last_at_end))
    if plain or counted != set(product(weekdays, nth)):
        return None
    return Recurrence("monthly_weekday", weekdays=_up(weekdays), nth=nth)


def _up(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(numbers))


def _last_at_end(number: int) -> int:
    return number if number > 0 else 99


def _list(numbers: Iterable[int]) -> str:
    return ",".join(str(number) for number in numbers)
