"""What counts as the same answer, in the scripts that people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.play.likeness import Likeness, folded, key, likeness, same

SAME = [
    ("Côte d’Ivoire", "cote d'ivoire", "fr"),
    ("straße", "STRASSE", ""),
    ("The Lion King", "lion king", "en"),
    ("le petit prince", "Petit Prince", "fr"),
    ("starwars", "Star Wars!", "en"),
    ("titanci", "Titanic", "en"),
    ("Łódź", "lodz", ""),
    ("Αθήνα", "αθηνα", ""),
    ("القاهرة", "القاهره", ""),
    ("مَرحبا", "مرحبا", ""),
    ("दिल्ली", "दिल्ली", ""),
    ("กรุงเทพ", "กรุงเทพ", ""),
    ("東京", "東京", ""),
    ("ガ", "カ\u3099", ""),
    ("서울", "서울", ""),
    ("rock'n roll", "Rock ’n’ Roll", "en"),
    ("salt & pepper", "Salt and Pepper", "en"),
    ("agent ٠٠٧", "Agent 007", "en"),
]
OTHER = [
    ("in 1915", "in 1914", "en"),
    ("दल", "दिल", ""),
    ("cat", "bat", "en"),
    ("", "x", "en"),
    ("!!!", "x", "en"),
    ("か", "が", ""),
]


@pytest.mark.parametrize(("guess", "answer", "language"), SAME)
def test_these_mean_the_same(guess: str, answer: str, language: str) -> None:
    assert likeness(guess, [answer], language) is Likeness.SAME


@pytest.mark.parametrize(("guess", "answer", "language"), OTHER)
def test_these_do_not(guess: str, answer: str, language: str) -> None:
    assert likeness(guess, [answer], language) < Likeness.SAME


@pytest.mark.parametrize(("guess", "answer"), [("lion", "the lion king"), ("titan", "titanic")])
def test_a_part_of_it_is_near(guess: str, answer: str) -> None:
    assert likeness(guess, [answer], "en") is Likeness.NEAR


def test_the_nearest_answer_counts() -> None:
    assert likeness("UK", ["United Kingdom", "UK"], "en") is Likeness.SAME


def test_a_lone_article_is_a_word() -> None:
    assert folded("The", "en") == "the"


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_it_doesnt_matter_which_of_two_texts_comes_first(one: str, other: str) -> None:
    assert same(one, other) == same(other, one)


@given(st.text(max_size=60))
def test_a_text_has_the_key_of_what_is_left_of_it_when_folded(text: str) -> None:
    assert not folded(text) or key(folded(text)) == key(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(guess: str, answer: str) -> None:
    assert likeness(guess, [answer], "fr") in Likeness


@given(st.text(max_size=60).filter(lambda text: folded(text) != ""))
def test_everything_is_the_same_as_itself(text: str) -> None:
    assert likeness(text, [text], "es") is Likeness.SAME
