"""What people type for a rule, in words of four languages or as a cron line.

`parse_rule("every weekday at 9:00", today)`, "tous les lundis à 9h", "lun, jue 18:30",
"segundas e quintas às 18h30", "first Monday of the month 10:00", "every 2 weeks on Friday 17:00",
"0 9 * * 1-5". What is not understood raises PhraseError, whose code the catalogues word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from scheduler.errors import PhraseError
from scheduler.lexer import LONGEST, Lexeme
from scheduler.reading import moment, read, wrong
from scheduler.recurrence import Recurrence
from scheduler.rules import LONGEST_STRIDE, Rule, RuleError, Stride

_CRON_FIGURES = re.compile(r"[0-9*,/-]+")
_CRON_FIELD = re.compile(r"[0-9*,/#A-Za-z-]+")


def parse_rule(text: str, today: date) -> Rule:
    """The rule somebody typed. `today`, the local date, is where "every 2 weeks" counts from.

    Raises PhraseError and nothing else.
    """
    if len(text) > LONGEST:
        raise PhraseError("too_long", text[:LONGEST])
    if _looks_like_cron(text):
        return _cron(text.strip())
    said = _Said()
    for lexeme in read(text):
        said.take(lexeme)
    try:
        return said.recurrence(today).rule()
    except RuleError as error:
        if error.code == "never_happens":
            raise PhraseError("never_happens", said.day_as_typed(), said.day_position()) from error
        raise PhraseError("bad_number", text.strip()) from error


def _looks_like_cron(text: str) -> bool:
    fields = text.split()
    return (
        len(fields) > 2
        and all(_CRON_FIELD.fullmatch(one) for one in fields)
        and all(_CRON_FIGURES.fullmatch(one) for one in fields[:2])
        and ("*" in text or len(fields) == 5)
    )


def _cron(text: str) -> Rule:
    try:
        return Rule((text,))
    except RuleError as error:
        never = error.code == "never_happens"
        raise PhraseError("never_happens" if never else "bad_cron", text) from error


@dataclass
class _Said:
    """What was said so far, sorted by what it means."""

    times: list[time] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    numbers: list[Lexeme] = field(default_factory=list)
    ordinals: list[Lexeme] = field(default_factory=list)
    units: set[str] = field(default_factory=set)
    month: Lexeme | None = None
    anchor: date | None = None
    every: bool = False
    step: Lexeme | None = None
    step_unit: str = ""
    last: Lexeme | None = None

    def take(self, lexeme: Lexeme) -> None:
        """Sort in one lexeme; PhraseError where it makes no sense."""
        match lexeme.kind:
            case "time":
                self.times.append(moment(lexeme))
            case "day":
                self.weekdays.add(lexeme.number)
            case "days" if isinstance(lexeme.value, tuple):
                self.weekdays.update(lexeme.value)
            case "number":
                self.numbers.append(lexeme)
            case "ordinal":
                self.ordinals.append(lexeme)
            case "unit":
                self._take_unit(lexeme)
            case "stride":
                self._take_step(lexeme, "")
            case "month" if self.month is None:
                self.month = lexeme
            case "date" if self.anchor is None:
                self.anchor = date.fromordinal(lexeme.number)
            case "every":
                self.every = True
            case "from" | "to":
                pass
            case _:
                raise wrong(lexeme)
        self.last = lexeme

    def _take_unit(self, lexeme: Lexeme) -> None:
        unit = str(lexeme.value)
        before = self.last
        if before and before.kind == "number":
            if unit in LONGEST_STRIDE:
                self._take_step(self.numbers.pop(), unit)
            elif before.end + 1 >= lexeme.position:  # "every 2 months"
                raise wrong(before)
        self.units.add(unit)

    def _take_step(self, lexeme: Lexeme, unit: str) -> None:
        if self.step is not None:
            raise wrong(lexeme)
        self.step, self.step_unit = lexeme, unit

    def recurrence(self, today: date) -> Recurrence:
        """The whole of it; PhraseError where a part is missing or contradicts another."""
        self._settle()
        kind = self._shape()
        times = tuple(sorted(set(self.times)))
        if not times:
            raise PhraseError("no_time")
        stride = self._stride(kind.kind, today)
        return Recurrence(kind.kind, times, kind.weekdays, kind.days, kind.nth, kind.month, stride)

    def _settle(self) -> None:
        """Give the lexemes with two readings one: "every second Friday", "Mondays 9"."""
        monthly = self.month or "m" in self.units or "y" in self.units
        if self.every and not monthly and [n.number > 1 for n in self.ordinals] == [True]:
            self._take_step(self.ordinals.pop(), "w" if self.weekdays else "")
        if monthly:
            self.ordinals += self.numbers
        elif len(self.numbers) == 1 and not self.times and self.numbers[0].number < 24:
            self.times.append(time(self.numbers[0].number))
        elif self.numbers:
            raise wrong(self.numbers[0])

    def _shape(self) -> Recurrence:
        """The days, without times or stride."""
        if self.month:
            return self._yearly(self.month)
        if self.ordinals:
            return self._monthly()
        if self.weekdays:
            everyday = len(self.weekdays) == 7
            return Recurrence("daily") if everyday else Recurrence("weekly", (), self._weekdays())
        if self.units != {"d"}:
            raise PhraseError("no_day" if self.times else "no_time")
        return Recurrence("daily")

    def _weekdays(self) -> tuple[int, ...]:
        return tuple(sorted(self.weekdays))

    def _yearly(self, month: Lexeme) -> Recurrence:
        if self.weekdays:
            raise wrong(month)
        if not self.ordinals:
            raise PhraseError("no_day", month.text, month.position)
        if len(self.ordinals) > 1:
            raise wrong(self.ordinals[1])
        return Recurrence("yearly", days=self._counted(range(1, 32)), month=month.number)

    def _monthly(self) -> Recurrence:
        if self.weekdays:
            return Recurrence(
                "monthly_weekday", weekdays=self._weekdays(), nth=self._counted([*range(1, 6), -1])
            )
        if not self.units & {"m", "d"}:
            raise wrong(self.ordinals[0])
        return Recurrence("monthly", days=self._counted([*range(1, 32), -1]))

    def _counted(self, allowed: Iterable[int]) -> tuple[int, ...]:
        possible = set(allowed)
        for lexeme in self.ordinals:
            if lexeme.number not in possible:
                raise PhraseError("bad_day", lexeme.text, lexeme.position)
        numbers = {lexeme.number for lexeme in self.ordinals}
        return tuple(sorted(numbers, key=lambda n: n if n > 0 else 99))

    def _stride(self, kind: str, today: date) -> Stride | None:
        if self.step is None:
            return None
        unit = {"daily": "d", "weekly": "w"}.get(kind)
        if unit is None or self.step_unit not in {"", unit}:
            raise wrong(self.step)
        count = self.step.number
        if not 1 <= count <= LONGEST_STRIDE[unit]:
            raise PhraseError("bad_number", self.step.text, self.step.position)
        first = self.anchor or today
        if count == 1:
            return None
        if unit == "d":
            return Stride(count, "d", first)
        return Stride(count, "w", self._first_weekday(first))

    def _first_weekday(self, day: date) -> date:
        """The first of the weekdays from this day on: the first week that counts is its week."""
        return day + timedelta(days=min((weekday - day.weekday()) % 7 for weekday in self.weekdays))

    def day_as_typed(self) -> str:
        """The day and month as typed, for an error about them."""
        parts = sorted(self._day_lexemes(), key=lambda lexeme: lexeme.position)
        return " ".join(lexeme.text for lexeme in parts)

    def day_position(self) -> int:
        """Where the day or month begins in the text."""
        return min((lexeme.position for lexeme in self._day_lexemes()), default=0)

    def _day_lexemes(self) -> list[Lexeme]:
        return [*self.ordinals, *([self.month] if self.month else [])]
