"""How much one member may suggest."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.features.prompts.suggestion_rules import MOST_A_WEEK, WEEK, free_again

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
moments = st.lists(st.integers(0, 20 * 24), max_size=30).map(
    lambda hours: sorted(NOW + timedelta(hours=hour) for hour in hours)
)


@given(moments)
def test_no_seven_days_hold_more_than_the_limit(asked: list[datetime]) -> None:
    made: list[datetime] = []
    for moment in asked:
        if free_again(made, moment) is None:
            made.append(moment)
    for first in made:
        assert sum(first <= moment < first + WEEK for moment in made) <= MOST_A_WEEK


@given(moments)
def test_the_moment_that_is_told_is_the_first_free_one(asked: list[datetime]) -> None:
    made = asked[:MOST_A_WEEK]
    now = made[-1] if made else NOW
    free = free_again(made, now)
    if free is not None:
        assert free_again(made, free - timedelta(seconds=1)) is not None
        assert free_again(made, free) is None
