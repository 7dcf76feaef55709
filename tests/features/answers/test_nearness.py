"""When it is worth asking whether a message answers a question."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.features.answers.nearness import SINCE, SOON, Said, is_near

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
QUESTION = "Where do I get a parking permit?"


def near(text: str, *before: Said, after: float = 1) -> bool:
    return is_near(NOW, "ann", QUESTION, before, NOW + timedelta(minutes=after), text)


def said(author: str, minutes: float) -> Said:
    return Said(NOW + timedelta(minutes=minutes), author)


def test_in_a_quiet_room_the_next_message_is_near() -> None:
    assert near("Mill Street, second floor", said("bea", -30))


def test_in_a_busy_room_the_next_message_is_not() -> None:
    assert not near("Mill Street, second floor", said("bea", -1))


def test_after_another_message_it_is_no_longer() -> None:
    assert not near("Mill Street, second floor", said("bea", 0.5))


def test_what_speaks_of_the_same_is_near_in_a_busy_room() -> None:
    assert near("They do permits in Mill Street", said("bea", -1), said("cid", 0.5))


def test_a_word_alone_is_not() -> None:
    assert not near("lol")


@given(st.lists(st.sampled_from(["bea", "cid", "dot"]), min_size=SINCE, max_size=20))
def test_a_question_scrolls_away(authors: list[str]) -> None:
    assert not near("They do permits", *(said(author, 0.5) for author in authors), after=2)


@given(st.floats(min_value=SOON.total_seconds() / 60 + 0.1, max_value=100_000), st.text())
def test_a_question_is_near_only_for_a_while(minutes: float, text: str) -> None:
    assert not near(QUESTION + text, after=minutes)
