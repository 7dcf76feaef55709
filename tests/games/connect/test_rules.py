"""How votes become moves."""

from datetime import timedelta
from random import Random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.games.connect import game
from bot.games.connect.grid import EMPTY, Grid
from bot.games.connect.rules import (
    CHANCE,
    DRAWN_BY_LOT,
    DROP,
    FOUR,
    FULL,
    RESTING,
    Connect,
    Last,
    Tally,
    awaited,
    begin,
    count,
    result,
    step,
    winner,
)
from bot.games.connect.view import board
from bot.i18n import Words
from bot.play import (
    CAME,
    LEFT,
    PASS,
    TIME,
    Effect,
    Game,
    Move,
    Note,
    Pace,
    Sitting,
    Table,
    advance,
)
from bot.play import begin as begin_play
from tests.games.players import START, NamedCast

TURN = timedelta(minutes=2)
CONNECT: Game[Connect] = game()
ONES = (0, 2, 4)


class Match:
    """A game with three seats a side; side 0 begins."""

    def __init__(self, seats: tuple[int, ...] = (0, 1, 2, 3, 4, 5), grid: Grid = EMPTY) -> None:
        table = Table(tuple(Sitting(n, n % 2) for n in seats), 2, Pace.LIVE, TURN, "en")
        self.now = START
        self.said: tuple[Effect, ...] = ()
        begun = begin(table, START, Random(0))
        self.state = msgspec.structs.replace(begun, side=0, grid=grid)

    def make(self, move: Move, seed: int = 0) -> None:
        self.state, self.said = step(self.state, move, self.now, Random(seed))

    def vote(self, seat: int, column: int) -> None:
        self.make(Move(DROP, seat, f"{self.state.turn}.{column - 1}"))

    def closes(self, seed: int = 0) -> None:
        self.now = self.state.until
        self.make(Move(TIME), seed)

    def plays(self, *columns: int) -> None:
        """Columns in turn, each with one vote of the side's first seat."""
        for column in columns:
            self.vote(self.state.side, column)
            self.closes()

    @property
    def notes(self) -> list[str]:
        return [said.key for said in self.said]

    def text(self, here: int | None = None) -> str:
        cast = NamedCast()
        cast.here = here
        return str(board(self.state, Words(), cast).text)

    def buttons(self, here: int | None = None) -> list[str]:
        cast = NamedCast()
        cast.here = here
        rows = board(self.state, Words(), cast).rows
        return [button.label for row in rows for button in row if not button.disabled]


def test_the_column_with_most_votes_is_played() -> None:
    match = Match()
    match.vote(0, 4)
    match.vote(2, 5)
    match.vote(4, 5)
    match.closes()
    assert match.state.grid == ("", "", "", "", "0", "", "")


def test_which_side_begins_is_drawn() -> None:
    table = Table((), 2, Pace.LIVE, TURN, "en")
    assert {begin(table, START, Random(seed)).side for seed in range(20)} == {0, 1}


@given(st.integers(0, 10**6))
def test_a_tie_is_drawn_among_the_leading_columns(seed: int) -> None:
    match = Match((0, 2, 4, 6, 8, 1))
    for seat, column in ((0, 1), (2, 1), (4, 7), (6, 7), (8, 3)):
        match.vote(seat, column)
    match.closes(seed)
    assert match.state.last in (Last(0, 0, DRAWN_BY_LOT, 2), Last(0, 6, DRAWN_BY_LOT, 2))


def test_the_lot_can_fall_on_each_leading_column() -> None:
    fell = set()
    for seed in range(20):
        match = Match()
        match.vote(0, 1)
        match.vote(2, 7)
        match.closes(seed)
        fell.add(match.state.last.column if match.state.last else None)
    assert fell == {0, 6}


def test_a_vote_can_be_changed_and_counts_once() -> None:
    match = Match()
    match.vote(0, 1)
    match.vote(0, 2)
    assert match.notes == ["changed"]
    assert count(match.state) == {1: 1}


