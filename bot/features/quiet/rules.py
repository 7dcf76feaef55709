"""How somebody is quiet, judged by their own rhythm; pure.

Nobody is looked for: whoever acted last tells, there and then, at which moments something about
them would change if they did nothing more, and until then they need not be looked at.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from msgspec import Struct

from bot.features.quiet.reasons import Kind

DAY = timedelta(days=1)
SOONEST = timedelta(days=7)
"""Before this nobody is overdue, however often they come: a week off is nobody's business."""
NEW_AFTER = timedelta(days=14)
"""Somebody who said nothing for so long after joining has had the time to look round."""
ALONE_AFTER = timedelta(days=365)
"""Who was silent for so long is left in peace; for most, reading is enough (Nonnecke & Preece)."""
LATELY = timedelta(days=84)
"""What counts as "lately"; who only reacted for so long reads."""

RARE = 0.05
"""An interval is unusual if one at least as long had so small a chance."""
GAPS = 20
"""The newest intervals, of which a rhythm is made: people change."""
LEAST_DAYS = 3
"""Active days without which there is no rhythm to speak of."""
PRIOR_GAPS, PRIOR_DAYS = 1, 7.0
"""What is believed beforehand: as much as one interval of a week would tell."""

MONTH_DAYS = 28
VITAL_DAYS, VITAL_MONTHS = 4, 3
"""Somebody was vital who came on four days in 28, three times within a year."""
HARDLY = 0.1
"""The part of their former days that is left when somebody hardly comes any more."""
MEMORY = 2 * ALONE_AFTER
"""How far back days are looked at."""


class Span(Struct, frozen=True):
    """A time in which the bot saw nothing."""

    since: datetime
    until: datetime


class Life(Struct, frozen=True):
    """What is known of one person in one group.

    `start`: when they joined, or were first known to be there. `days`: the days (UTC, counted from
    1970) on which they wrote, reacted or voted, oldest first.
    """

    start: datetime
    last_at: datetime | None = None
    spoke_at: datetime | None = None
    days: tuple[int, ...] = ()


class Verdict(Struct, frozen=True):
    """How somebody is quiet (None: not at all, or left in peace), since when they did nothing, and
    when this will change if they go on doing nothing (None: never)."""

    kind: Kind | None
    since: datetime
    due_at: datetime | None


Stage = tuple[datetime, Kind | None]


def after(start: datetime, span: timedelta, unseen: Sequence[Span] = ()) -> datetime:
    """The moment when so much time after `start` was seen; `unseen` are disjoint, oldest first."""
    moment = start + span
    for blind in unseen:
        since = max(blind.since, start)
        if since < blind.until and since < moment:
            moment += blind.until - since
    return moment


def surprise(days: Sequence[int], silence: float) -> float:
    """The chance that somebody with these active days stays away for `silence` days or longer.

    Intervals are taken as exponential with a rate that is itself gamma distributed over people,
    so that, with k intervals of T days in all, the next one is Lomax distributed:
    P(longer than s) = ((T + b) / (T + b + s)) ** (k + a). The model is that of repeat buying in
    P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting Your Customers" the Easy Way,
    Marketing Science 24 (2005), here for one person and without its drop-out.
    """
    gaps, span = _rhythm(days)
    return float((span / (span + silence)) ** gaps)


def unusual(days: Sequence[int]) -> timedelta:
    """The shortest silence whose `surprise` is `RARE`."""
    gaps, span = _rhythm(days)
    return timedelta(days=span * (RARE ** (-1 / gaps) - 1))


def _rhythm(days: Sequence[int]) -> tuple[int, float]:
    """The intervals and the days that they took, what is believed beforehand included."""
    newest = days[-GAPS - 1 :]
    span = newest[-1] - newest[0] if newest else 0
    return max(0, len(newest) - 1) + PRIOR_GAPS, span + PRIOR_DAYS


def usual(days_of: Sequence[Sequence[int]]) -> timedelta:
    """What interval is usual in a group: half of these members come more often. A week where
    too little is known; never more than it takes to be left in peace."""
    mean = [
        sum(b - a for a, b in pairwise(days)) / (len(days) - 1)
        for days in days_of
        if len(days) >= LEAST_DAYS
    ]
    return min(timedelta(days=median(mean)), ALONE_AFTER) if mean else SOONEST


def faded_at(days: Sequence[int], last_at: datetime, unseen: Sequence[Span]) -> datetime | None:
    """When somebody who was vital will hardly be there any more; None: was not, or is.

    `last_at` lies on the last of the days.
    """
    vital = [month for month, n in _months(days).items() if n >= VITAL_DAYS]
    if len(vital) < VITAL_MONTHS:
        return None
    pace = sum(_months(days)[month] for month in vital) / len(vital) / MONTH_DAYS
    left = int(HARDLY * pace * LATELY.days)
    turned = last_at - (days[-1] - days[max(0, len(days) - 1 - left)]) * DAY
    moment = max(after(turned, LATELY, unseen), last_at)
    gone = (days[-1] * DAY - (last_at - moment) - LATELY) // DAY
    first = gone - ALONE_AFTER.days
    before = [m for m in vital if first <= m * MONTH_DAYS and (m + 1) * MONTH_DAYS <= gone]
    return moment if len(before) >= VITAL_MONTHS else None


def _months(days: Sequence[int]) -> Counter[int]:
    return Counter(day // MONTH_DAYS for day in days)


def stages(life: Life, pace: timedelta, unseen: Sequence[Span]) -> list[Stage]:
    """What somebody becomes when, if they go on doing nothing, in the order of time; `pace` is
    what interval is usual in the group."""
    start = max(life.start, life.last_at or life.start)
    alone = after(start, ALONE_AFTER, unseen)
    if life.last_at is None:
        return [(start, None), (after(start, NEW_AFTER, unseen), Kind.NEW), (alone, None)]
    if life.spoke_at is None or life.last_at - life.spoke_at >= LATELY:
        return [(start, Kind.READER), (alone, None)]
    floor = after(start, max(SOONEST, pace), unseen)
    overdue = after(start, unusual(life.days), unseen) if len(life.days) >= LEAST_DAYS else alone
    faded = (faded_at(life.days, life.last_at, unseen) if life.days else None) or alone
    ahead: list[Stage] = [
        (max(overdue, floor), Kind.OVERDUE),
        (max(faded, floor), Kind.FADED),
        (alone, None),
    ]
    kept = [s for n, s in enumerate(ahead) if all(s[0] < later for later, _ in ahead[n + 1 :])]
    return [(start, None), *kept]


def judge(life: Life, now: datetime, pace: timedelta, unseen: Sequence[Span] = ()) -> Verdict:
    """How somebody is quiet now."""
    all_stages = stages(life, pace, unseen)
    begun = [stage for stage in all_stages if stage[0] <= now]
    coming = [moment for moment, _ in all_stages if moment > now]
    kind = begun[-1][1] if begun else None
    return Verdict(kind, all_stages[0][0], min(coming, default=None))


def acted(last_at: datetime, spoke_at: datetime | None) -> Verdict:
    """Somebody did something a moment ago: their days need not be looked at before they could be
    overdue at all."""
    reads = spoke_at is None or last_at - spoke_at >= LATELY
    return Verdict(Kind.READER if reads else None, last_at, last_at + SOONEST)
