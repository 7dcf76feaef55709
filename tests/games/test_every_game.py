"""What holds for every game, whatever anybody does."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.games import NAMES, game
from bot.i18n import LANGUAGES, Words
from bot.play import Line, Move, Note, due_at, replay, whole
from bot.play.board import LABEL_LENGTH, MOST_CONTROLS, MOST_IN_ROW
from tests.games.players import START, NamedCast, RandomGame, every_text, stored

SEEDS = st.integers(0, 10**9)
MOVES = 60
MOST_TIMES = 400
"""Moves of time after which every game is over, whatever happened before."""
TEXT_LIMIT = 2000
"""Characters of a message where they are fewest."""

EXAMPLES = 8
"""Random games for each claim and game; a thousand of each are played in test_survival.py."""


def whatever_happens(claim: Callable[[str, int], None]) -> Callable[..., None]:
    """Asks a claim of random games of every kind."""
    tried = settings(max_examples=EXAMPLES)(given(seed=SEEDS)(claim))
    asked: Callable[..., None] = pytest.mark.parametrize("key", NAMES)(tried)
    return asked


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """What is read only once (catalogues, data) is read before the clock of a test runs."""
    for key in NAMES:
        for language in LANGUAGES:
            random = RandomGame(game(key), 0)
            random.game.board(random.play.state, Words(language), NamedCast())


def played(key: str, seed: int, moves: int = MOVES) -> RandomGame:
    random = RandomGame(game(key), seed)
    for _ in random.moves(moves):
        pass
    return random


@whatever_happens
def test_time_alone_brings_every_game_to_its_end(key: str, seed: int) -> None:
    random = played(key, seed)
    assert random.times_out(MOST_TIMES) < MOST_TIMES
    assert random.game.over(random.play.state)
    assert random.game.due(random.play.state) is None


@whatever_happens
def test_each_move_of_time_moves_the_next_one_on(key: str, seed: int) -> None:
    random = played(key, seed)
    due = due_at(random.game, random.play.state)
    while due is not None:
        random.now = max(due, random.now)
        random.make(None)
        later = due_at(random.game, random.play.state)
        assert later is None or later > due
        due = later


@whatever_happens
def test_the_moment_that_people_read_lies_not_before_the_one_at_which_the_game_wakes(
    key: str, seed: int
) -> None:
    random = played(key, seed)
    deadline, due = (read(random.play.state) for read in (random.game.deadline, random.game.due))
    assert (deadline is None) == (due is None)
    assert deadline is None or due is None or deadline >= due


@whatever_happens
def test_the_log_leads_to_the_same_state_again(key: str, seed: int) -> None:
    random = played(key, seed)
    assert replay(random.game, random.table, random.seed, START, random.log) == random.play


@whatever_happens
def test_every_move_lies_on_a_moment_that_stores_can_keep(key: str, seed: int) -> None:
    random = played(key, seed)
    random.times_out(MOST_TIMES)
    assert all(logged.at == whole(logged.at) for logged in random.log)


@whatever_happens
def test_a_state_survives_the_store(key: str, seed: int) -> None:
    random = played(key, seed)
    assert stored(random.game, random.play) == random.play


@whatever_happens
def test_after_the_end_nothing_changes(key: str, seed: int) -> None:
    random = played(key, seed)
    random.times_out(MOST_TIMES)
    move = Move("pick", 0, "1.1")
    assert random.game.step(random.play.state, move, random.now, random.rng)[0] == random.play.state


@whatever_happens
def test_the_finished_board_has_no_controls(key: str, seed: int) -> None:
    random = played(key, seed)
    random.times_out(MOST_TIMES)
    assert not random.game.board(random.play.state, random.words, NamedCast()).rows


@whatever_happens
def test_every_board_fits_into_a_message(key: str, seed: int) -> None:
    random = played(key, seed)
    middle = random.play
    random.times_out(MOST_TIMES)
    for play in (middle, random.play):
        for board in every_text(random.game, play, random.seats, NamedCast()):
            assert 0 < len(str(board.text)) <= TEXT_LIMIT
            assert sum(len(row) for row in board.rows) <= MOST_CONTROLS
            assert all(0 < len(row) <= MOST_IN_ROW for row in board.rows)
            assert len(board.rows) <= MOST_IN_ROW


@whatever_happens
def test_every_label_fits_onto_a_button(key: str, seed: int) -> None:
    random = played(key, seed)
    for board in every_text(random.game, random.play, random.seats, NamedCast()):
        for control in (control for row in board.rows for control in row):
            assert 0 < len(control.label) <= LABEL_LENGTH
            assert len(control.form) <= 5
            assert not control.form or control.title
            assert all(0 < len(field.label) <= 45 for field in control.form)


@whatever_happens
def test_a_control_stands_on_a_board_once(key: str, seed: int) -> None:
    random = played(key, seed)
    for board in every_text(random.game, random.play, random.seats, NamedCast()):
        keys = [(c.act, c.arg) for row in board.rows for c in row if not c.opens_hand]
        assert len(keys) == len(set(keys))


@whatever_happens
def test_everything_said_has_words_in_every_language(key: str, seed: int) -> None:
    random = RandomGame(game(key), seed)
    for done in random.moves(MOVES):
        for said in done.effects:
            assert isinstance(said, Note | Line)
            for language in LANGUAGES:
                text = str(random.game.words_of(said, Words(language), NamedCast()))
                assert text
                assert len(text) <= TEXT_LIMIT


@whatever_happens
def test_scores_stay_within_what_can_be_reached(key: str, seed: int) -> None:
    random = played(key, seed)
    random.times_out(MOST_TIMES)
    result = random.game.result(random.play.state)
    assert len(result.scores) == random.table.sides
    assert all(0 <= score.points <= score.best for score in result.scores)


@whatever_happens
def test_what_a_seat_wrote_can_be_forgotten_at_any_time(key: str, seed: int) -> None:
    random = played(key, seed)
    for seat in range(random.seats):
        state = random.game.forget(random.play.state, seat)
        assert isinstance(state, random.game.state)
        random.play = type(random.play)(random.play.seed, random.play.moves, state)
    random.times_out(MOST_TIMES)
    assert random.game.over(random.play.state)


@whatever_happens
def test_who_is_awaited_sits_at_the_table(key: str, seed: int) -> None:
    random = played(key, seed)
    assert set(random.game.awaited(random.play.state)) <= set(range(random.seats))


@whatever_happens
def test_a_game_that_is_over_awaits_nobody(key: str, seed: int) -> None:
    random = played(key, seed)
    random.times_out(MOST_TIMES)
    assert not random.game.awaited(random.play.state)
