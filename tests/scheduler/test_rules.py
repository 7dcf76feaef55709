"""Rules in local time: cron lines, strides, and what they say in parts."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.recurrence import Recurrence, describe
from scheduler.rules import Rule, RuleError, Stride
from tests.scheduler.strategies import recurrences, rules, some_times, weekdays

START = date(2026, 2, 1)


def first_month(rule: Rule) -> list[datetime]:
    return list(takewhile(lambda wall: wall.month == START.month, rule.times(START)))


@given(weekdays, some_times)
def test_a_weekly_rule_comes_at_its_times_on_its_weekdays_and_never_else(
    days: tuple[int, ...], moments: tuple[time, ...]
) -> None:
    month = [START + timedelta(days=n) for n in range(28)]
    expected = [datetime.combine(d, t) for d in month if d.weekday() in days for t in moments]

    assert first_month(Recurrence("weekly", moments, days).rule()) == expected


def test_every_two_weeks_counts_weeks_from_its_anchor() -> None:
    rule = Rule(("0 17 * * 1,5",), Stride(2, "w", date(2026, 2, 6)))

    assert [wall.day for wall in first_month(rule)] == [6, 16, 20]


def test_a_stride_does_not_begin_before_its_anchor() -> None:
    rule = Rule(("0 9 * * *",), Stride(3, "d", date(2026, 3, 1)))

    assert next(rule.times(START)).date() == date(2026, 3, 1)


def test_a_time_that_two_lines_share_comes_once() -> None:
    rule = Rule(("0 9 * * *", "0 9 * * 1", "0 10 * * 1"))

    assert len(first_month(rule)) == 28 + 4


@given(rules)
def test_a_rule_comes_back_from_its_text(rule: Rule) -> None:
    assert Rule.parse(str(rule)) == rule


@given(recurrences)
def test_a_recurrence_comes_back_from_its_rule(recurrence: Recurrence) -> None:
    assert describe(recurrence.rule()) == recurrence


@given(rules)
def test_what_a_rule_is_described_as_comes_at_the_same_times(rule: Rule) -> None:
    described = describe(rule).rule()

    assert list(islice(described.times(START), 50)) == list(islice(rule.times(START), 50))


@pytest.mark.parametrize(
    "line",
    ["0 9 31 2 *", "0 9 30 2 *", "0 9 31 4,6,9,11 *", "0 0 31 2 */2"],
)
def test_a_date_that_no_year_has_never_happens(line: str) -> None:
    with pytest.raises(RuleError) as refused:
        Rule((line,))

    assert refused.value.code == "never_happens"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "0 9 * *",
        "0 0 9 * * *",
        "60 9 * * *",
        "0 24 * * *",
        "0 9 0 * *",
        "0 9 32 * *",
        "0 9 * 13 *",
        "0 9 * * 8",
        "0 9 * * 1#6",
        "0 9 * * 1#1/2",
        "0 9 5-1 * *",
        "*/0 9 * * *",
        "0 9 * * " + "1," * 60,
        "٣ 9 * * *",
        "0 9 L/2-x * *",
        "0 " + "9" * 80 + " * * *",
    ],
)
def test_what_is_no_cron_line_is_refused(line: str) -> None:
    with pytest.raises(RuleError) as refused:
        Rule((line,))

    assert refused.value.code == "bad_rule"


@given(st.text(alphabet="0123456789*,-/#LWSUNMON ;every", max_size=40))
def test_any_text_is_a_rule_or_a_rule_error(text: str) -> None:
    with suppress(RuleError):
        assert Rule.parse(str(Rule.parse(text))) == Rule.parse(text)


@pytest.mark.parametrize("count", [0, 1, 53])
def test_a_stride_of_no_or_too_many_weeks_is_refused(count: int) -> None:
    with pytest.raises(RuleError):
        Stride(count, "w", START)


def test_twenty_times_a_day_are_said_as_cron() -> None:
    assert describe(Rule(("*/30 8-18 * * *",))).kind == "cron"
