"""Clocks that stand still, run fast, and never run back."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.clock import SystemClock, TimeLapseClock, VirtualClock

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Stopwatch:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_the_system_clock_says_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_the_system_clock_has_nothing_to_wait_for_in_the_past() -> None:
    assert SystemClock().wait(START - 10_000 * HOUR) == 0


def test_a_virtual_clock_moves_only_when_told() -> None:
    clock = VirtualClock(START)

    assert clock.now() == START
    assert clock.advance(HOUR) == clock.now() == START + HOUR


def test_a_virtual_clock_may_be_set_back() -> None:
    clock = VirtualClock(START)
    clock.set(START - HOUR)

    assert clock.now() == START - HOUR


def test_waiting_for_a_virtual_clock_alone_never_ends() -> None:
    clock = VirtualClock(START)

    assert (clock.wait(START), clock.wait(START + HOUR)) == (0, math.inf)


def test_a_time_lapse_shows_an_hour_in_a_minute_at_speed_sixty() -> None:
    watch = Stopwatch()
    clock = TimeLapseClock(START, 60, watch)
    watch.seconds += 60

    assert clock.now() == START + HOUR


def test_a_time_lapse_waits_the_real_seconds_that_are_left() -> None:
    clock = TimeLapseClock(START, 60, Stopwatch())

    assert clock.wait(START + HOUR) == 60


def test_a_halted_time_lapse_waits_for_ever() -> None:
    assert TimeLapseClock(START, 0, Stopwatch()).wait(START + HOUR) == math.inf


def test_a_leap_goes_straight_to_a_later_time() -> None:
    clock = TimeLapseClock(START, 1, Stopwatch())
    clock.leap(HOUR)

    assert clock.now() == START + HOUR


def test_a_leap_back_is_refused() -> None:
    with pytest.raises(ValueError, match="never goes back"):
        TimeLapseClock(START).leap(-HOUR)


@pytest.mark.parametrize("speed", [-1, math.nan, math.inf, 2_000_000])
def test_an_impossible_speed_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        TimeLapseClock(START).set_speed(speed)


@given(st.lists(st.tuples(st.floats(-5, 100), st.floats(0, 10_000)), max_size=20))
def test_a_time_lapse_never_goes_back_whatever_its_speeds(steps: list[tuple[float, float]]) -> None:
    watch = Stopwatch()
    clock = TimeLapseClock(START, 1, watch)
    shown = [clock.now()]
    for seconds, speed in steps:
        watch.seconds += seconds
        shown.append(clock.now())
        clock.set_speed(speed)
        shown.append(clock.now())

    assert all(b - a > -timedelta(milliseconds=1) for a, b in pairwise(shown))
