"""Which slots a schedule has, and at which instants: a pure function of schedule, time and seed.

A slot is named by its local date and time of day ("2026-03-29T09:00"). Names are counted in
local time, where every day has every time of day exactly once; only then is each name given an
instant. So no slot is lost on the day an hour is missing, and none comes twice on the day an
hour does:

* a time that the clock skips moves forward to the first instant after the gap;
* a time that the clock shows twice is its first showing;
* a slot within the quiet hours moves to their end (`Schedule.quieted` tells which do, so that
  whoever sets one up can be told or refused);
* jitter only delays, by whole minutes, and never past local midnight, into the quiet hours or
  to the next slot.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduler.rules import Rule, RuleError, cron
from scheduler.zones import is_zone

LONGEST_JITTER = 180  # minutes
# A name may lie two local days behind its instant: the quiet hours end on the next day, and
# Samoa once skipped a whole one.
LOOK_BACK = timedelta(days=2)
_MINUTE = timedelta(minutes=1)
_AFTER_ALL_NAMES = "~"


class Slot(NamedTuple):
    """`name`: local date and time of day; `at`: the instant, UTC."""

    name: str
    at: datetime


class QuietHours(NamedTuple):
    """Local times of day, from `start` until just before `end`; may pass midnight."""

    start: time
    end: time

    def __contains__(self, moment: object) -> bool:
        if not isinstance(moment, time):
            return False
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule in a zone. `jitter` in minutes; `quiet` or None.

    `str(schedule)` is the text the store keeps, e.g. "0 9 * * 1-5|Europe/Paris|15|22:00-07:00",
    and `Schedule.parse` the way back. Raises RuleError for what can't be kept.
    """

    rule: Rule
    zone: str
    jitter: int = 0
    quiet: QuietHours | None = None

    def __post_init__(self) -> None:
        if not is_zone(self.zone):
            raise RuleError("bad_rule", self.zone)
        if not 0 <= self.jitter <= LONGEST_JITTER:
            raise RuleError("bad_rule", str(self.jitter))

    def __str__(self) -> str:
        return f"{self.rule}|{self.zone}|{self.jitter}|{self.quiet or ''}"

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """The schedule whose canonical text this is; RuleError otherwise."""
        return _parsed(text)

    def quieted(self) -> tuple[time, ...]:
        """The rule's times of day that fall into the quiet hours and so move to their end."""
        if self.quiet is None:
            return ()
        return tuple(moment for moment in times_of_day(self.rule) if moment in self.quiet)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Schedule:
    try:
        rule, zone, jitter, quiet = text.split("|")
        hours = [time.fromisoformat(part) for part in quiet.split("-")] if quiet else []
        window = QuietHours(*hours) if hours else None
        schedule = Schedule(Rule.parse(rule), zone, int(jitter), window)
    except RuleError:
        raise
    except (ValueError, TypeError) as error:
        raise RuleError("bad_rule", text) from error
    if str(schedule) != text:
        raise RuleError("bad_rule", text)
    return schedule


def times_of_day(rule: Rule) -> tuple[time, ...]:
    """Every time of day at which the rule can come, in order."""
    parsed = [cron(line) for line in rule.lines]
    pairs = {(h, m) for one in parsed for h in one.hours for m in one.minutes}
    return tuple(time(hour, minute) for hour, minute in sorted(pairs))


def slots(
    schedule: Schedule, after: datetime | Slot, before: datetime, seed: str = ""
) -> Iterator[Slot]:
    """Slots later than `after` and before `before`, in order of (at, name).

    `seed` (the schedule's id) draws the jitter. `after` is an instant, or the slot to go on
    from: several slots may share an instant where the clock skips an hour.
    """
    for slot in _slots_from(schedule, after, seed):
        if slot.at >= before:
            return
        yield slot


def next_slot(schedule: Schedule, after: datetime | Slot, seed: str = "") -> Slot | None:
    """The first slot later than `after`, as for `slots`; None where none comes in fifty years.

    The work is shared: ten thousand groups with the same rule, zone and quiet hours cost one
    computation, whatever their seeds.
    """
    return _next_slot(schedule, after, seed if schedule.jitter else "")


@lru_cache(maxsize=8192)
def _next_slot(schedule: Schedule, after: datetime | Slot, seed: str) -> Slot | None:
    return next(_slots_from(schedule, after, seed), None)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The UTC instant of a naive local time: the first of two, or the end of the gap it is in."""
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    return _end_of_gap(wall, zone)


def _slots_from(schedule: Schedule, after: datetime | Slot, seed: str) -> Iterator[Slot]:
    name, at = after if isinstance(after, Slot) else (_AFTER_ALL_NAMES, after)
    line = _base_slots(schedule, at - schedule.jitter * _MINUTE)
    if schedule.jitter:
        line = _with_jitter(schedule, line, seed)
    return (slot for slot in line if (slot.at, slot.name) > (at, name))


def _base_slots(schedule: Schedule, at: datetime) -> Iterator[Slot]:
    """The slots without jitter, from this instant on."""
    day: date | None = at.astimezone(ZoneInfo(schedule.zone)).date() - LOOK_BACK
    while day is not None:
        found, day = _slots_of_day(schedule.rule, schedule.zone, schedule.quiet, day)
        yield from found[bisect_left(found, at, key=lambda slot: slot.at) :]


def _with_jitter(schedule: Schedule, line: Iterator[Slot], seed: str) -> Iterator[Slot]:
    slot = next(line, None)
    while slot is not None:
        following = next(line, None)
        yield _jittered(schedule, slot, following, seed)
        slot = following


@lru_cache(maxsize=8192)
def _slots_of_day(
    rule: Rule, zone: str, quiet: QuietHours | None, day: date
) -> tuple[tuple[Slot, ...], date | None]:
    """The slots named by this local day, and the next day that has any."""
    found: list[Slot] = []
    for wall in rule.times(day):
        if wall.date() != day:
            return tuple(found), wall.date()
        at = _after_quiet(instant(wall, ZoneInfo(zone)), ZoneInfo(zone), quiet)
        found.append(Slot(wall.isoformat(timespec="minutes"), at))
    return tuple(found), None


def _end_of_gap(wall: datetime, zone: tzinfo) -> datetime:
    """Bisect for the change of offset; fold 1 reads a skipped time by the offset after it."""
    low = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    high = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _after_quiet(at: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    local = at.astimezone(zone)
    if quiet is None or local.time() not in quiet:
        return at
    wall = datetime.combine(local.date(), quiet.end)
    if quiet.end <= local.time():
        wall += timedelta(days=1)
    return max(at, instant(wall, zone))


def _jittered(schedule: Schedule, slot: Slot, following: Slot | None, seed: str) -> Slot:
    draw = int.from_bytes(hashlib.sha256(f"{seed}\n{slot.name}".encode()).digest()[:8])
    zone = ZoneInfo(schedule.zone)

    def allowed(minutes: int) -> bool:
        at = slot.at + minutes * _MINUTE
        local = at.astimezone(zone)
        return (
            (following is None or at < following.at)
            and local.date() == slot.at.astimezone(zone).date()
            and (schedule.quiet is None or local.time() not in schedule.quiet)
        )

    minutes = draw % (schedule.jitter + 1)
    if not allowed(minutes):
        choices = [n for n in range(1, schedule.jitter + 1) if allowed(n)] or [0]
        minutes = choices[draw % len(choices)]
    return slot._replace(at=slot.at + minutes * _MINUTE)
