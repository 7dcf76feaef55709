"""Two truths and a lie: written in secret, guessed by all others, and told afterwards."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.games.two_truths import rules, view
from bot.games.two_truths.rules import LONGEST, State, Statements
from bot.i18n import Words
from bot.play import CAME, LEFT, PASS, TIME, Board, Move, Pace, Score, Sitting, Table
from bot.play.wording import one_line
from tests.games.players import NamedCast

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
TURN = timedelta(minutes=2)
ANN, BEN, CLEO = range(3)
EN = Words("en")


def begun(pace: Pace = Pace.LIVE) -> State:
    table = Table(tuple(Sitting(seat) for seat in (ANN, BEN, CLEO)), 1, pace, TURN, "en")
    return rules.begin(table, NOW)


def moved(state: State, *moves: Move, seed: int = 2) -> State:
    for move in moves:
        state = rules.step(state, move, NOW, Random(seed))[0]
    return state


def keys(state: State, move: Move) -> list[str]:
    return [said.key for said in rules.step(state, move, NOW, Random(2))[1]]


def given_by(seat: int, what: str = "") -> dict[str, str]:
    return {name: f"{name} of {seat}{what}" for name in rules.FIELDS}


def write(seat: int, what: str = "") -> Move:
    return Move(rules.WRITE, seat, values=given_by(seat, what))


def guessing() -> State:
    return moved(begun(), *map(write, (ANN, BEN, CLEO)))


def lie(state: State) -> int:
    return state.written[state.writer].lie


def others(state: State) -> list[int]:
    return [seat for seat in state.seats if seat != state.writer]


def pick(state: State, seat: int, choice: int) -> Move:
    return Move(rules.PICK, seat, f"{state.number + 1}.{choice}")


def round_of(state: State, *shifts: int) -> State:
    """Everybody picks a statement so many places behind the lie."""
    guesses = zip(others(state), shifts, strict=False)
    return moved(state, *(pick(state, seat, (lie(state) + n) % 3) for seat, n in guesses))


def read(board: Board) -> str:
    return str(board.text)


def test_live_writing_takes_two_turns_and_slow_writing_one() -> None:
    assert begun().until == NOW + 2 * TURN
    assert begun(Pace.SLOW).until == NOW + TURN


def test_when_all_wrote_the_guessing_begins_at_once() -> None:
    state = moved(begun(), write(ANN), write(BEN))
    assert state.writing
    assert not moved(state, write(CLEO)).writing


def test_everybody_who_wrote_is_guessed_once() -> None:
    assert sorted(guessing().order) == [ANN, BEN, CLEO]


def test_who_does_not_write_in_time_just_guesses() -> None:
    state = moved(begun(), write(ANN), write(BEN), Move(TIME))
    assert sorted(state.order) == [ANN, BEN]
    assert CLEO in rules.awaited(state)


def test_who_passes_is_not_waited_for_and_can_still_write() -> None:
    state = moved(begun(), Move(PASS, CLEO))
    assert rules.awaited(state) == [ANN, BEN]
    assert CLEO in moved(state, write(CLEO)).written


def test_if_nobody_wrote_it_is_over() -> None:
    assert moved(begun(), Move(TIME)).over


def test_statements_can_be_replaced_while_others_write() -> None:
    state = moved(begun(), write(ANN), write(ANN, " again"))
    assert "lie of 0 again" in state.written[ANN].lines
    assert keys(state, write(ANN)) == ["replaced"]


def test_afterwards_they_stay() -> None:
    state = guessing()
    assert keys(state, write(ANN, " again")) == ["too_late"]
    assert moved(state, write(ANN, " again")) == state


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"one": "x", "two": "y"},
        {"one": "x", "two": "y", "lie": "  "},
        {"one": "Same", "two": "same ", "lie": "z"},
    ],
)
def test_three_different_statements_are_wanted(values: dict[str, str]) -> None:
    move = Move(rules.WRITE, ANN, values=values)
    assert keys(begun(), move) == ["three"]
    assert moved(begun(), move) == begun()


@pytest.mark.parametrize("state", [begun(), guessing()], ids=["too few", "too late"])
def test_statements_that_are_refused_are_given_back(state: State) -> None:
    values = {"one": "I like tea", "two": "I can juggle", "lie": "I can juggle"}
    said = rules.step(state, Move(rules.WRITE, ANN, values=values), NOW, Random(2))[1]
    text = str(view.words_of(said[0], EN))
    assert "I like tea" in text
    assert "I can juggle" in text


def test_who_wrote_and_would_rather_only_guess_is_told_that_both_go_together() -> None:
    state = moved(begun(), write(ANN))
    assert keys(state, Move(PASS, ANN)) == ["has_written"]


@given(st.lists(st.text(max_size=200), min_size=3, max_size=3), st.integers(0, 999))
def test_the_lie_is_where_it_says(given_texts: list[str], seed: int) -> None:
    values = dict(zip(rules.FIELDS, given_texts, strict=True))
    statements = rules.drawn(values, Random(seed))
    if statements is not None:
        assert statements.lines[statements.lie] == one_line(values["lie"])[:LONGEST].strip()
        assert all(0 < len(line) <= LONGEST for line in statements.lines)


def test_the_lie_stands_in_each_place_at_times() -> None:
    found = (rules.drawn(given_by(ANN), Random(seed)) for seed in range(50))
    assert {statements.lie for statements in found if statements} == {0, 1, 2}


def test_the_writer_does_not_guess_and_is_not_awaited() -> None:
    state = guessing()
    assert keys(state, pick(state, state.writer, 0)) == ["own"]
    assert state.writer not in rules.awaited(state)


def test_the_first_guess_counts() -> None:
    state = guessing()
    seat = others(state)[0]
    guessed = moved(state, pick(state, seat, 0))
    assert keys(guessed, pick(state, seat, 1)) == ["again"]
    assert moved(guessed, pick(state, seat, 1)) == guessed


def test_a_late_guess_does_not_count_for_the_next_writer() -> None:
    state = guessing()
    after = round_of(state, 0, 1)
    assert keys(after, pick(state, ANN, 0)) == ["over"]


def test_guesses_are_counted_for_the_group_and_for_each() -> None:
    state = guessing()
    writer, (finder, misled) = state.writer, others(state)
    result = rules.result(round_of(state, 0, 1))
    assert result.scores == (Score(1, 2),)
    assert result.bests == {writer: 1, finder: 1, misled: 0}


def test_who_does_not_guess_costs_nothing() -> None:
    state = moved(guessing(), Move(TIME))
    assert rules.result(state).scores == (Score(0, 0),)


def test_the_next_board_tells_the_lie_and_asks_for_the_most_surprising_truth() -> None:
    state = guessing()
    after = round_of(state, 1, 1)
    told, statements = read(view.board(after, EN, NamedCast())), state.written[state.writer]
    assert f"made this up: “⁨{statements.lines[statements.lie]}⁩”" in told
    assert "2 of 2 were taken in." in told
    assert f"tell us the story: “⁨{statements.lines[(statements.lie + 1) % 3]}⁩”" in told


def test_who_left_is_not_guessed() -> None:
    state = guessing()
    gone = state.order[1]
    after = moved(state, Move(LEFT, gone), Move(TIME))
    assert after.writer == state.order[2]


def test_who_leaves_while_writing_takes_the_statements_along() -> None:
    state = moved(begun(), write(ANN), write(BEN), Move(LEFT, ANN), Move(PASS, CLEO))
    assert state.order == (BEN,)


def test_who_comes_late_can_write_or_guess() -> None:
    assert 3 in rules.awaited(moved(begun(), Move(CAME, 3)))
    assert 3 in rules.awaited(moved(guessing(), Move(CAME, 3)))


def test_two_rounds_without_anybody_end_it() -> None:
    assert moved(guessing(), Move(TIME), Move(TIME)).over


def test_it_is_over_after_the_last_writer() -> None:
    state = guessing()
    for _ in range(3):
        state = round_of(state, 0, 1)
    assert state.over
    assert rules.result(state).scores == (Score(3, 6),)


def test_what_one_wrote_is_for_ones_own_eyes() -> None:
    state = moved(begun(), write(ANN))
    own, of_others = (view.hand(state, seat, EN) for seat in (ANN, BEN))
    assert own is not None
    assert of_others is not None
    assert "lie of 0 (the lie)" in read(own)
    assert "of 0" not in read(of_others)


def test_the_board_does_not_hold_what_was_written_before_it_is_guessed() -> None:
    board = view.board(moved(begun(), write(ANN)), EN, NamedCast())
    assert "lie of 0" not in str(board)


def test_the_form_in_the_hand_holds_what_was_written() -> None:
    hand = view.hand(moved(begun(), write(ANN)), ANN, EN)
    assert hand is not None
    form = hand.rows[0][0].form
    assert {field.name: field.value for field in form}["lie"] == "lie of 0"
    assert {field.value for field in form} == set(given_by(ANN).values())


def test_what_was_forgotten_while_writing_was_never_written() -> None:
    assert rules.forget(moved(begun(), write(ANN)), ANN).written == {}


def test_what_is_forgotten_later_is_shown_no_more() -> None:
    state = guessing()
    writer = state.writer
    forgotten = rules.forget(state, writer)
    assert f"of {writer}" not in read(view.board(forgotten, EN, NamedCast()))
    assert f"of {writer}" not in read(view.board(moved(forgotten, Move(TIME)), EN, NamedCast()))


def test_one_tap_goes_on_after_words_that_were_taken_back() -> None:
    state = guessing()
    seat = others(state)[0]
    forgotten = rules.forget(moved(state, pick(state, seat, 0)), state.writer)
    assert keys(forgotten, pick(state, others(state)[1], 0)) == ["gone"]
    after = moved(forgotten, Move(rules.GO_ON, seat))
    assert after.number == 1
    assert rules.result(after).scores == (Score(0, 0),)
    assert moved(state, Move(rules.GO_ON, seat)) == state


def test_forgotten_statements_are_not_guessed() -> None:
    state = guessing()
    forgotten = rules.forget(state, state.order[1])
    assert forgotten.written[state.order[1]] == Statements((), state.written[state.order[1]].lie)
    assert moved(forgotten, Move(TIME)).writer == state.order[2]
