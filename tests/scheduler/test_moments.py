"""Single moments and lengths of time, as people type them."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import PhraseError
from scheduler.moments import parse_duration, parse_moment
from scheduler.words import entries
from tests.scheduler.strategies import near_changes, times

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))  # a Thursday

MOMENTS = {
    "tomorrow 18:00": "2026-11-27T18:00",
    "2026-12-24 18:00": "2026-12-24T18:00",
    "2026-12-24T18:00": "2026-12-24T18:00",
    "friday 9am": "2026-11-27T09:00",
    "next friday at 9": "2026-11-27T09:00",
    "thursday 9:00": "2026-12-03T09:00",
    "thursday 11:00": "2026-11-26T11:00",
    "9:00": "2026-11-27T09:00",
    "today 11:00": "2026-11-26T11:00",
    "tonight at 8": "2026-11-26T20:00",
    "24 Dec 18:00": "2026-12-24T18:00",
    "January 5th 9am": "2027-01-05T09:00",
    "29 feb 9:00": "2028-02-29T09:00",
    "24 December 2027 at 6pm": "2027-12-24T18:00",
    "friday 27 november 9:00": "2026-11-27T09:00",
    "demain à 18h": "2026-11-27T18:00",
    "après-demain à 9h": "2026-11-28T09:00",
    "mañana a las 9 de la mañana": "2026-11-27T09:00",
    "pasado mañana a las 9": "2026-11-28T09:00",
    "amanhã às 9h30": "2026-11-27T09:30",
    "in 2 hours": "2026-11-26T12:00",
    "dans 30 min": "2026-11-26T10:30",
    "dentro de 1 hora": "2026-11-26T11:00",
    "daqui a uma hora": "2026-11-26T11:00",
    "2027-03-28 02:30": "2027-03-28T03:00",
}
NO_MOMENTS = {
    "": ("empty", "", 0),
    "y" * 300: ("too_long", "y" * 200, 0),
    "today 9:00": ("past", "today 9:00", 0),
    "2020-01-01 9:00": ("past", "2020-01-01 9:00", 0),
    "tomorrow": ("no_time", "", 0),
    "tomorrow 25:00": ("bad_time", "25:00", 9),
    "2026-02-30 9:00": ("bad_day", "2026-02-30", 0),
    "31 February 9:00": ("never_happens", "31 February", 0),
    "friday 28 november 9:00": ("bad_day", "friday", 0),
    "9:00 and 10:00": ("not_understood", "10:00", 9),
    "every day 9:00": ("not_understood", "day", 6),
    "in 5 parsecs": ("not_understood", "parsecs", 5),
    "in 0 hours": ("bad_number", "0 hours", 3),
}
DURATIONS = {
    "2h": timedelta(hours=2),
    "1h30": timedelta(hours=1, minutes=30),
    "1.5 hours": timedelta(hours=1, minutes=30),
    "3 days": timedelta(days=3),
    "30 min": timedelta(minutes=30),
    "2 semaines": timedelta(weeks=2),
    "2 horas y 15 minutos": timedelta(hours=2, minutes=15),
    "um dia e 2 horas": timedelta(days=1, hours=2),
    "a week": timedelta(weeks=1),
    "90s": timedelta(seconds=90),
}
NO_DURATIONS = {
    "": ("empty", "", 0),
    "z" * 300: ("too_long", "z" * 200, 0),
    "0 min": ("bad_number", "0 min", 0),
    "400 days": ("bad_number", "400 days", 0),
    "5": ("not_understood", "5", 0),
    "2h 5 x": ("not_understood", "x", 5),
    "soon": ("not_understood", "soon", 0),
    "-2h": ("not_understood", "-2h", 0),
}


@pytest.mark.parametrize(("text", "local"), MOMENTS.items())
def test_a_moment_is_understood(text: str, local: str) -> None:
    assert parse_moment(text, NOW).astimezone(NOW.tzinfo).isoformat()[:16] == local


@pytest.mark.parametrize(("text", "reason"), NO_MOMENTS.items())
def test_a_moment_is_refused_with_reason_culprit_and_place(
    text: str, reason: tuple[str, str, int]
) -> None:
    with pytest.raises(PhraseError) as refused:
        parse_moment(text, NOW)

    assert (refused.value.code, refused.value.detail, refused.value.position) == reason


@pytest.mark.parametrize(("text", "length"), DURATIONS.items())
def test_a_length_of_time_is_understood(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(("text", "reason"), NO_DURATIONS.items())
def test_a_length_of_time_is_refused_with_reason_culprit_and_place(
    text: str, reason: tuple[str, str, int]
) -> None:
    with pytest.raises(PhraseError) as refused:
        parse_duration(text)

    assert (refused.value.code, refused.value.detail, refused.value.position) == reason


@given(near_changes(), times)
def test_a_time_alone_is_within_the_next_two_days_and_later_than_now(
    where: tuple[str, date], moment: time
) -> None:
    zone, day = where
    now = datetime.combine(day, time(12), ZoneInfo(zone))

    found = parse_moment(f"{moment:%H:%M}", now)

    assert found.tzinfo is UTC
    assert timedelta() < found - now.astimezone(UTC) <= timedelta(days=2)


_words = st.lists(
    st.sampled_from(
        [phrase for phrase, _, _ in entries()] + ["9", "18:30", "2h", "31", "2026-12-04", "in", "5"]
    ),
    max_size=6,
)


@given(st.one_of(st.text(max_size=60), _words.map(" ".join)))
def test_any_text_is_a_moment_or_a_phrase_error(text: str) -> None:
    with suppress(PhraseError):
        assert parse_moment(text, NOW) > NOW


@given(st.one_of(st.text(max_size=60), st.text(alphabet="0123456789hdm .,", max_size=20)))
def test_any_text_is_a_length_of_time_or_a_phrase_error(text: str) -> None:
    with suppress(PhraseError):
        assert timedelta() < parse_duration(text) <= timedelta(days=366)
