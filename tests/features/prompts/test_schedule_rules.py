"""Typed schedules, and what is posted, missed and moved: pure rules."""

import contextlib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.prompts.schedule_rules import (
    TOO_OLD,
    Unusable,
    Wish,
    build,
    following,
    judge,
    may_move_to,
    next_day,
    parse_jitter,
    parse_quiet,
    resumed_after,
    slots_until,
)
from scheduler.calendar import QuietHours, Schedule, Slot
from scheduler.errors import PhraseError
from scheduler.rules import Rule

TODAY = date(2026, 11, 23)
ZONES = st.sampled_from(["UTC", "Europe/Paris", "America/Sao_Paulo", "Asia/Kolkata"])
HOURS = st.lists(st.integers(0, 23), min_size=1, max_size=6, unique=True)
MOMENTS = st.datetimes(
    datetime.fromisoformat("2026-01-01"),
    datetime.fromisoformat("2027-12-31"),
    timezones=st.just(UTC),
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    hours = ",".join(map(str, sorted(draw(HOURS))))
    days = draw(st.sampled_from(["*", "1-5", "1,4"]))
    jitter = draw(st.sampled_from([0, 0, 20]))
    return Schedule(Rule((f"15 {hours} * * {days}",)), draw(ZONES), jitter)


@given(schedules(), MOMENTS, st.timedeltas(timedelta(), timedelta(days=4)))
def test_each_slot_is_posted_or_missed_exactly_once(
    schedule: Schedule, start: datetime, outage: timedelta
) -> None:
    slot = following(schedule, "1", start)
    assert slot
    now = slot.at + outage
    handled: list[Slot] = []
    current = slot
    while current.at <= now:
        verdict = judge(schedule, "1", current, current.at, now)
        handled += [*verdict.missed, *([current] if verdict.post else [])]
        after = following(schedule, "1", verdict.after)
        assert after
        current = after
    expected = [
        name for name, _ in slots_until(schedule, "1", slot, slot.at, now + timedelta.resolution)
    ]
    assert [one.name for one in handled] == expected


@given(schedules(), MOMENTS, st.timedeltas(timedelta(), timedelta(days=4)))
def test_an_outage_ends_with_posts_of_one_instant_at_most(
    schedule: Schedule, start: datetime, outage: timedelta
) -> None:
    slot = following(schedule, "1", start)
    assert slot
    now, current = slot.at + outage, slot
    posts: set[datetime] = set()
    while current.at <= now:
        verdict = judge(schedule, "1", current, current.at, now)
        posts |= {current.at} if verdict.post else set()
        assert not verdict.post or now - current.at <= TOO_OLD
        after = following(schedule, "1", verdict.after)
        assert after
        current = after
    assert len(posts) <= 1


@given(schedules(), MOMENTS)
def test_a_clock_set_back_does_not_bring_a_slot_again(schedule: Schedule, start: datetime) -> None:
    slot = following(schedule, "1", start)
    assert slot
    after = following(schedule, "1", resumed_after(slot, slot.at - timedelta(hours=3)))
    assert after
    assert after.name != slot.name
    assert after.at >= slot.at


@given(schedules(), MOMENTS)
def test_a_slot_moved_before_the_next_one_leaves_the_next_one_alone(
    schedule: Schedule, start: datetime
) -> None:
    slot = following(schedule, "1", start)
    assert slot
    after = following(schedule, "1", slot)
    assert after
    assert may_move_to(schedule, "1", slot, after.at - timedelta(minutes=1)) is None
    assert may_move_to(schedule, "1", slot, after.at) == after


@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=20), st.text(max_size=30))
def test_whatever_is_typed_is_a_schedule_or_a_known_error(
    when: str, jitter: str, quiet: str, zone: str
) -> None:
    with contextlib.suppress(PhraseError, Unusable):
        build(Wish(when, jitter, quiet, zone), "UTC", TODAY)


def test_the_words_of_a_schedule_become_its_rule() -> None:
    built = build(Wish("every weekday at 9:00", "15 min", "22h-7h", "lyon"), "UTC", TODAY)
    assert str(built).endswith("|Europe/Paris|15|22:00-07:00")


@pytest.mark.parametrize("cron", ["* * * * *", "0,30 9 * * *", "every day at 23:40 and 0:20"])
def test_more_often_than_once_an_hour_is_refused(cron: str) -> None:
    with pytest.raises(Unusable):
        build(Wish(cron), "UTC", TODAY)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("22:00-07:00", time(22), time(7)),
        ("22-7", time(22), time(7)),
        ("22h à 7h30", time(22), time(7, 30)),
        ("9 to 12", time(9), time(12)),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(typed: str, start: time, end: time) -> None:
    assert parse_quiet(typed) == QuietHours(start, end)


@pytest.mark.parametrize("typed", ["25-7", "22:00", "9-9", "always", "22:61-7", "９-１２:99"])
def test_impossible_quiet_hours_are_refused(typed: str) -> None:
    with pytest.raises(Unusable):
        parse_quiet(typed)


@pytest.mark.parametrize("typed", ["-1", "181", "soon", "1.5", "99999"])
def test_impossible_jitter_is_refused(typed: str) -> None:
    with pytest.raises(Unusable):
        parse_jitter(typed)


def test_the_next_day_keeps_the_local_time_over_a_change_of_clocks() -> None:
    saturday = datetime(2026, 3, 28, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
    sunday = next_day(saturday.astimezone(UTC), "Europe/Paris")
    assert sunday.astimezone(ZoneInfo("Europe/Paris")).hour == 9