def test_voting_before_it_is_ones_turn_is_refused_with_a_reason() -> None:
    match = Match()
    match.vote(1, 4)
    assert match.notes == ["not_your_turn"]
    assert not match.state.votes


def test_a_press_on_the_turn_before_does_not_count_for_this_one() -> None:
    match = Match()
    match.plays(4, 4)
    match.make(Move(DROP, 0, "1.3"))
    assert match.notes == ["closed"]
    assert not match.state.votes


def test_a_full_column_is_refused() -> None:
    match = Match()
    match.plays(1, 1, 1, 1, 1, 1)
    match.vote(0, 1)
    assert match.notes == ["full"]


def test_who_does_not_sit_there_has_no_vote() -> None:
    match = Match()
    match.vote(8, 1)
    assert match.said == (Note(8, "unseated"),)
    assert not match.state.votes


def test_who_comes_late_votes_for_the_side_they_came_to() -> None:
    match = Match((0,))
    match.make(Move(CAME, 7, "0"))
    match.vote(7, 1)
    assert match.state.votes == {7: 0}


def test_when_all_who_took_part_have_voted_a_breath_is_left() -> None:
    match = Match()
    for seat in ONES:
        assert match.state.until == START + TURN
        match.vote(seat, 4)
    assert match.state.until == START + TURN / 8


def test_a_further_vote_does_not_make_the_breath_longer() -> None:
    match = Match((0, 1))
    match.vote(0, 4)
    match.now += timedelta(seconds=10)
    match.vote(0, 5)
    assert match.state.until == START + TURN / 8


def test_who_was_silent_for_two_turns_is_not_waited_for() -> None:
    match = Match()
    match.plays(1, 2, 1, 2)
    assert awaited(match.state) == (0,)


def test_who_votes_again_is_waited_for_again() -> None:
    match = Match()
    match.plays(1, 2, 1, 2)
    match.vote(2, 1)
    match.plays(3, 2)
    assert awaited(match.state) == (0, 2)


def test_nobody_waits_for_who_left() -> None:
    match = Match((0, 2, 1))
    match.vote(0, 4)
    match.make(Move(LEFT, 2))
    assert awaited(match.state) == ()
    assert match.state.until == START + TURN / 8


def test_passing_leaves_the_move_to_the_others() -> None:
    match = Match((0, 2, 1))
    match.make(Move(PASS, 2))
    assert awaited(match.state) == (0,)
    match.vote(0, 4)
    match.closes()
    assert match.state.last == Last(0, 3, "voted", 1)


def test_a_side_that_slept_gets_the_time_once_more() -> None:
    match = Match()
    match.closes()
    assert match.state.grid == EMPTY
    assert match.state.until == START + 2 * TURN
    match.plays(4)
    assert match.state.last == Last(0, 3, "voted", 1)


def test_after_that_chance_drops_its_disc() -> None:
    match = Match()
    match.closes()
    match.closes()
    assert match.state.last is not None
    assert match.state.last.how == CHANCE
    assert match.state.side == 1


def test_while_it_stays_away_it_costs_no_more_extra_time() -> None:
    match = Match()
    match.closes()
    match.closes()
    match.plays(7)
    match.closes()
    assert match.state.last
    assert match.state.last.how == CHANCE


def test_a_side_that_is_back_has_its_extra_time_again() -> None:
    match = Match()
    match.closes()
    match.plays(1, 1)
    match.closes()
    assert match.state.turn == 3
    assert match.state.side == 0


def test_when_nobody_is_there_at_all_the_game_rests_after_six_turns_of_time() -> None:
    match = Match()
    for _ in range(6):
        assert not match.state.ended
        match.closes()
    assert match.state.ended == RESTING
    assert [score.points for score in result(match.state).scores] == [0, 0]


def test_four_in_a_row_win() -> None:
    match = Match()
    match.plays(1, 2, 1, 2, 1, 2, 1)
    assert match.state.ended == FOUR
    assert winner(match.state) == 0


