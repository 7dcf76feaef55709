"""How a game of trivia goes, in sentences."""

from datetime import datetime, timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.games.trivia import game
from bot.games.trivia.asking import Question
from bot.games.trivia.quiz import Quiz, Reveal, Seat, awaited, closed
from bot.games.trivia.rules import TRIES, begin, result, step
from bot.i18n import LANGUAGES, Words
from bot.play import (
    CAME,
    LEFT,
    PASS,
    SAYS,
    TIME,
    Item,
    Move,
    Note,
    Pace,
    Score,
    Sitting,
    Table,
    replay,
)
from bot.play import begin as begin_play
from tests.games.players import START, NamedCast, RandomGame, every_text, stored

TURN = timedelta(minutes=1)
CHOSEN = Question("own", "Which?", ("yes",), choices=("no", "yes", "perhaps", "never"))
TYPED = Question("own", "What?", ("Ouagadougou",), rivals=("Uagadugu City",))
COUNTED = Question("own", "How many?", ("7",))
YES, NO = "1", "0"


def quiz(*questions: Question, sides: str = "0011", live: bool = True) -> Quiz:
    seats = {seat: Seat(int(side)) for seat, side in enumerate(sides)}
    return Quiz(TURN, START + TURN, live, questions, seats, (Score(0, 0), Score(0, 0)))


def after(state: Quiz, *moves: Move) -> Quiz:
    for move in moves:
        state = step(state, move, START)[0]
    return state


def picks(seat: int, choice: str, number: int = 0) -> Move:
    return Move("pick", seat, f"{number}.{choice}")


def types(seat: int, text: str, number: int = 0) -> Move:
    return Move("type", seat, str(number), values={"answer": text})


def says(seat: int, text: str) -> Move:
    return Move(SAYS, seat, text=text)


def note(state: Quiz, move: Move) -> str:
    said = step(state, move, START)[1]
    return said[0].key if said else ""


def last(state: Quiz) -> Reveal:
    assert state.last
    return state.last


def test_the_next_question_comes_as_soon_as_everybody_has_answered() -> None:
    state = after(quiz(CHOSEN, TYPED), *(picks(seat, YES) for seat in range(4)))
    assert state.number == 1


def test_a_question_waits_for_everybody() -> None:
    state = after(quiz(CHOSEN, TYPED), *(picks(seat, YES) for seat in range(3)))
    assert (state.number, awaited(state)) == (0, (3,))


def test_time_closes_a_question() -> None:
    state = after(quiz(CHOSEN, TYPED), picks(0, YES), Move(TIME))
    assert (state.number, state.until) == (1, START + TURN)


def test_a_side_gets_the_share_of_its_heads_that_were_right() -> None:
    answers = (picks(0, YES), picks(1, NO), picks(2, YES), picks(3, YES))
    assert after(quiz(CHOSEN, TYPED), *answers).scores == (Score(50, 100), Score(100, 100))


def test_sides_of_two_and_of_nine_compare() -> None:
    state = quiz(CHOSEN, TYPED, sides="00" + "1" * 9)
    answers = [picks(seat, YES if seat in (0, 2, 3, 4) else NO) for seat in range(11)]
    assert after(state, *answers).scores == (Score(50, 100), Score(33, 100))


def test_the_first_answer_stays() -> None:
    state = after(quiz(CHOSEN), picks(0, NO))
    assert step(state, picks(0, YES), START) == (state, (Note(0, "stays"),))


def test_a_press_for_the_question_before_is_too_late() -> None:
    state = after(quiz(CHOSEN, CHOSEN), Move(TIME))
    assert step(state, picks(0, YES), START) == (state, (Note(0, "late"),))


@pytest.mark.parametrize("arg", ["0", "0.", "0.9", "0.x", "0.-1", "0.١", "0.1.2"])
def test_a_choice_that_isnt_there_changes_nothing(arg: str) -> None:
    state = quiz(CHOSEN)
    assert step(state, Move("pick", 0, arg), START)[0] == state


def test_who_passes_is_not_awaited() -> None:
    assert awaited(after(quiz(CHOSEN), Move(PASS, 0))) == (1, 2, 3)


def test_who_left_without_an_answer_lowers_no_share() -> None:
    state = after(quiz(CHOSEN, TYPED), Move(LEFT, 0), *(picks(seat, YES) for seat in (1, 2, 3)))
    assert last(state).tallies == ((1, 1), (2, 2))


def test_the_answer_of_somebody_who_left_still_counts() -> None:
    moves = picks(0, YES), Move(LEFT, 0), *(picks(seat, NO) for seat in (1, 2, 3))
    assert last(after(quiz(CHOSEN, TYPED), *moves)).tallies == ((1, 2), (0, 2))


