"""The words with which somebody is given the floor."""

import re
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.quiet import views
from bot.features.quiet.reasons import Candidate, Kind, Why
from bot.i18n import LANGUAGES, Words
from bot.refs import MemberRef

MARCH = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
SHAMING = re.compile(r"silent|quiet|absent|inactive|missing|missed|long time|where were", re.I)
SENTENCES = [s for lines in (views.LINES, views.ANSWERED) for said in lines.values() for s in said]


def somebody(why: Why, told: str = "Tea or coffee?", name: str = "Ann") -> Candidate:
    return Candidate("local:ann", name, Kind.FADED, why, told, MARCH)


def said(why: Why, told: str = "Tea or coffee?", zone: str = "UTC") -> set[str]:
    """Everything that may be said for a reason."""
    words = Words("en", zone)
    who = somebody(why, told)
    return {str(views.line(words, who, sentence)) for sentence in views.sentences(who)}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_line_shames(sentence: str) -> None:
    assert not SHAMING.search(sentence)


@pytest.mark.parametrize("why", Why)
def test_words_vary(why: Why) -> None:
    assert len(said(why)) >= 3


@pytest.mark.parametrize("why", Why)
def test_every_line_tells_what_the_reason_is_about(why: Why) -> None:
    told = "March 2026" if why in (Why.JOINED, Why.ONCE) else "Tea or coffee?"
    assert all(told in line for line in said(why))


@pytest.mark.parametrize("why", [Why.TOPIC, Why.PART])
def test_a_question_of_another_member_is_told_without_its_words(why: Why) -> None:
    assert all("answer" in line or "question" in line for line in said(why, ""))
    assert all("“" not in line for line in said(why, ""))


def test_the_month_is_that_of_the_group() -> None:
    assert all("April 2026" in line for line in said(Why.JOINED, zone="Asia/Tokyo"))


@given(
    st.sampled_from(Why),
    st.text(max_size=90),
    st.text(max_size=50),
    st.sampled_from(list(LANGUAGES)),
)
def test_a_line_names_one_person_whatever_people_wrote(
    why: Why, told: str, name: str, language: str
) -> None:
    (call,) = views.floor(Words(language), [somebody(why, told, name)], Random(1)).calls
    text = call.text
    assert text.mentions == (MemberRef("local", "ann"),)
    assert sum(span.member is not None for span in text.spans) == 1
    assert not any(span.url or span.code for span in text.spans)


def test_the_same_draw_says_the_same() -> None:
    one = views.floor(Words(), [somebody(Why.PART)], Random(3))
    assert one == views.floor(Words(), [somebody(Why.PART)], Random(3))


def test_each_of_the_named_has_a_line() -> None:
    both = [somebody(Why.PART), Candidate("local:ben", "Ben", Kind.NEW, Why.JOINED, "", MARCH)]
    floor = views.floor(Words(), both, Random(3))
    assert [str(call.to) for call in floor.calls] == ["local:ann", "local:ben"]


@given(st.lists(st.sampled_from(Why), max_size=3), st.sampled_from(["", "Tea?"]), st.integers())
def test_no_two_lines_of_a_post_are_alike(whys: list[Why], told: str, seed: int) -> None:
    floor = views.floor(Words(), [somebody(why, told) for why in whys], Random(seed))
    assert len({str(call.text) for call in floor.calls}) == len(whys)


def test_there_is_a_way_out_in_one_tap() -> None:
    labels = [b.label for row in views.buttons(Words()) for b in row]
    assert labels == ["Not me", "Never mention me"]
