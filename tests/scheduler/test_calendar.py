"""Every local slot exists exactly once, whatever the clocks of its zone do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import calendar
from scheduler.calendar import QuietHours, Schedule, Slot, instant, next_slot, slots
from scheduler.rules import Rule, RuleError
from tests.scheduler.strategies import ZONES, changes, near_changes, rules, times

DAY = timedelta(days=1)
NIGHT = QuietHours(time(22), time(7))
quiet_hours = st.none() | st.builds(QuietHours, times, times)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def named_days(schedule: Schedule, first: date, last: date, seed: str = "") -> list[Slot]:
    """The slots named by the local days from first to last."""
    start = datetime.combine(first, time(), UTC)
    end = datetime.combine(last, time(), UTC)
    return [
        slot
        for slot in slots(schedule, start - 3 * DAY, end + 4 * DAY, seed)
        if first.isoformat() <= slot.name[:10] <= last.isoformat()
    ]


def names(rule: Rule, first: date, last: date) -> list[str]:
    found = []
    for wall in rule.times(first):
        if wall.date() > last:
            break
        found.append(wall.isoformat(timespec="minutes"))
    return found


def shown(slot: Slot, zone: str) -> datetime:
    return slot.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def test_a_slot_is_named_by_its_local_time_and_given_its_instant() -> None:
    schedule = Schedule(Rule(("0 9 * * 1-5",)), "Europe/Paris")

    assert next_slot(schedule, at("2026-11-21T12:00")) == Slot(
        "2026-11-23T09:00", at("2026-11-23T08:00")
    )


def test_a_skipped_time_moves_to_the_first_instant_after_the_gap() -> None:
    schedule = Schedule(Rule(("30 2 * * *",)), "Europe/Paris")

    assert named_days(schedule, date(2026, 3, 29), date(2026, 3, 29)) == [
        Slot("2026-03-29T02:30", at("2026-03-29T01:00"))
    ]


def test_a_repeated_time_is_its_first_showing_only() -> None:
    schedule = Schedule(Rule(("30 2 * * *",)), "Europe/Paris")

    assert named_days(schedule, date(2026, 10, 25), date(2026, 10, 25)) == [
        Slot("2026-10-25T02:30", at("2026-10-25T00:30"))
    ]


def test_a_day_that_a_zone_skipped_has_its_slot_at_the_start_of_the_next() -> None:
    schedule = Schedule(Rule(("0 9 * * *",)), "Pacific/Apia")

    assert named_days(schedule, date(2011, 12, 30), date(2011, 12, 30)) == [
        Slot("2011-12-30T09:00", at("2011-12-30T10:00"))
    ]


def test_slots_that_share_an_instant_are_all_reached_one_from_the_other() -> None:
    schedule = Schedule(Rule(("*/30 * * * *",)), "Europe/Paris")
    before = Slot("2026-03-29T01:30", at("2026-03-29T00:30"))

    first = next_slot(schedule, before)
    second = next_slot(schedule, first or before)
    third = next_slot(schedule, second or before)

    gap_ends = at("2026-03-29T01:00")
    assert first == Slot("2026-03-29T02:00", gap_ends)
    assert second == Slot("2026-03-29T02:30", gap_ends)
    assert third == Slot("2026-03-29T03:00", gap_ends)


@pytest.mark.parametrize("letter", sorted({zone[0] for zone in ZONES}))
def test_each_slot_comes_once_and_in_order_at_every_change_of_every_zone(letter: str) -> None:
    rule = Rule(("*/30 0-4,23 * * *",))
    for zone in (zone for zone in ZONES if zone.startswith(letter)):
        for day in changes(zone, 2026):
            found = named_days(Schedule(rule, zone), day - DAY, day + DAY)
            assert [slot.name for slot in found] == names(rule, day - DAY, day + DAY), zone
            assert found == sorted(found, key=lambda slot: slot.at), zone


@given(rules, near_changes(), quiet_hours)
def test_no_slot_is_lost_doubled_or_out_of_order(
    rule: Rule, where: tuple[str, date], quiet: QuietHours | None
) -> None:
    zone, day = where
    found = named_days(Schedule(rule, zone, quiet=quiet), day - DAY, day + DAY)

    assert [slot.name for slot in found] == names(rule, day - DAY, day + DAY)
    assert found == sorted(found, key=lambda slot: slot.at)


@given(rules, near_changes())
def test_a_slot_is_when_the_clock_first_shows_its_name_or_has_just_skipped_it(
    rule: Rule, where: tuple[str, date]
) -> None:
    zone, day = where
    for slot in named_days(Schedule(rule, zone), day, day):
        wall = datetime.fromisoformat(slot.name)
        if shown(slot, zone) == wall:
            assert slot.at.astimezone(ZoneInfo(zone)).fold == 0
        else:
            just_before = slot._replace(at=slot.at - timedelta(seconds=1))
            assert shown(just_before, zone) < wall < shown(slot, zone)


@given(rules, near_changes(), quiet_hours, st.integers(0, 180), st.text(max_size=5))
def test_jitter_only_delays_and_keeps_the_day_the_order_and_the_quiet(
    rule: Rule, where: tuple[str, date], quiet: QuietHours | None, jitter: int, seed: str
) -> None:
    zone, day = where
    plain = named_days(Schedule(rule, zone, quiet=quiet), day, day)
    moved = named_days(Schedule(rule, zone, jitter, quiet), day, day, seed)

    assert [slot.name for slot in moved] == [slot.name for slot in plain]
    assert moved == sorted(moved, key=lambda slot: slot.at)
    for before, after in zip(plain, moved, strict=True):
        assert timedelta() <= after.at - before.at <= timedelta(minutes=jitter)
        assert shown(before, zone).date() == shown(after, zone).date()
        if before != after and quiet:
            assert shown(after, zone).time() not in quiet


@given(rules, near_changes(), st.integers(0, 60))
def test_stepping_from_slot_to_slot_meets_the_same_slots(
    rule: Rule, where: tuple[str, date], jitter: int
) -> None:
    zone, day = where
    schedule = Schedule(rule, zone, jitter)
    start = datetime.combine(day - DAY, time(), UTC)
    listed = list(slots(schedule, start, start + 2 * DAY, "7"))

    stepped: list[Slot] = []
    step = next_slot(schedule, start, "7")
    while step and step.at < start + 2 * DAY:
        stepped.append(step)
        step = next_slot(schedule, step, "7")

    assert stepped == listed


@given(rules, near_changes(), quiet_hours, st.integers(0, 60))
def test_a_slot_is_next_until_its_instant(
    rule: Rule, where: tuple[str, date], quiet: QuietHours | None, jitter: int
) -> None:
    zone, day = where
    schedule = Schedule(rule, zone, jitter, quiet)
    for slot in named_days(schedule, day, day)[-3:]:
        found = next_slot(schedule, slot.at - timedelta(seconds=1))
        assert found is not None
        assert found.at == slot.at


@given(near_changes(), times, times, times)
def test_no_slot_falls_into_the_quiet_hours(
    where: tuple[str, date], start: time, end: time, moment: time
) -> None:
    zone, day = where
    schedule = Schedule(
        Rule((f"{moment.minute} {moment.hour} * * *",)), zone, quiet=QuietHours(start, end)
    )

    for slot in named_days(schedule, day, day):
        assert shown(slot, zone).time() not in QuietHours(start, end)


def test_a_slot_in_the_quiet_hours_moves_to_their_end_and_keeps_its_name() -> None:
    schedule = Schedule(Rule(("30 22 * * *",)), "Europe/Paris", quiet=NIGHT)

    assert next_slot(schedule, at("2026-11-22T12:00")) == Slot(
        "2026-11-22T22:30", at("2026-11-23T06:00")
    )


def test_a_slot_that_was_moved_to_the_next_day_is_still_ahead_until_then() -> None:
    quieted = Schedule(Rule(("30 22 * * 7",)), "Europe/Paris", quiet=NIGHT)
    skipped = Schedule(Rule(("0 9 30 * *",)), "Pacific/Apia")

    assert next_slot(quieted, at("2026-11-23T05:59")) == Slot(
        "2026-11-22T22:30", at("2026-11-23T06:00")
    )
    assert next_slot(skipped, at("2011-12-30T09:59")) == Slot(
        "2011-12-30T09:00", at("2011-12-30T10:00")
    )


def test_a_schedule_tells_which_of_its_times_are_quieted() -> None:
    schedule = Schedule(Rule(("0 6,9,23 * * *",)), "Europe/Paris", quiet=NIGHT)

    assert schedule.quieted() == (time(6), time(23))


def test_jitter_is_the_same_every_time_and_differs_between_schedules() -> None:
    schedule = Schedule(Rule(("0 9 * * *",)), "Europe/Paris", jitter=60)
    after = at("2026-11-22T12:00")

    drawn = {seed: next_slot(schedule, after, seed) for seed in "abcdefgh"}

    assert drawn == {seed: next_slot(schedule, after, seed) for seed in "abcdefgh"}
    assert len(set(drawn.values())) > 4


def test_jitter_never_reaches_the_next_slot() -> None:
    schedule = Schedule(Rule(("*/15 9-16 * * *",)), "UTC", jitter=180)

    found = named_days(schedule, date(2026, 11, 22), date(2026, 11, 22))

    assert all(one.at < two.at for one, two in pairwise(found))
    assert all(one.at < datetime.fromisoformat(f"{two.name}Z") for one, two in pairwise(found))


def test_a_slot_that_jitter_has_delayed_is_still_ahead_before_its_delayed_instant() -> None:
    schedule = Schedule(Rule(("0 9 * * *",)), "UTC", jitter=60)
    slot = next_slot(schedule, at("2026-11-22T08:59"), "a")
    assert slot is not None
    assert slot.at > at("2026-11-22T09:00")

    assert next_slot(schedule, slot.at - timedelta(seconds=1), "a") == slot


def test_ten_thousand_schedules_alike_cost_one_computation() -> None:
    texts = ["17 9 * * 1-5|Europe/Paris|0|"] * 10_000
    known = calendar._slots_of_day.cache_info().misses

    found = {next_slot(Schedule.parse(text), at("2026-11-22T12:00")) for text in texts}

    assert len(found) == 1
    assert calendar._slots_of_day.cache_info().misses - known <= 3


@given(rules, st.sampled_from(ZONES), st.integers(0, 180), quiet_hours)
def test_a_schedule_comes_back_from_its_text(
    rule: Rule, zone: str, jitter: int, quiet: QuietHours | None
) -> None:
    schedule = Schedule(rule, zone, jitter, quiet)

    assert Schedule.parse(str(schedule)) == schedule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0 9 * * *",
        "0 9 * * *|Europe/Paris|0|22:00",
        "0 9 * * *|Europe/Paris|x|",
        "0 9 * * *|Europe/Paris|-1|",
        "0 9 * * *|Europe/Paris|999|",
        "0 9 * * *|Atlantis|0|",
        "0 9 * * *|../etc|0|",
        "0 9 31 2 *|Europe/Paris|0|",
        "0 9 * * *|Europe/Paris|٣|",
    ],
)
def test_a_text_that_is_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(RuleError):
        Schedule.parse(text)


def test_a_schedule_says_nothing_more_once_its_years_are_over() -> None:
    schedule = Schedule(Rule(("0 9 * * *",)), "UTC")

    assert next_slot(schedule, at("9999-12-31T12:00")) is None


def test_an_instant_of_a_skipped_time_is_the_end_of_the_gap() -> None:
    wall = datetime.fromisoformat("2026-03-08T02:59")

    assert instant(wall, ZoneInfo("America/New_York")) == at("2026-03-08T07:00")
