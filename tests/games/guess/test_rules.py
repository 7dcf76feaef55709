"""The word of the day: which it is, what counts as a guess, and when the search ends."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.games import game
from bot.games.guess import rules
from bot.games.guess.rules import MOST, PAUSE, Puzzle
from bot.games.guess.solutions import LENGTH, UNSUITED, of_day, solutions
from bot.i18n import LANGUAGES, Words
from bot.play import LEFT, PASS, SAYS, TIME, Move, Pace, Table
from bot.play.lexicon import bare, is_word
from tests.games.players import START, NamedCast

DAY = timedelta(days=1)
LATER = START + timedelta(minutes=5)
languages = st.sampled_from(sorted(LANGUAGES))
WRONG = ("pride", "mouth", "candy", "flock", "jumpy", "brown", "thick", "waltz")


def table(language: str = "en", secret: str = "ours", day: str = "2026-11-23") -> Table:
    return Table((), 1, Pace.SLOW, DAY, language, secret=secret, day=day)


def puzzle(solution: str = "geese", language: str = "en") -> Puzzle:
    return replace(rules.begin(table(language), START, Random(1)), solution=solution)


def says(state: Puzzle, seat: int, text: str, at: datetime = LATER) -> tuple[Puzzle, str]:
    """The state after a typed message, and the key of the note."""
    state, said = rules.step(state, Move(SAYS, seat, text=text), at)
    return state, said[0].key if said else ""


def guessed(state: Puzzle, *words: str) -> Puzzle:
    """The state after these guesses, by seats in turn."""
    for n, word in enumerate(words):
        state, said = says(state, n % 3, word)
        assert not said, (word, said)
    return state


def board(state: Puzzle) -> str:
    return str(game("guess").board(state, Words("en"), NamedCast()).text)


def test_all_groups_of_a_community_get_the_same_word() -> None:
    one, other = (rules.begin(table(), START, Random(n)) for n in (1, 2))
    assert one.solution == other.solution


def test_each_language_has_its_own_word() -> None:
    assert len({rules.begin(table(key), START, Random(1)).solution for key in LANGUAGES}) > 1


@given(language=languages, start=st.dates(date(2026, 1, 1), date(2036, 1, 1)))
def test_no_word_comes_again_within_two_years(language: str, start: date) -> None:
    days = [of_day(language, "ours", start + timedelta(days=n)) for n in range(0, 730, 7)]
    assert len(set(days)) == len(days)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_there_are_words_for_two_years(language: str) -> None:
    assert len(solutions(language)) > 730


@given(language=languages, data=st.data())
def test_every_solution_is_a_word_of_five_letters_that_can_be_guessed(
    language: str, data: st.DataObject
) -> None:
    solution = data.draw(st.sampled_from(solutions(language)))
    assert len(bare(language, solution)) == LENGTH
    assert is_word(language, bare(language, solution))
    assert solution not in UNSUITED[language].split()
    assert guessed(puzzle(solution, language), bare(language, solution)).solved


@pytest.mark.parametrize("text", ["well done", "hm", "elephant", "🙂", "", "12345", "I see it"])
def test_what_is_not_a_word_of_five_letters_is_let_pass_in_silence(text: str) -> None:
    assert says(puzzle(), 0, text) == (puzzle(), "")


@pytest.mark.parametrize(
    ("word", "why"), [("xxxxx", "unknown"), ("house", "repeated"), ("dance", "again")]
)
def test_what_does_not_count_is_refused_with_a_reason(word: str, why: str) -> None:
    state = guessed(puzzle(), "house")
    assert says(state, 0, word) == (state, why)


@pytest.mark.parametrize("typed", ["four", "longer", "two words", ""])
def test_a_form_is_told_how_long_the_word_is(typed: str) -> None:
    _, said = rules.step(puzzle(), Move("guess", 0, values={"word": typed}), LATER)
    assert said[0].key == "length"


def test_nobody_guesses_twice_in_a_row_until_an_hour_has_passed() -> None:
    state = guessed(puzzle(), "house")
    assert says(state, 0, "dance", LATER + PAUSE - timedelta(seconds=1))[1] == "again"
    assert says(state, 0, "dance", LATER + PAUSE)[1] == ""
    assert says(state, 1, "dance")[1] == ""


def test_accents_and_case_do_not_matter() -> None:
    assert guessed(puzzle("élève", "fr"), "ELEVE").solved


def test_the_end_shows_the_word_with_its_accents() -> None:
    assert "ÉLÈVE" in board(guessed(puzzle("élève", "fr"), "eleve"))


def test_it_is_over_when_the_word_is_found() -> None:
    state = guessed(puzzle(), "house", "geese")
    assert state.solved
    assert state.until is None
    assert "Found with 2 guesses, by 2 people: GEESE" in board(state)


def test_it_is_over_after_the_last_guess() -> None:
    state = guessed(puzzle(), *WRONG)
    assert len(WRONG) == MOST
    assert state.until is None
    assert "The word was GEESE. 3 people looked for it." in board(state)


def test_it_is_over_at_the_end_of_the_day() -> None:
    state = puzzle()
    assert state.until == START + DAY
    assert rules.step(state, Move(TIME), state.until)[0].until is None


@pytest.mark.parametrize("act", [LEFT, PASS, "nonsense"])
def test_who_leaves_or_passes_changes_nothing(act: str) -> None:
    assert rules.step(puzzle(), Move(act, 0), LATER) == (puzzle(), ())


def test_the_board_never_holds_the_word_before_the_end() -> None:
    assert "GEESE" not in board(guessed(puzzle(), "house", "those")).upper()


def test_the_board_says_without_colours_what_is_known() -> None:
    text = board(guessed(puzzle("geese"), "those", "eagle"))
    assert "In their place: _ _ _ S E" in text
    assert "In the word, but elsewhere: E (not 1) and G (not 3)" in text
    assert "Not in the word: A H L O T" in text


def test_a_letter_whose_places_are_all_known_is_not_elsewhere() -> None:
    text = board(guessed(puzzle("crane"), "nacre", "crate"))
    assert "N (not 1)" in text
    assert "C (not" not in text


def test_the_board_says_who_guessed_what() -> None:
    assert "HOUSE · ⁨Ann⁩" in board(guessed(puzzle(), "house"))


def test_fewer_guesses_are_worth_more_and_letters_something() -> None:
    tries = (("geese",), ("house", "geese"), ("house",), ("brown",))
    scores = [rules.result(guessed(puzzle(), *words)).scores[0] for words in tries]
    assert [score.points for score in scores] == [12, 11, 2, 0]
    assert {score.best for score in scores} == {12}


def test_a_personal_best_counts_the_letters_that_one_placed_first() -> None:
    state = guessed(puzzle("geese"), "those", "tease", "geese")
    assert rules.result(state).bests == {0: 2, 1: 1, 2: 2}


def test_what_somebody_wrote_is_gone_but_not_what_it_told() -> None:
    state = rules.forget(guessed(puzzle(), "house", "brown"), 0)
    assert "HOUSE" not in board(state)
    assert "⬛⬛⬛🟩🟩" in board(state)
    assert "BROWN" in board(state)


@given(language=languages, seed=st.integers(0, 10**6))
def test_random_guesses_keep_the_rules(language: str, seed: int) -> None:
    rng = Random(seed)
    state, now = rules.begin(table(language), START, rng), START
    for _ in range(30):
        now += timedelta(minutes=rng.choice((1, 61)))
        state, _ = says(state, rng.randrange(3), rng.choice(solutions(language)), now)
    found = [guess.word for guess in state.guesses]
    assert len(found) == len(set(found)) <= MOST
    assert all(
        a.seat != b.seat or b.at - a.at >= PAUSE
        for a, b in zip(state.guesses, state.guesses[1:], strict=False)
    )
    assert (state.until is None) == (state.solved or len(found) == MOST)
