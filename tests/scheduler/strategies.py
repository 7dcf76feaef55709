"""Rules, zones and days near a change of the clocks, for property tests."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from scheduler.recurrence import Recurrence
from scheduler.rules import Rule, Stride

ZONES = sorted(available_timezones() - {"localtime", "Factory"})


@lru_cache(maxsize=4096)
def changes(zone: str, year: int) -> tuple[date, ...]:
    """The days of a year on which the zone's offset changes."""
    place = ZoneInfo(zone)
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    offsets = [noon.astimezone(place).utcoffset() for noon in noons]
    pairs = zip(noons[1:], offsets, offsets[1:], strict=False)
    return tuple(noon.date() for noon, before, after in pairs if before != after)


@st.composite
def near_changes(draw: st.DrawFn) -> tuple[str, date]:
    """A zone and a day on or near a change of its clocks; any day where it has none."""
    zone = draw(st.sampled_from(ZONES))
    year = draw(st.integers(2000, 2040))
    days = changes(zone, year) or (date(year, 6, 1),)
    return zone, draw(st.sampled_from(days)) + timedelta(days=draw(st.integers(-3, 3)))


times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
some_times = st.lists(times, min_size=1, max_size=4, unique=True).map(lambda t: tuple(sorted(t)))
weekdays = st.sets(st.integers(0, 6), min_size=1, max_size=6).map(lambda d: tuple(sorted(d)))
_anchors = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def _counts(*numbers: int) -> st.SearchStrategy[tuple[int, ...]]:
    chosen = st.sets(st.sampled_from(numbers), min_size=1, max_size=3)
    return chosen.map(lambda c: tuple(sorted(c, key=lambda n: n if n > 0 else 99)))


recurrences = st.one_of(
    st.builds(Recurrence, st.just("daily"), some_times),
    st.builds(Recurrence, st.just("weekly"), some_times, weekdays),
    st.builds(
        Recurrence, st.just("monthly"), some_times, days=_counts(1, 2, 15, 28, 29, 30, 31, -1)
    ),
    st.builds(
        Recurrence,
        st.just("monthly_weekday"),
        some_times,
        weekdays,
        nth=_counts(1, 2, 3, 4, 5, -1),
    ),
    st.builds(
        Recurrence,
        st.just("yearly"),
        some_times,
        days=st.integers(1, 28).map(lambda day: (day,)),
        month=st.integers(1, 12),
    ),
    st.builds(
        Recurrence,
        st.just("daily"),
        some_times,
        stride=st.builds(Stride, st.integers(2, 30), st.just("d"), _anchors),
    ),
)

_minutes = st.sampled_from(["0", "30", "*/15", "*/20", "5,50", "59"])
_hours = st.sampled_from(["*", "0-4", "1,2,3", "2", "0", "23", "9-18/3", "*/2"])
_days = st.sampled_from(
    ["* * *", "* * 1-5", "* * SUN", "L * *", "*/2 * *", "1-7 * 1", "* 3,10 *", "* * 0#4", "LW * *"]
)
crons = st.builds("{} {} {}".format, _minutes, _hours, _days).map(lambda line: Rule((line,)))
rules = st.one_of(crons, recurrences.map(Recurrence.rule))
