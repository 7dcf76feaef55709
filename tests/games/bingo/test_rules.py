"""Human bingo: what may fill a square, and who."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.games.bingo import game, rules
from bot.games.bingo.state import SQUARES, State
from bot.games.bingo.statements import STATEMENTS
from bot.i18n import Words
from bot.play import CAME, LEFT, NOBODY, PASS, SAYS, TIME, Move, Note, Pace, Sitting, Table
from tests.games.players import START, NamedCast, RandomGame

ANN, BOB, CID, DEE, EVE, FAY = range(6)
WORDS, CAST = Words("en"), NamedCast()


def opened(people: int = 6, pace: Pace = Pace.SLOW) -> State:
    seats = tuple(Sitting(seat) for seat in range(people))
    turn = timedelta(days=1) if pace is Pace.SLOW else timedelta(minutes=20)
    return rules.begin(Table(seats, 1, pace, turn, "en"), START, Random(7))


def after(state: State, *moves: Move) -> State:
    for move in moves:
        state, _ = rules.step(state, move, Random(1))
    return state


def key(state: State, move: Move) -> str:
    """What the mover is told."""
    _, said = rules.step(state, move, Random(1))
    return said[0].key if said and isinstance(said[0], Note) else ""


def confirmed(state: State, asker: int, square: int, person: int) -> State:
    asked = after(state, Move("ask", asker, f"{square}.{person}"))
    return after(asked, Move("yes", person, str(asked.asked)))


def test_there_are_forty_statements_and_none_twice() -> None:
    assert len(set(STATEMENTS)) == len(STATEMENTS) >= 40


def test_a_card_has_nine_different_statements() -> None:
    assert all(len(set(card.statements)) == SQUARES for card in opened().cards.values())


def test_cards_differ() -> None:
    assert len({card.statements for card in opened().cards.values()}) == 6


def test_a_slow_game_lasts_three_turns() -> None:
    assert opened().until == START + timedelta(days=3)


def test_a_live_game_lasts_one() -> None:
    assert opened(pace=Pace.LIVE).until == START + timedelta(minutes=20)


def test_a_yes_fills_the_square_with_the_name() -> None:
    assert confirmed(opened(), ANN, 4, BOB).cards[ANN].names[4] == BOB


def test_a_no_opens_the_square_again() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"), Move("no", BOB, "1"))
    assert state.cards[ANN].names[4] == NOBODY
    assert not state.waiting(ANN, 4)


def test_who_said_no_is_not_offered_for_that_square_again() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"), Move("no", BOB, "1"))
    assert BOB not in rules.candidates(state, ANN, 4)
    assert BOB in rules.candidates(state, ANN, 5)


def test_nobody_else_can_answer_a_question() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"))
    assert after(state, Move("yes", CID, "1"), Move("no", DEE, "1")) == state


def test_the_asker_cannot_say_yes_for_another() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"))
    assert after(state, Move("yes", ANN, "1")) == state


def test_nobody_asks_themselves() -> None:
    assert key(opened(), Move("ask", ANN, "4.0")) == "not_here"


def test_one_question_at_a_time_for_a_square() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"))
    assert key(state, Move("ask", ANN, "4.2")) == "waits"


def test_one_person_fills_at_most_two_squares_of_a_card() -> None:
    state = confirmed(confirmed(opened(), ANN, 0, BOB), ANN, 1, BOB)
    assert key(state, Move("ask", ANN, "2.1")) == "often"


def test_questions_under_way_count_too() -> None:
    state = after(opened(), Move("ask", ANN, "0.1"), Move("ask", ANN, "1.1"))
    assert key(state, Move("ask", ANN, "2.1")) == "often"


def test_where_few_play_a_card_can_be_filled_all_the_same() -> None:
    assert rules.most_of_one(opened(3)) == 5


def test_the_room_is_asked_and_whoever_it_is_true_of_says_so() -> None:
    state = after(opened(), Move("room", ANN, "3"), Move("yes", CID, "1"))
    assert state.cards[ANN].names[3] == CID


def test_a_search_is_not_answered_by_its_owner() -> None:
    state = after(opened(), Move("room", ANN, "3"))
    assert key(state, Move("yes", ANN, "1")) == "own_search"


def test_a_search_is_over_with_the_first_yes() -> None:
    state = after(opened(), Move("room", ANN, "3"), Move("yes", CID, "1"))
    assert key(state, Move("yes", DEE, "1")) == "gone"


def test_each_looks_for_one_at_a_time_in_the_room() -> None:
    state = after(opened(), Move("room", ANN, "3"))
    assert key(state, Move("room", ANN, "4")) == "one_search"


def test_a_question_can_be_taken_back() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"), Move("undo", ANN, "1"))
    assert key(state, Move("yes", BOB, "1")) == "gone"
    assert BOB in rules.candidates(state, ANN, 4)


def test_only_the_asker_takes_it_back() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"))
    assert after(state, Move("undo", BOB, "1")) == state


def test_three_in_a_row_are_a_line() -> None:
    state = confirmed(confirmed(opened(), ANN, 0, BOB), ANN, 4, CID)
    assert not state.cards[ANN].lines
    state = confirmed(state, ANN, 8, DEE)
    assert state.cards[ANN].lines == 1
    assert state.finds[-1].line


def test_after_a_line_the_game_goes_on() -> None:
    state = opened()
    for square, person in enumerate((BOB, CID, DEE)):
        state = confirmed(state, ANN, square, person)
    assert not state.over


def test_it_ends_when_all_cards_are_full() -> None:
    state = opened(3)
    for asker in (ANN, BOB, CID):
        others = [seat for seat in (ANN, BOB, CID) if seat != asker]
        for square in range(SQUARES):
            state = confirmed(state, asker, square, others[square % 2])
    assert state.over
    assert rules.result(state).scores[0].points == 27


def test_time_ends_it() -> None:
    assert after(opened(), Move(TIME)).over


def test_questions_of_and_to_somebody_who_leaves_are_over() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"), Move("ask", BOB, "2.2"), Move(LEFT, BOB))
    assert not state.questions


def test_who_leaves_stays_in_the_squares_that_they_confirmed() -> None:
    state = after(confirmed(opened(), ANN, 4, BOB), Move(LEFT, BOB))
    assert state.cards[ANN].names[4] == BOB


def test_it_ends_when_everybody_left() -> None:
    assert after(opened(3), *(Move(LEFT, seat) for seat in range(3))).over


def test_who_comes_late_gets_a_card() -> None:
    assert len(after(opened(), Move(CAME, 6, "0")).cards[6].statements) == SQUARES


def test_who_comes_back_finds_the_card_of_before() -> None:
    state = confirmed(opened(), ANN, 4, BOB)
    again = after(state, Move(LEFT, ANN), Move(CAME, ANN, "0"))
    assert again.cards == state.cards


def test_talk_and_passing_leave_everything_as_it_is() -> None:
    state = opened()
    assert after(state, Move(SAYS, ANN, text="hello"), Move(PASS, BOB)) == state


def test_open_squares_of_those_who_left_are_not_held_against_the_group() -> None:
    state = after(confirmed(opened(), ANN, 4, BOB), Move(LEFT, ANN))
    assert rules.result(state).scores[0].best == 5 * SQUARES + 1


def test_met_are_those_who_found_each_other() -> None:
    state = confirmed(confirmed(opened(), DEE, 4, BOB), BOB, 1, DEE)
    assert rules.result(confirmed(state, ANN, 0, EVE)).met == ((ANN, EVE), (BOB, DEE))


@pytest.mark.parametrize("arg", ["", "9.1", "x.1", "1", "1.2.3", "-1.2", "٣.1", "0.99"])
def test_a_broken_argument_leaves_the_game_as_it_is(arg: str) -> None:
    state = opened()
    assert after(state, Move("ask", ANN, arg)) == state


def test_the_choice_offers_each_person_once_over_its_pages() -> None:
    state, seen = opened(30), set[str]()
    for page in range(3):
        state = after(state, Move("open", ANN, f"0.{page}"))
        board = game().hand(state, ANN, WORDS, CAST)
        assert board is not None
        seen |= {c.arg for row in board.rows for c in row if c.act == "ask"}
    assert len(seen) == 29


def test_a_question_shows_in_the_hand_of_who_is_asked() -> None:
    state = after(opened(), Move("ask", ANN, "4.1"))
    board = game().hand(state, BOB, WORDS, CAST)
    assert board is not None
    assert board.control("yes", "1")
    assert STATEMENTS[state.cards[ANN].statements[4]] in str(board.text)


def test_the_board_names_those_whom_questions_wait_for_and_not_what_they_are() -> None:
    state = after(opened(), Move("ask", ANN, "4.0"), Move("ask", ANN, "4.3"))
    shown = str(game().board(state, WORDS, CAST).text)
    assert CAST.name(DEE) in shown
    assert STATEMENTS[state.cards[ANN].statements[4]] not in shown


def test_the_board_tells_of_whom_a_find_is_true_and_who_found_it() -> None:
    state = confirmed(opened(), ANN, 4, BOB)
    true = f"{CAST.name(BOB)}: {STATEMENTS[state.cards[ANN].statements[4]]}"
    assert f"{true} (found by {CAST.name(ANN)})" in str(game().board(state, WORDS, CAST).text)


def test_a_no_is_told_on_no_board() -> None:
    state = opened()
    said_no = after(state, Move("ask", ANN, "4.1"), Move("no", BOB, "1"))
    assert game().board(said_no, WORDS, CAST) == game().board(state, WORDS, CAST)


@given(seed=st.integers(0, 10**9))
def test_a_square_is_only_ever_filled_by_that_persons_own_yes(seed: int) -> None:
    random = RandomGame(game(), seed)
    for _ in range(80):
        before, number = random.play.state, len(random.log)
        if random.game.over(before):
            break
        random.now += timedelta(seconds=30)
        random.make(random.move())
        changed = filled(random.play.state) - filled(before)
        made = [logged.move for logged in random.log[number:]]
        for _asker, _square, name in changed:
            assert any(move.act == "yes" and move.seat == name for move in made)


@given(seed=st.integers(0, 10**9))
def test_a_filled_square_stays_filled(seed: int) -> None:
    random = RandomGame(game(), seed)
    before: set[tuple[int, int, int]] = set()
    for _ in random.moves(80):
        assert before <= filled(random.play.state)
        before = filled(random.play.state)


def filled(state: State) -> set[tuple[int, int, int]]:
    return {
        (asker, square, name)
        for asker, card in state.cards.items()
        for square, name in enumerate(card.names)
        if name != NOBODY
    }


def test_an_opened_square_that_the_room_fills_closes() -> None:
    state = after(opened(), Move("room", ANN, "3"), Move("open", ANN, "3.0"), Move("yes", BOB, "1"))
    assert state.cards[ANN].opened == -1