def test_a_full_grid_without_four_is_a_draw() -> None:
    grid = ("001100", "001100", "110011", "001100", "110011", "001100", "11001")
    match = Match(grid=grid)
    match.plays(7)
    assert match.state.ended == FULL
    assert [score.points for score in result(match.state).scores] == [50, 0]


def test_the_winner_has_all_and_the_loser_a_part_for_taking_part() -> None:
    match = Match()
    match.plays(1, 2, 1, 2, 1, 2, 1)
    assert [(score.points, score.best) for score in result(match.state).scores] == [
        (100, 100),
        (40, 100),
    ]


def test_turns_that_chance_played_make_the_losers_part_smaller() -> None:
    match = Match()
    tallies = (Tally(4, 4), Tally(4, 1))
    match.state = msgspec.structs.replace(match.state, tallies=tallies, ended=FOUR)
    match.state = msgspec.structs.replace(match.state, last=Last(0, 1, "voted", 1))
    assert [score.points for score in result(match.state).scores] == [100, 10]


def test_a_win_by_chance_alone_is_worth_nothing() -> None:
    match = Match(grid=("000", "000", "000", "000", "000", "000", "000"))
    match.closes()
    match.closes()
    assert winner(match.state) == 0
    assert result(match.state).scores[0].points == 0


def test_ones_own_figure_is_how_often_ones_column_was_played() -> None:
    match = Match()
    for seat, column in ((0, 4), (2, 4), (4, 1)):
        match.vote(seat, column)
    match.closes()
    assert result(match.state).bests == {0: 1, 2: 1, 4: 0}


def test_the_board_says_how_many_voted_but_not_for_what() -> None:
    match, other = Match(), Match()
    match.vote(0, 4)
    other.vote(0, 5)
    assert "1 vote so far." in match.text()
    assert match.text() == other.text()


def test_the_last_move_is_told_in_a_sentence_and_marked() -> None:
    match = Match()
    match.plays(4, 4)
    assert "column 4, row 2 from the bottom. 1 vote for it." in match.text()
    assert "🟨" in match.text()


def test_the_winning_four_are_marked_and_told() -> None:
    match = Match()
    match.plays(1, 2, 1, 2, 1, 2, 1)
    assert match.text().count("🟥") == 4
    assert "from column 1, row 1 to column 1, row 4!" in match.text()


def test_only_the_group_whose_turn_it_is_has_buttons() -> None:
    match = Match()
    assert match.buttons(here=0) == match.buttons() == ["1", "2", "3", "4", "5", "6", "7"]
    assert match.buttons(here=1) == []
    assert "Your group is next." in match.text(here=1)


def test_the_button_of_a_full_column_is_disabled() -> None:
    match = Match()
    match.plays(1, 1, 1, 1, 1, 1)
    assert match.buttons() == ["2", "3", "4", "5", "6", "7"]


def test_a_vote_at_the_very_end_comes_after_the_turn_closed() -> None:
    table = Table((Sitting(0, 0), Sitting(1, 1)), 2, Pace.LIVE, TURN, "en")
    play = begin_play(CONNECT, table, "x", START)
    seat = play.state.side
    late = advance(CONNECT, play, Move(DROP, seat, "1.3"), START + TURN)
    assert [logged.move.act for logged in late.log] == [TIME, DROP]


@given(st.integers(0, 10**6))
def test_a_game_of_chance_alone_ends_within_84_moves_of_time(seed: int) -> None:
    match = Match()
    rng = Random(seed)
    for _ in range(84):
        if rng.random() < 0.5:
            match.vote(match.state.side, rng.randint(1, 7))
        if match.state.ended:
            break
        match.closes(rng.randrange(10**6))
    assert match.state.ended


def test_moves_after_the_end_change_nothing() -> None:
    match = Match()
    match.plays(1, 2, 1, 2, 1, 2, 1)
    before = match.state
    for move in (Move(DROP, 1, "8.3"), Move(TIME), Move(LEFT, 0), Move(CAME, 9, "1")):
        match.make(move)
    assert match.state == before


def test_the_turn_is_due_when_its_time_is_up() -> None:
    assert CONNECT.due(Match().state) == START + TURN
