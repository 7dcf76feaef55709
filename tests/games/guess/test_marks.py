"""What a guess tells, held against another way of counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.games.guess.marks import ABSENT, ELSEWHERE, PLACED, marks

few_letters = st.text("abc", min_size=5, max_size=5)


def by_crossing_out(solution: str, guess: str) -> str:
    """As one does it by hand: cross out each letter of the solution that was spoken for."""
    rest, told = list(solution), [ABSENT] * 5
    for place in range(5):
        if guess[place] == solution[place]:
            told[place], rest[place] = PLACED, ""
    for place in range(5):
        if told[place] == ABSENT and guess[place] in rest:
            told[place] = ELSEWHERE
            rest[rest.index(guess[place])] = ""
    return "".join(told)


@pytest.mark.parametrize(
    ("solution", "guess", "told"),
    [
        ("crane", "crane", "+++++"),
        ("crane", "nacre", "~~~~+"),
        ("abbey", "babes", "~~++-"),
        ("those", "geese", "---++"),
        ("bread", "adder", "~~-~~"),
        ("speed", "erase", "~--~~"),
        ("house", "gravy", "-----"),
    ],
)
def test_letters_are_marked_as_often_as_the_word_has_them(
    solution: str, guess: str, told: str
) -> None:
    assert marks(solution, guess) == told


@given(solution=few_letters, guess=few_letters)
def test_marks_agree_with_crossing_out_by_hand(solution: str, guess: str) -> None:
    assert marks(solution, guess) == by_crossing_out(solution, guess)


@given(solution=few_letters, guess=few_letters)
def test_the_solution_itself_never_contradicts_what_was_told(solution: str, guess: str) -> None:
    told = marks(solution, guess)
    for letter in set(guess):
        right = sum(m != ABSENT for m, g in zip(told, guess, strict=True) if g == letter)
        assert right == min(solution.count(letter), guess.count(letter))
