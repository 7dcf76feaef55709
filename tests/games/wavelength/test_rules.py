"""The wavelength: the target stays secret, and what is closer never earns less."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.games.wavelength import game
from bot.games.wavelength.marks import CELLS, HIGH, PLACES, drawn, earnings, middle, place, points
from bot.games.wavelength.scales import SCALES
from bot.games.wavelength.state import Wavelength
from bot.games.wavelength.view import SAID
from bot.i18n import Words
from bot.play import LEFT, PASS, SAYS, TIME, Board, Move, Note, Pace, Sitting, Table
from tests.games.players import START, NamedCast, RandomGame

WAVES, WORDS, CAST = game(), Words(), NamedCast()
ANY = st.integers(0, 10**9)
SPOTS = st.integers(0, 100)
CLUE = "Mondays"


def begun(seats: int = 6, seed: int = 1) -> Wavelength:
    sitting = tuple(Sitting(seat, seat % 2) for seat in range(seats))
    table = Table(sitting, 2, Pace.LIVE, timedelta(minutes=3), "en")
    return WAVES.begin(table, START, Random(seed))


def stepped(state: Wavelength, move: Move) -> tuple[Wavelength, list[str]]:
    after, said = WAVES.step(state, move, START, Random(2))
    return after, [note.key for note in said]


def does(state: Wavelength, act: str, seat: int, arg: str = "", **values: str) -> Wavelength:
    return stepped(state, Move(act, seat, arg, values=values))[0]


def told(state: Wavelength, act: str, seat: int, arg: str = "", **values: str) -> list[str]:
    return stepped(state, Move(act, seat, arg, values=values))[1]


def clued(state: Wavelength, clue: str = CLUE) -> Wavelength:
    return does(state, "clue", state.teller, str(state.round), clue=clue)


def guess(state: Wavelength, seat: int, spot: int) -> Wavelength:
    return does(state, "exact", seat, str(state.round), place=str(spot))


def all_guess(state: Wavelength, spot: int) -> Wavelength:
    for seat in state.awaited:
        state = guess(state, seat, spot)
    return state


def others(state: Wavelength) -> list[int]:
    return [seat for seat in state.seats if seat != state.teller]


def played(seats: int) -> tuple[list[int], Wavelength]:
    """Who told in each round, and the end, when everybody guesses right."""
    state, tellers = begun(seats), []
    while state.due is not None:
        tellers.append(state.teller)
        state = clued(state)
        state = all_guess(state, state.target)
    return tellers, state


def seen(board: Board | None) -> str:
    return repr(board)


def test_there_are_enough_scales_and_each_stands_there_once() -> None:
    assert len(set(SCALES)) == len(SCALES) >= 30


def test_every_end_of_a_scale_is_short() -> None:
    assert all(len(end) <= 24 for scale in SCALES for end in scale)


@given(spot=SPOTS, near=SPOTS, far=SPOTS)
def test_points_fall_with_the_distance(spot: int, near: int, far: int) -> None:
    near, far = sorted((near, far), key=lambda guess: abs(guess - spot))
    assert points(near, spot) >= points(far, spot)


@given(target=SPOTS, guesses=st.lists(SPOTS, min_size=1))
def test_a_mirrored_scale_gives_the_same_points(target: int, guesses: list[int]) -> None:
    there, mirrored = middle(guesses), middle([HIGH - guess for guess in guesses])
    assert there is not None
    assert mirrored is not None
    assert points(there, target) == points(mirrored, HIGH - target)


@given(guesses=st.tuples(SPOTS | st.none(), SPOTS | st.none()), target=SPOTS)
def test_both_sides_are_treated_alike(guesses: tuple[int | None, int | None], target: int) -> None:
    assert earnings(guesses[::-1], target) == earnings(guesses, target)[::-1]


def test_the_closer_side_earns_one_more() -> None:
    assert earnings((50, 52), 50) == (5, 4)
    assert earnings((45, 55), 50) == (4, 4)
    assert earnings((50, None), 50) == (4, 0)


def test_a_blind_guess_earns_about_one_point() -> None:
    blind = [points(guess, target) for guess in PLACES for target in range(HIGH + 1)]
    assert 0.9 < sum(blind) / len(blind) < 1.1


@pytest.mark.parametrize(
    ("typed", "value"),
    [("42", 42), (" 7 % ", 7), ("100", 100), ("0", 0), ("٤٢", 42)]
    + [(wrong, None) for wrong in ("101", "-1", "4.5", "", "many", "²")],
)
def test_a_place_is_a_whole_number_up_to_a_hundred(typed: str, value: int | None) -> None:
    assert place(typed) == value


@given(typed=st.text(max_size=8))
def test_whatever_is_typed_is_a_place_or_none(typed: str) -> None:
    value = place(typed)
    assert value is None or 0 <= value <= HIGH


@given(spot=SPOTS)
def test_the_drawing_has_ten_squares_and_one_mark(spot: int) -> None:
    squares = drawn(spot, "🎯")
    assert len(squares) == CELLS
    assert squares.count("🎯") == 1


def test_only_the_teller_is_shown_the_place() -> None:
    state = begun()
    assert str(state.target) in seen(WAVES.hand(state, state.teller, WORDS, CAST))
    assert all(WAVES.hand(state, seat, WORDS, CAST) is None for seat in others(state))


def shown_to_others(state: Wavelength, seats: int) -> list[Board | None]:
    hands = [WAVES.hand(state, n, WORDS, CAST) for n in range(seats) if n != state.teller]
    return [WAVES.board(state, WORDS, CAST), *hands]


@settings(max_examples=20)
@given(seed=ANY, target=SPOTS)
def test_whatever_the_place_is_the_others_see_the_same(seed: int, target: int) -> None:
    random = RandomGame(WAVES, seed)
    for done in random.moves(40):
        state = done.play.state
        if state.due and not state.clue and random.rng.random() < 0.5:
            random.make(Move("clue", state.teller, str(state.round), values={"clue": CLUE}))
            state = random.play.state
        moved = replace(state, target=target)
        assert shown_to_others(state, random.seats) == shown_to_others(moved, random.seats)


def test_guesses_of_others_are_not_on_the_board() -> None:
    state = clued(begun())
    first, second = others(state)[:2]
    assert WAVES.board(guess(state, first, 33), WORDS, CAST) == WAVES.board(
        guess(state, first, 77), WORDS, CAST
    )
    assert WAVES.hand(guess(state, first, 33), second, WORDS, CAST) == WAVES.hand(
        guess(state, first, 77), second, WORDS, CAST
    )


def test_ones_own_guess_stands_in_ones_hand() -> None:
    state = clued(begun())
    seat = others(state)[0]
    hand = WAVES.hand(guess(state, seat, 33), seat, WORDS, CAST)
    assert hand is not None
    assert "→ 33" in str(hand.text)
    assert hand.control("exact", "1") is not None


def test_the_clue_is_public() -> None:
    assert CLUE in seen(WAVES.board(clued(begun()), WORDS, CAST))


@pytest.mark.parametrize(
    ("clue", "key"),
    [("", "length"), ("x" * 81, "length"), ("about 40", "number"), ("٤٢", "number")],
)
def test_a_clue_is_short_and_no_number(clue: str, key: str) -> None:
    state = begun()
    assert told(state, "clue", state.teller, "1", clue=clue) == [key]
    assert clued(state, clue) == state


def test_a_clue_that_is_refused_is_given_back() -> None:
    state = begun()
    move = Move("clue", state.teller, "1", values={"clue": "a bus at 8 o’clock"})
    said = WAVES.step(state, move, START, Random(2))[1]
    assert "a bus at 8 o’clock" in str(WAVES.words_of(said[0], WORDS, CAST))


def test_only_the_teller_gives_a_clue() -> None:
    state = begun()
    assert does(state, "clue", others(state)[0], "1", clue=CLUE) == state


def test_a_clue_stays() -> None:
    state = clued(begun())
    assert told(state, "clue", state.teller, "1", clue="Fridays") == ["told"]


def test_the_teller_does_not_guess() -> None:
    state = clued(begun())
    assert told(state, "at", state.teller, "1.45") == ["teller"]


def test_nobody_guesses_before_the_clue() -> None:
    state = begun()
    assert told(state, "at", others(state)[0], "1.45") == ["no_clue"]


def test_a_guess_can_be_changed_until_all_are_there() -> None:
    state = clued(begun())
    seat = others(state)[0]
    state = guess(guess(state, seat, 10), seat, 90)
    assert state.guesses == {seat: 90}


def test_a_press_for_an_earlier_round_does_not_count() -> None:
    state = clued(all_guess(clued(begun()), 50))
    assert told(state, "at", others(state)[0], "1.45") == ["over"]


def test_typed_talk_is_no_move() -> None:
    state = clued(begun())
    assert stepped(state, Move(SAYS, others(state)[0], text="45"))[0] == state


def test_the_round_is_revealed_with_the_last_guess() -> None:
    state = clued(begun())
    target = state.target
    state = all_guess(state, target)
    assert state.round == 2
    assert state.last is not None
    assert state.last.earned == (4, 4)
    assert f"→ {target}" in str(WAVES.board(state, WORDS, CAST).text)


def test_a_side_guesses_with_its_median() -> None:
    state = clued(begun(8))
    side = 1 - state.turn
    for seat, spot in zip(state.sides[side], (10, 20, 30, 100), strict=True):
        state = guess(state, seat, spot)
    state = does(state, TIME, -1)
    assert state.last is not None
    assert state.last.guesses[side] == 25


def test_who_passes_is_not_waited_for_and_can_still_guess() -> None:
    state = clued(begun())
    seat = others(state)[0]
    state = does(state, PASS, seat, "1")
    assert seat not in state.awaited
    assert guess(state, seat, 40).guesses == {seat: 40}


def test_time_reveals_with_the_guesses_that_are_there() -> None:
    state = clued(begun())
    state = does(guess(state, others(state)[0], 50), TIME, -1)
    assert state.last is not None
    assert sum(guess is not None for guess in state.last.guesses) == 1


@pytest.mark.parametrize("act", [PASS, TIME, LEFT])
def test_instead_of_a_missing_teller_another_of_the_side_tells(act: str) -> None:
    state = begun(8)
    after = does(state, act, state.teller)
    assert (after.round, after.turn) == (1, state.turn)
    assert after.teller in state.sides[state.turn]
    assert after.teller != state.teller


def test_the_next_teller_gets_a_place_that_the_former_does_not_know() -> None:
    state = begun(8)
    assert does(state, PASS, state.teller).target != state.target


def test_when_nobody_does_anything_it_ends_early() -> None:
    state, count = begun(12), 0
    while state.due is not None:
        state, count = does(state, TIME, -1), count + 1
    assert count == 6


def test_a_round_without_a_clue_is_not_passed_over_in_silence() -> None:
    state = begun(4)
    while state.round == 1:
        state = does(state, PASS, state.teller)
    assert "No clue was found" in str(WAVES.board(state, WORDS, CAST).text)


@pytest.mark.parametrize("seats", [4, 6, 7, 8])
def test_the_sides_tell_in_turn_and_everybody_before_anybody_twice(seats: int) -> None:
    tellers, _ = played(seats)
    assert all(a % 2 != b % 2 for a, b in pairwise(tellers))
    for side in (0, 1):
        own = [seat for seat in tellers if seat % 2 == side]
        size = len([seat for seat in range(seats) if seat % 2 == side])
        assert len(set(own[:size])) == len(own[:size])


@pytest.mark.parametrize(("seats", "rounds"), [(4, 6), (7, 7), (20, 8)])
def test_there_are_as_many_rounds_as_players_within_bounds(seats: int, rounds: int) -> None:
    assert len(played(seats)[0]) == rounds


def test_a_side_of_any_size_can_reach_the_same() -> None:
    small, large = WAVES.result(played(4)[1]), WAVES.result(played(16)[1])
    assert {s.points / s.best for s in small.scores + large.scores} == {4 / 5}


def test_the_last_two_leaving_ends_it() -> None:
    state = clued(begun(4))
    for seat in (0, 1, 2):
        state = does(state, LEFT, seat)
    assert state.due is None


def test_a_side_that_is_left_empty_does_not_stop_the_other() -> None:
    state = begun(8)
    for seat in (1, 3, 5, 7):
        state = does(state, LEFT, seat)
    state = clued(state)
    assert all_guess(state, 50).round == 2


def test_a_clue_is_forgotten_while_it_stands_and_after() -> None:
    state = clued(begun())
    later = all_guess(state, 50)
    for now in (state, later):
        gone = WAVES.forget(now, state.teller)
        assert CLUE not in seen(WAVES.board(gone, WORDS, CAST))


@pytest.mark.parametrize("key", SAID)
def test_a_note_says_what_to_do(key: str) -> None:
    note = Note(0, key, {"seat": 0, "most": 80, "place": 40})
    assert "{" not in str(WAVES.words_of(note, WORDS, CAST))
