"""Whom a text speaks to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links.messages import Message
from bot.links.people import ADDRESSED, MENTIONED, NEAR, REMEMBERED, People
from tests.links.talk import NOON


def said(author: str, text: str = "", *mentions: str, name: str = "") -> Message:
    return Message("m", NOON, author, text, mentions, name=name)


def spoken(text: str, *mentions: str) -> dict[int, int]:
    """Ann is 0, Bob 1, will 2, and the fourth, who speaks, 3."""
    people = People()
    for author in ("Ann", "Bob", "will", "me"):
        people.speaks(said(author))
    return people.spoken_to(said("me", text, *mentions))[0]


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("ann: hello", {0: ADDRESSED}),
        ("Ann, hello", {0: ADDRESSED}),
        ("@ann hello", {0: ADDRESSED}),
        ("well @ANN, hello", {0: ADDRESSED}),
        ("thanks ann for that", {0: NEAR}),
        ("which one, ann?", {0: NEAR}),
        ("I think ann said so", {0: MENTIONED}),
        ("ann: bob is right", {0: ADDRESSED, 1: MENTIONED}),
        ("wil: hello", {2: NEAR}),
        ("wi: hello", {}),
        ("it will be fine tomorrow", {}),
        ("will: hello", {2: ADDRESSED}),
        ("me: hello", {}),
        ("hello everyone", {}),
    ],
)
def test_names_in_the_text_count_by_their_place(text: str, strength: dict[int, int]) -> None:
    assert spoken(text).keys() == strength.keys()
    assert all(spoken(text)[person] >= least for person, least in strength.items())


def test_a_mention_that_the_text_does_not_show_is_an_address() -> None:
    assert spoken("hello there", "Bob") == {1: ADDRESSED}


def test_a_mention_that_the_text_shows_counts_by_its_place() -> None:
    assert spoken("I think bob said so", "Bob") == {1: MENTIONED}


def test_a_mention_of_nobody_known_is_passed_over() -> None:
    assert spoken("hello", "stranger") == {}


def test_naming_a_stranger_is_noticed() -> None:
    assert People().spoken_to(said("me", "zoe: hello"))[1]


def test_only_so_many_people_are_remembered() -> None:
    people = People()
    for number in range(REMEMBERED + 1):
        people.speaks(said(f"p{number}"))
    assert people.spoken_to(said("me", "@p0 hello"))[0] == {}


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=40)), max_size=10))
def test_nobody_speaks_to_themselves(lines: list[tuple[str, str]]) -> None:
    people = People()
    for author, text in lines:
        number = people.speaks(said(author, text))
        assert number not in people.spoken_to(said(author, text, author))[0]
