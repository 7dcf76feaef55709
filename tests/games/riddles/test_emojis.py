"""A row of emoji is read as people see it."""

import emoji
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.games.riddles.emojis import parsed

EVERY = sorted(
    char
    for char, data in emoji.EMOJI_DATA.items()
    if data["status"] == emoji.STATUS["fully_qualified"]
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("🦁👑", 2),
        ("🦁 👑\n🌍", 3),
        ("👨‍👩‍👧‍👦", 1),
        ("🏳️‍🌈🏴‍☠️", 2),
        ("🇫🇷🗼", 2),
        ("👍🏽👍", 2),
        ("1️⃣#️⃣", 2),
        ("❤️‍🔥", 1),
        ("☀☁", 2),
        ("", 0),
        ("  ", 0),
    ],
)
def test_what_looks_like_one_emoji_counts_once(text: str, count: int) -> None:
    found = parsed(text)
    assert found is not None
    assert len(found) == count


@pytest.mark.parametrize("text", ["lion", "🦁 king", "1🦁", "🦁!", "🇫", "🦁-👑", "مرحبا", ":lion:"])
def test_anything_else_is_no_riddle(text: str) -> None:
    assert parsed(text) is None


@given(st.lists(st.sampled_from(EVERY), max_size=8))
def test_emoji_with_space_between_them_are_read_one_by_one(row: list[str]) -> None:
    assert parsed(" ".join(row)) == tuple(row)


@given(st.lists(st.sampled_from(EVERY), max_size=8))
def test_reading_what_was_read_gives_the_same(row: list[str]) -> None:
    found = parsed("".join(row))
    assert found is not None
    assert parsed(" ".join(found)) == found


@given(st.lists(st.sampled_from(EVERY), min_size=1, max_size=4), st.sampled_from("aé1!本ا"))
def test_a_letter_among_them_is_noticed(row: list[str], letter: str) -> None:
    assert parsed(" ".join([*row, letter])) is None


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    found = parsed(text)
    assert found is None or all(found)
