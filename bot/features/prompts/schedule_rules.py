"""When a schedule posts, as pure functions: what somebody typed, what comes next, what is late.

A slot is handled once. It is posted if it is at most `TOO_OLD` late and no later slot of the
same schedule is due as well, so that an outage never ends in a burst; else it was missed. Slots
that share an instant, because the clock skips an hour, are all posted.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Literal

from msgspec import Struct

from bot.i18n import zone_of
from scheduler.calendar import (
    LONGEST_JITTER,
    QuietHours,
    Schedule,
    Slot,
    instant,
    next_slot,
    slots,
    times_of_day,
)
from scheduler.phrases import parse_rule
from scheduler.zones import parse_zone

TOO_OLD = timedelta(hours=2)
LISTEN = timedelta(days=7)
"""How long answers to a prompt are gathered."""
SHORTEST_GAP = timedelta(hours=1)
"""Between two slots of one schedule."""
MOST_TOLD = 1_000
"""Missed slots that are counted one by one; an outage can't be long enough for more to matter."""

_DAY = timedelta(days=1)
_JUST = timedelta(milliseconds=1)
_HOURS = re.compile(
    r"\s*(\d{1,2})(?:[:.hH](\d{2})?)?\s*(?:-|–|—|to|until|à|a|al|às)\s*(\d{1,2})(?:[:.hH](\d{2})?)?\s*"
)


class Unusable(ValueError):
    """`code` says what can't be used: "too_often" (two slots closer together than `SHORTEST_GAP`),
    "bad_jitter" or "bad_quiet"; `detail` is what was typed."""

    def __init__(self, code: Literal["too_often", "bad_jitter", "bad_quiet"], detail: str) -> None:
        super().__init__(f"{code}: {detail!r}")
        self.code = code
        self.detail = detail.strip()


class Wish(Struct, frozen=True):
    """The parts of a schedule as somebody typed them."""

    when: str
    jitter: str = ""
    quiet: str = ""
    zone: str = ""


class Verdict(Struct, frozen=True):
    """What to do about a slot that came due: post it or not, what was missed, where to go on."""

    post: bool
    missed: tuple[Slot, ...]
    after: Slot


def build(wish: Wish, group_zone: str, today: date) -> Schedule:
    """The schedule that was typed; `today` is the group's local date.

    Raises PhraseError, with `detail` as it was typed, or Unusable.
    """
    zone = parse_zone(wish.zone) if wish.zone.strip() else group_zone
    rule = parse_rule(wish.when, today)
    if _shortest_gap(times_of_day(rule)) < SHORTEST_GAP:
        raise Unusable("too_often", wish.when)
    return Schedule(rule, zone, parse_jitter(wish.jitter), parse_quiet(wish.quiet))


def parse_jitter(text: str) -> int:
    """Minutes from 0 to 180, "15" or "15 min"; raises Unusable."""
    match = re.fullmatch(r"\s*(\d{1,4})?\s*(?:m|min|mins|minutes?|minutos?)?\s*", text)
    minutes = int(match[1] or 0) if match else -1
    if not 0 <= minutes <= LONGEST_JITTER or (text.strip() and not (match and match[1])):
        raise Unusable("bad_jitter", text)
    return minutes


def parse_quiet(text: str) -> QuietHours | None:
    """ "22:00-07:00", "22-7", "22h à 7h"; None for nothing; raises Unusable."""
    if not text.strip():
        return None
    match = _HOURS.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        start, end = (time(int(match[n]), int(match[n + 1] or 0)) for n in (1, 3))
    except ValueError as error:
        raise Unusable("bad_quiet", text) from error
    if start == end:
        raise Unusable("bad_quiet", text)
    return QuietHours(start, end)


def following(schedule: Schedule, seed: str, after: datetime | Slot) -> Slot | None:
    """The first slot after an instant or a slot; `seed` is the schedule's id as text."""
    return next_slot(schedule, after, seed)


def resumed_after(passed: Slot | None, now: datetime) -> datetime | Slot:
    """Where to go on: now, or the last slot that was handled if a clock was set back."""
    return passed if passed is not None and passed.at >= now else now


def slots_until(
    schedule: Schedule, seed: str, slot: Slot, due_at: datetime, end: datetime
) -> list[tuple[str, datetime]]:
    """Name and moment of what comes before `end`: first `slot`, at `due_at`, then by the rule."""
    first = [(slot.name, due_at)] if due_at < end else []
    rest = islice(slots(schedule, slot, end, seed), MOST_TOLD)
    return first + [(later.name, later.at) for later in rest]


def judge(schedule: Schedule, seed: str, slot: Slot, due_at: datetime, now: datetime) -> Verdict:
    """What to do about `slot`, which was to be posted at `due_at` (its own instant, or the one
    that it was moved to), at `now`."""
    passed = [slot, *islice(slots(schedule, slot, now + _JUST, seed), MOST_TOLD)]
    last = passed[-1]
    alone = last.at == slot.at
    if now - (due_at if alone else last.at) > TOO_OLD:
        return Verdict(False, tuple(passed), last)
    if alone:
        return Verdict(True, (), slot)
    return Verdict(False, tuple(passed[:-1]), passed[-2])


def may_move_to(schedule: Schedule, seed: str, slot: Slot, at: datetime) -> Slot | None:
    """None if `slot` may be posted at `at` instead; else the next slot, which comes before."""
    after = following(schedule, seed, slot)
    return after if after is not None and at >= after.at else None


def next_day(posted_at: datetime, schedule_zone: str) -> datetime:
    """The same local time on the day after, which is where "what others said" is told."""
    zone = zone_of(schedule_zone)
    local = posted_at.astimezone(zone).replace(tzinfo=None)
    return instant(local + _DAY, zone)


def _shortest_gap(moments: Sequence[time]) -> timedelta:
    minutes = sorted(moment.hour * 60 + moment.minute for moment in moments)
    gaps = [b - a for a, b in zip(minutes, [*minutes[1:], minutes[0] + 24 * 60], strict=True)]
    return timedelta(minutes=min(gaps))
