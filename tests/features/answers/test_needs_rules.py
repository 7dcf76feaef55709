"""What people need: figures by topic that point at nobody."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.features.answers.needs_rules import PEOPLE, Asked, needs, total
from bot.features.answers.weekly import next_report

HOUR = timedelta(hours=1)
ASKED = st.lists(
    st.builds(
        Asked,
        st.integers(0, 3),
        st.sampled_from("abcdefghij"),
        st.booleans(),
        st.booleans(),
        st.none() | st.integers(0, 100).map(lambda n: n * HOUR),
    ),
    max_size=60,
)


@given(ASKED)
def test_every_question_counts_in_exactly_one_row(found: list[Asked]) -> None:
    rows = needs(found)
    assert not rows or sum(row.asked for row in rows) == len(found)


@given(ASKED)
def test_a_topic_with_fewer_than_five_askers_never_stands_alone(found: list[Asked]) -> None:
    for row in needs(found):
        if row.topic is not None:
            assert len({one.member for one in found if one.topic == row.topic}) >= PEOPLE


@given(ASKED)
def test_the_rows_add_up_to_the_total(found: list[Asked]) -> None:
    rows, whole = needs(found), total(found)
    if rows:
        assert sum(row.unanswered for row in rows) == whole.unanswered
        assert sum(row.repeated for row in rows) == whole.repeated


def test_fewer_than_five_people_are_not_split() -> None:
    assert needs([Asked(1, member, True, False, None) for member in "abcd"]) == []


def test_the_topic_with_most_unanswered_questions_comes_first() -> None:
    calm = [Asked(1, member, False, False, HOUR) for member in "abcdefgh"]
    needy = [Asked(2, member, True, False, None) for member in "abcde"]
    assert [row.topic for row in needs(calm + needy)] == [2, 1]


def test_the_first_answer_is_the_median() -> None:
    waits = [HOUR, 2 * HOUR, 30 * HOUR]
    found = [Asked(1, "a", False, False, wait) for wait in waits]
    assert total(found).first_answer == 2 * HOUR


MOMENTS = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from(["UTC", "Europe/Paris", "America/Sao_Paulo", "Pacific/Auckland"])


@given(MOMENTS, ZONES)
def test_the_report_comes_within_a_week_on_monday_morning(now: datetime, zone: str) -> None:
    from zoneinfo import ZoneInfo

    at = next_report(now, zone)
    local = at.astimezone(ZoneInfo(zone))
    assert timedelta(0) < at - now <= timedelta(days=7, hours=1)
    assert (local.weekday(), local.hour, local.minute) == (0, 9, 0)