def test_the_game_ends_when_everybody_has_left() -> None:
    assert after(quiz(CHOSEN, TYPED), *(Move(LEFT, seat) for seat in range(4))).ended


def test_somebody_late_doesnt_lower_the_share_of_the_team() -> None:
    moves = Move(CAME, 4, "0"), *(picks(seat, YES) for seat in range(4))
    state = after(quiz(CHOSEN, CHOSEN), *moves)
    assert last(state).tallies == ((2, 2), (2, 2))
    assert 4 in awaited(state)


def test_somebody_late_may_answer_at_once() -> None:
    moves = Move(CAME, 4, "1"), picks(4, YES), *(picks(seat, NO) for seat in range(4))
    assert last(after(quiz(CHOSEN, CHOSEN), *moves)).tallies == ((0, 2), (1, 3))


def test_who_missed_two_questions_is_neither_awaited_nor_counted() -> None:
    state = quiz(*(CHOSEN,) * 4)
    for number in range(2):
        state = after(state, *(picks(seat, YES, number) for seat in range(3)), Move(TIME))
    state = after(state, *(picks(seat, YES, 2) for seat in range(3)))
    assert last(state).tallies == ((2, 2), (1, 1))


def test_who_comes_back_counts_again() -> None:
    state = quiz(*(CHOSEN,) * 4)
    for number in range(2):
        state = after(state, *(picks(seat, YES, number) for seat in range(3)), Move(TIME))
    state = after(state, picks(3, YES, 2), *(picks(seat, YES, 2) for seat in range(3)))
    assert last(state).tallies == ((2, 2), (2, 2))


def test_a_game_in_which_nobody_answers_ends_early() -> None:
    state = after(quiz(*(CHOSEN,) * 8), Move(TIME), Move(TIME))
    assert (state.ended, last(state).question) == (True, CHOSEN)


def test_a_game_in_which_everybody_passes_ends_early() -> None:
    state = quiz(*(CHOSEN,) * 8)
    passes = [Move(PASS, seat) for seat in range(4)]
    assert after(state, *passes, *passes).ended


def test_a_typed_answer_counts_for_oneself() -> None:
    state = after(quiz(TYPED, CHOSEN), types(0, "ouagadugou"), *(Move(PASS, s) for s in (1, 2, 3)))
    assert last(state).tallies == ((1, 2), (0, 2))


def test_an_answer_said_aloud_counts_for_the_whole_team() -> None:
    state = after(quiz(TYPED, CHOSEN), types(2, "Ouagadougou"), says(0, "Ouagadougou!"))
    assert (state.number, last(state).tallies, last(state).aloud) == (1, ((2, 2), (1, 2)), 0)


def test_an_answer_said_aloud_is_ones_own_only_for_whom_said_it() -> None:
    state = after(quiz(TYPED, CHOSEN), says(0, "Ouagadougou"))
    assert result(state).bests == {0: 1}


def test_in_a_slow_game_nothing_is_said_aloud() -> None:
    state = quiz(TYPED, live=False)
    assert step(state, says(0, "Ouagadougou"), START) == (state, (Note(0, "private"),))


def test_talk_is_no_guess() -> None:
    state = quiz(TYPED)
    assert step(state, says(0, "no idea, has anybody been there?"), START) == (state, ())


def test_talk_during_a_question_with_choices_is_left_alone() -> None:
    assert step(quiz(CHOSEN), says(0, "yes, I think so"), START) == (quiz(CHOSEN), ())


def test_a_choice_can_be_said_too() -> None:
    assert after(quiz(CHOSEN), says(0, "Yes!")) == after(quiz(CHOSEN), picks(0, YES))


def test_a_near_miss_is_told_to_whom_it_concerns() -> None:
    assert step(quiz(TYPED), types(0, "Wagadugouu"), START)[1] == (Note(0, "close", {"left": 3}),)


def test_a_number_is_told_more_or_less() -> None:
    assert note(quiz(COUNTED), types(0, "5")) == "higher"
    assert note(quiz(COUNTED), says(0, "9")) == "lower"


def test_there_are_several_tries_but_not_without_end() -> None:
    state = after(quiz(TYPED), *(types(0, f"Paris {n}") for n in range(TRIES)))
    assert note(state, types(0, "Ouagadougou")) == "stays"
    assert 0 not in awaited(state)


def test_who_has_no_try_left_cant_say_it_aloud() -> None:
    state = after(quiz(COUNTED), *(says(0, str(n)) for n in range(TRIES)))
    assert step(state, says(0, "7"), START) == (state, ())


