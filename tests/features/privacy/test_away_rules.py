"""How long somebody is away, in four languages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.privacy.away_rules import parse_away
from scheduler.errors import PhraseError

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 22, 20, tzinfo=PARIS)
"""A Sunday evening."""


def local(text: str, now: datetime = NOW) -> str:
    return parse_away(text, now).astimezone(PARIS).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    "text",
    [
        *("2 weeks", "in 2 weeks", "for two weeks", "the next 2 weeks", "14 days", "2w"),
        *("2 semaines", "deux semaines", "pendant deux semaines", "dans 2 semaines"),
        *("2 semanas", "dos semanas", "durante dos semanas", "en 2 semanas"),
        *("duas semanas", "por duas semanas", "em 2 semanas", " 2  SEMANAS "),
    ],
)
def test_two_weeks_are_two_weeks(text: str) -> None:
    assert local(text) == "2026-12-06 20:00"


@pytest.mark.parametrize(
    "text",
    [
        *("until 12 December", "12 December", "Dec 12", "2026-12-12", "until the 12th of december"),
        *("jusqu'au 12 décembre", "jusqu’au 12 décembre", "12 décembre"),
        *("hasta el 12 de diciembre", "12 de diciembre", "el 12 de diciembre"),
        *("até 12 de dezembro", "12 de dezembro", "até o dia 12 de dezembro"),
    ],
)
def test_until_a_day_ends_on_its_morning(text: str) -> None:
    assert local(text) == "2026-12-12 08:00"


@pytest.mark.parametrize(
    "text",
    [
        *("monday", "next monday", "until monday", "tomorrow"),
        *("lundi", "lundi prochain", "jusqu'à lundi", "demain", "jusqu'à demain"),
        *("lunes", "el próximo lunes", "hasta el lunes", "mañana", "el lunes que viene"),
        *("segunda-feira", "até segunda-feira", "próxima segunda", "amanhã", "segunda que vem"),
    ],
)
def test_a_day_is_the_next_one_of_that_name(text: str) -> None:
    assert local(text) == "2026-11-23 08:00"


@pytest.mark.parametrize("text", ["a month", "1 month", "un mois", "un mes", "um mês", "en un mes"])
def test_a_month_is_the_same_day_of_the_next(text: str) -> None:
    assert local(text) == "2026-12-22 20:00"


def test_a_month_from_a_long_one_ends_with_a_short_one() -> None:
    assert local("1 month", NOW.replace(year=2027, month=1, day=31)) == "2027-02-28 20:00"


def test_a_time_of_day_is_taken_at_its_word() -> None:
    assert local("until Friday 18:00") == "2026-11-27 18:00"


def test_a_day_that_is_over_this_year_is_meant_next_year() -> None:
    assert local("until 3 January") == "2027-01-03 08:00"


@pytest.mark.parametrize("text", ["2025-01-01", "1 january 2025", "yesterday", "hier", "0 days"])
def test_what_is_over_is_refused(text: str) -> None:
    with pytest.raises(PhraseError):
        parse_away(text, NOW)


@pytest.mark.parametrize(
    "text", ["", "hello", "31 February", "2 years", "12/12", "until", "1e9 weeks"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(PhraseError):
        parse_away(text, NOW)


WORDS = "until for next a 2 two weeks month hasta el lunes até o dia 12 december jusqu'au 18:00"


@given(st.text() | st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join))
def test_anything_typed_is_a_moment_to_come_or_an_error_of_ours(text: str) -> None:
    try:
        until = parse_away(text, NOW)
    except PhraseError:
        return
    assert until > NOW
    assert until < NOW + timedelta(days=366 * 10)
