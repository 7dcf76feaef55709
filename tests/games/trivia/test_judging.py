"""Typed answers: slips are forgiven in every script, and nothing is taken for something else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.games.trivia.judging import Verdict, judge, number, rivals_of
from bot.games.trivia.world import countries
from bot.play.likeness import key

ALPHABETS = {
    "Latin": "abcdefghijklmnopqrstuvwxyz",
    "Cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "Greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Arabic": "بتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "Devanagari": "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
}
NAMES = [name for country in countries("en") for name in country.names]
CAPITALS = [name for country in countries("en") for name in country.capitals]


@st.composite
def slipped(draw: st.DrawFn, alphabet: str) -> tuple[str, str]:
    """A long word, and the same with one slip of typing."""
    word = draw(st.text(alphabet, min_size=9, max_size=20))
    place = draw(st.integers(1, len(word) - 2))
    letter = draw(st.sampled_from(alphabet))
    return word, draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )


@pytest.mark.parametrize("script", sorted(ALPHABETS))
@given(data=st.data())
def test_one_slip_in_a_long_word_is_forgiven(script: str, data: st.DataObject) -> None:
    word, guess = data.draw(slipped(ALPHABETS[script]))
    assume(not (script == "Arabic" and word.startswith("ال") != guess.startswith("ال")))
    assert judge(guess, [word]) is Verdict.RIGHT


@given(st.text(min_size=1, max_size=40).filter(str.strip), st.lists(st.text(max_size=20)))
def test_the_answer_itself_is_always_right(answer: str, others: list[str]) -> None:
    assert judge(answer, [answer], others) is Verdict.RIGHT


@given(st.sampled_from(countries("pt")), st.sampled_from(countries("pt")))
def test_the_name_of_another_country_is_never_right(one: object, other: object) -> None:
    assume(one is not other)
    right, wrong = one.names, other.names  # type: ignore[attr-defined]  # countries, for hypothesis
    rivals = rivals_of(right, NAMES)
    keys = {key(name) for name in right}
    for name in wrong:
        assert key(name) in keys or judge(name, right, rivals) is not Verdict.RIGHT


@pytest.mark.parametrize(
    ("guess", "answer"),
    [
        ("cote divoire", "Côte d’Ivoire"),
        ("ivory cost", "Ivory Coast"),
        ("BOSNIA AND HERZEGOVINA", "Bosnia & Herzegovina"),
        ("Saint Lucia", "St. Lucia"),
        ("the netherlands", "Netherlands"),
        ("les Pays-Bas", "Pays-Bas"),
        ("Lodz", "Łódź"),
        ("Strasse", "Straße"),
        ("αθηνα", "Αθήνα"),
        ("القاهره", "القاهِرة"),
        ("قاهرة", "القاهرة"),
        ("Санкт Петербург", "Санкт-Петербург"),
        ("東京", "東京"),
        ("ﾄｳｷｮｳ", "トウキョウ"),
    ],
)
def test_other_spellings_of_the_answer_are_right(guess: str, answer: str) -> None:
    assert judge(guess, [answer]) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("guess", "answer"),
    [
        ("Iran", "Iraq"),
        ("東北", "東京"),
        ("パリス", "パリ"),
        ("Apollo 13", "Apollo 11"),
        ("", "Rome"),
    ],
)
def test_in_short_words_and_numbers_nothing_is_forgiven(guess: str, answer: str) -> None:
    assert judge(guess, [answer]) is not Verdict.RIGHT


@pytest.mark.parametrize(
    ("guess", "answer"),
    [("Austria", "Australia"), ("Niger", "Nigeria"), ("Gambia", "Zambia"), ("Mali", "Malawi")],
)
def test_a_known_name_is_no_slip_of_another(guess: str, answer: str) -> None:
    assert judge(guess, [answer], rivals_of([answer], NAMES)) is Verdict.WRONG


def test_a_slip_that_lies_between_two_names_is_only_close() -> None:
    assert judge("nigera", ["Nigeria"], ["Niger"]) is Verdict.CLOSE


def test_a_guess_with_too_many_slips_is_told_that_it_is_close() -> None:
    assert judge("Wagadugouu", ["Ouagadougou"]) is Verdict.CLOSE


def test_a_name_far_off_is_told_nothing() -> None:
    assert judge("Paris", ["Ouagadougou"]) is Verdict.WRONG


@pytest.mark.parametrize(
    ("guess", "verdict"),
    [
        ("1969", Verdict.RIGHT),
        ("١٩٦٩", Verdict.RIGHT),
        ("1,969", Verdict.RIGHT),
        ("1968", Verdict.HIGHER),
        ("2001", Verdict.LOWER),
        ("many", Verdict.WRONG),
    ],
)
def test_a_number_is_told_more_or_less(guess: str, verdict: Verdict) -> None:
    assert judge(guess, ["1969"]) is verdict


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_not(text: str) -> None:
    found = number(text)
    assert found is None or isinstance(found, int)