def test_a_note_holds_no_answer() -> None:
    for guess in ("Wagadugouu", "Paris", "Uagadugu City"):
        for said in step(quiz(TYPED), types(0, guess), START)[1]:
            assert "Ouagadougou" not in str(game().words_of(said, Words(), NamedCast()))


def test_the_board_holds_the_answer_only_afterwards() -> None:
    state = quiz(TYPED, CHOSEN)
    assert "Ouagadougou" not in str(game().board(state, Words(), NamedCast()).text)
    over = closed(state, START)
    assert "Ouagadougou" in str(game().board(over, Words(), NamedCast()).text)


def test_a_hand_shows_the_question_and_the_way_to_answer() -> None:
    hand = game().hand(quiz(TYPED), 0, Words(), NamedCast())
    assert hand
    assert "What?" in str(hand.text)
    assert hand.control("type", "0")


def test_a_hand_tells_what_one_chose_and_not_whether_it_is_right() -> None:
    hands = [
        game().hand(after(quiz(CHOSEN), picks(0, choice)), 0, Words(), NamedCast())
        for choice in (YES, NO)
    ]
    texts = [
        str(hand.text).replace(c, "") for hand, c in zip(hands, ("yes", "no"), strict=True) if hand
    ]
    assert texts[0] == texts[1]


def test_who_does_not_play_has_no_hand() -> None:
    assert game().hand(quiz(CHOSEN), 9, Words(), NamedCast()) is None


def test_long_choices_stand_in_the_text_and_letters_on_the_buttons() -> None:
    long = tuple(f"{'x' * 90} {n}" for n in range(4))
    board = game().board(quiz(Question("own", "?", long[:1], choices=long)), Words(), NamedCast())
    assert [row[0].label for row in board.rows] == ["A", "B", "C", "D"]
    assert all(choice in str(board.text) for choice in long)


def made(language: str, seed: int, items: tuple[Item, ...] = (), pace: Pace = Pace.LIVE) -> Quiz:
    table = Table((Sitting(0, 0), Sitting(1, 1)), 2, pace, TURN, language, items=items)
    return begin(table, START, Random(seed))


def test_a_pack_comes_first() -> None:
    items = tuple(Item(f"Question {n}", (f"answer {n}",)) for n in range(3))
    kinds = [question.kind for question in made("en", 1, items).questions]
    assert kinds[:3] == ["own"] * 3
    assert len(kinds) == 8
    assert "own" not in kinds[3:]


def test_a_large_pack_is_enough() -> None:
    items = tuple(Item(f"Question {n}", (f"answer {n}",)) for n in range(30))
    assert all(question.kind == "own" for question in made("en", 1, items).questions)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(sorted(LANGUAGES)))
def test_a_game_can_be_played_from_its_board_alone(seed: int, language: str) -> None:
    state, now = made(language, seed), START
    while not state.ended:
        board = game().board(state, Words(language), NamedCast())
        assert len(str(board.text)) < 2000
        moves = _moves(state)
        for move in moves:
            state = step(state, move, now)[0]
        now += timedelta(seconds=1)
    assert state.scores == (Score(800, 800), Score(800, 800))


def _moves(state: Quiz) -> list[Move]:
    """Both seats give the right answer."""
    question, number = state.question, state.number
    if question.choices:
        right = str(question.choices.index(question.answer))
        return [picks(seat, right, number) for seat in (0, 1)]
    return [types(seat, question.answer, number) for seat in (0, 1)]


def test_a_state_is_small() -> None:
    assert max(len(msgspec.json.encode(made("en", seed))) for seed in range(5)) < 12_000


def test_the_moment_of_time_lies_in_the_state() -> None:
    state = quiz(CHOSEN)
    assert game().due(state) == datetime.fromisoformat("2026-11-23T18:01:00+00:00")


def at_random(seed: int) -> RandomGame:
    """Players without a plan, and questions that are made: they come without a pack."""
    random = RandomGame(game(), seed)
    random.table = msgspec.structs.replace(random.table, items=())
    random.play = begin_play(random.game, random.table, random.seed, random.now)
    return random


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_whatever_is_done_a_made_game_ends_and_survives_the_store(seed: int) -> None:
    random = at_random(seed)
    for _ in random.moves(60):
        random.play = stored(random.game, random.play)
        for board in every_text(random.game, random.play, random.seats, NamedCast()):
            assert 0 < len(str(board.text)) <= 2000
    random.times_out(20)
    assert random.game.over(random.play.state)
    assert replay(random.game, random.table, random.seed, START, random.log) == random.play
