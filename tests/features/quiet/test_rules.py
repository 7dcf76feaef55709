"""How somebody is quiet: claims, and properties of every life."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.quiet import rules
from bot.features.quiet.reasons import Kind
from bot.features.quiet.rules import ALONE_AFTER, NEW_AFTER, SOONEST, Life, Span, Verdict
from bot.store.schema import EPOCH

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = (NOW - EPOCH).days
DAY = timedelta(days=1)


def life(*days_ago: int, wrote: int | None = None, joined: int = 700) -> Life:
    """Somebody who was active so many days ago, and wrote for the last time at the last of them or
    at `wrote`."""
    last = NOW - min(days_ago) * DAY if days_ago else None
    spoke = NOW - wrote * DAY if wrote is not None else last
    days = tuple(sorted(TODAY - ago for ago in days_ago))
    return Life(NOW - joined * DAY, last, spoke, days)


def kind(of: Life, pace: timedelta = DAY, unseen: tuple[Span, ...] = ()) -> Kind | None:
    return rules.judge(of, NOW, pace, unseen).kind


def every(step: int, since: int, until: int = 400) -> range:
    """Active every `step` days from `until` to `since` days ago."""
    return range(since, until, step)


# -- overdue


def test_who_comes_every_day_is_overdue_after_ten_days() -> None:
    assert kind(life(*every(1, 10, 60))) is Kind.OVERDUE


def test_who_comes_once_a_month_is_not_overdue_after_ten_days() -> None:
    assert kind(life(*every(30, 10))) is None


def test_who_comes_once_a_month_is_overdue_after_five_months() -> None:
    assert kind(life(*every(30, 150))) is Kind.OVERDUE


def test_a_week_off_makes_nobody_overdue() -> None:
    assert kind(life(*every(1, 6))) is None


def test_two_days_make_no_rhythm() -> None:
    assert kind(life(100, 101)) is None


def test_the_newest_habit_counts() -> None:
    daily_once = every(1, 460, 700)
    assert kind(life(*daily_once, *every(14, 20, 460))) is None


def test_nobody_is_overdue_before_what_is_usual_in_the_group() -> None:
    weekly = life(*every(1, 10, 60))
    assert kind(weekly, pace=14 * DAY) is None


# -- faded


def test_who_came_often_for_months_and_no_more_has_faded() -> None:
    assert kind(life(*every(2, 100, 300))) is Kind.FADED


def test_one_visit_does_not_undo_that() -> None:
    assert kind(life(*every(1, 100, 300), 10)) is Kind.FADED


def test_who_came_yesterday_is_not_called() -> None:
    assert kind(life(*every(1, 100, 300), 1)) is None


def test_who_never_came_often_has_not_faded() -> None:
    assert kind(life(*every(20, 100, 300))) is not Kind.FADED


# -- new, reading, left in peace


def test_who_joined_and_never_spoke_is_new_after_two_weeks() -> None:
    assert kind(life(joined=15)) is Kind.NEW


def test_who_has_just_joined_looks_round() -> None:
    assert kind(life(joined=13)) is None


def test_who_only_reacts_reads() -> None:
    only_reactions = Life(NOW - 90 * DAY, NOW - 40 * DAY, None, (TODAY - 50, TODAY - 40))
    assert kind(only_reactions) is Kind.READER


def test_who_stopped_writing_and_goes_on_reacting_reads() -> None:
    assert kind(life(*every(3, 20, 200), wrote=150)) is Kind.READER


@pytest.mark.parametrize(
    "one", [life(*every(1, 366, 600)), life(joined=366), life(366, 370, 380, wrote=700)]
)
def test_who_was_silent_for_a_year_is_left_in_peace(one: Life) -> None:
    verdict = rules.judge(one, NOW, DAY)
    assert (verdict.kind, verdict.due_at) == (None, None)


def test_who_came_back_to_the_group_has_time_again() -> None:
    assert kind(life(*every(1, 60, 200), joined=3)) is None


# -- outages


def test_an_outage_of_ours_is_no_silence_of_theirs() -> None:
    outage = (Span(NOW - 9 * DAY, NOW - 2 * DAY),)
    assert kind(life(*every(1, 10, 60)), unseen=outage) is None


def test_an_outage_before_the_silence_changes_nothing() -> None:
    outage = (Span(NOW - 300 * DAY, NOW - 200 * DAY),)
    assert kind(life(*every(1, 10, 60)), unseen=outage) is Kind.OVERDUE


# -- the group


def test_without_members_who_come_again_a_week_is_usual() -> None:
    assert rules.usual([(1, 2), ()]) == SOONEST


def test_usual_is_the_interval_of_those_in_the_middle() -> None:
    assert rules.usual([(0, 1, 2), (0, 10, 20), (0, 100, 200)]) == 10 * DAY


# -- properties

DAYS = st.sets(st.integers(0, 700), max_size=60)
SPANS = st.lists(st.integers(0, 700), max_size=6, unique=True).map(
    lambda ends: tuple(
        Span(NOW - a * DAY, NOW - b * DAY)
        for a, b in zip(*[iter(sorted(ends, reverse=True))] * 2, strict=False)
    )
)
PACES = st.integers(0, 60).map(lambda days: days * DAY)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    ago = draw(DAYS)
    wrote = draw(st.none() | st.sampled_from(sorted(ago))) if ago else None
    return life(*ago, wrote=wrote, joined=draw(st.integers(0, 700)))


def later(one: Life, moment: datetime, pace: timedelta, unseen: tuple[Span, ...]) -> Verdict:
    return rules.judge(one, moment, pace, unseen)


@given(lives(), PACES, SPANS)
def test_what_is_due_is_due_later(one: Life, pace: timedelta, unseen: tuple[Span, ...]) -> None:
    due = rules.judge(one, NOW, pace, unseen).due_at
    assert due is None or due > NOW


@given(lives(), PACES, SPANS, st.floats(0, 0.999))
def test_nothing_changes_before_it_is_due(
    one: Life, pace: timedelta, unseen: tuple[Span, ...], share: float
) -> None:
    verdict = rules.judge(one, NOW, pace, unseen)
    until = verdict.due_at or NOW + 1000 * DAY
    assert later(one, NOW + (until - NOW) * share, pace, unseen) == verdict


@given(lives(), PACES, SPANS)
def test_when_it_is_due_it_changes(one: Life, pace: timedelta, unseen: tuple[Span, ...]) -> None:
    verdict = rules.judge(one, NOW, pace, unseen)
    if verdict.due_at:
        assert later(one, verdict.due_at, pace, unseen) != verdict


@given(lives(), PACES, SPANS)
def test_who_goes_on_doing_nothing_ends_in_peace(
    one: Life, pace: timedelta, unseen: tuple[Span, ...]
) -> None:
    moment: datetime | None = NOW
    steps = 0
    while moment is not None:
        verdict = rules.judge(one, moment, pace, unseen)
        moment, steps = verdict.due_at, steps + 1
    assert verdict.kind is None
    assert steps <= 4


@given(lives(), PACES, SPANS)
def test_a_look_at_the_days_is_not_needed_within_a_week(
    one: Life, pace: timedelta, unseen: tuple[Span, ...]
) -> None:
    if one.last_at is None or one.start > one.last_at:
        return
    quick = rules.acted(one.last_at, one.spoke_at)
    slow = rules.judge(one, one.last_at, pace, unseen)
    assert quick.kind == slow.kind
    assert quick.due_at is not None
    assert slow.due_at is None or slow.due_at >= quick.due_at


@given(lives(), PACES, SPANS)
def test_an_outage_never_makes_anybody_quiet_sooner(
    one: Life, pace: timedelta, unseen: tuple[Span, ...]
) -> None:
    order = [None, Kind.NEW, Kind.OVERDUE, Kind.FADED]
    seen, widened = kind(one, pace), kind(one, pace, unseen)
    alone = rules.judge(one, NOW, pace).due_at is None
    if not alone and Kind.READER not in (seen, widened):
        assert order.index(widened) <= order.index(seen)


@given(lives(), PACES, SPANS)
def test_who_wrote_within_a_week_is_never_named(
    one: Life, pace: timedelta, unseen: tuple[Span, ...]
) -> None:
    if one.spoke_at and NOW - one.spoke_at < SOONEST:
        assert kind(one, pace, unseen) is None


@given(st.integers(0, 365), SPANS)
def test_nobody_is_new_before_two_weeks_were_seen(joined: int, unseen: tuple[Span, ...]) -> None:
    verdict = rules.judge(life(joined=joined), NOW, DAY, unseen)
    blind = sum(
        (s.until - max(s.since, verdict.since) for s in unseen if s.until > verdict.since),
        timedelta(),
    )
    assert (verdict.kind is Kind.NEW) == (NOW - verdict.since - blind >= NEW_AFTER) or (
        NOW - verdict.since >= ALONE_AFTER
    )


@given(st.sets(st.integers(0, 400), min_size=1, max_size=60))
def test_the_unusual_interval_has_the_chance_that_is_called_rare(days: set[int]) -> None:
    ordered = sorted(days)
    silence = rules.unusual(ordered) / DAY
    assert rules.surprise(ordered, silence) == pytest.approx(rules.RARE)


@given(st.sets(st.integers(0, 400), min_size=1, max_size=60), st.floats(0, 500), st.floats(0, 500))
def test_a_longer_silence_is_more_surprising(days: set[int], one: float, more: float) -> None:
    ordered = sorted(days)
    assert rules.surprise(ordered, one + more) <= rules.surprise(ordered, one) <= 1
