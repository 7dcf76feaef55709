"""Human bingo on a board: everything fits, with the longest names."""

import re
from datetime import timedelta
from random import Random

from bot.games.bingo import game, rules
from bot.games.bingo.state import SQUARES, State
from bot.i18n import Words
from bot.play import Move, Pace, Sitting, Table
from tests.games.players import START

PEOPLE = 30
TEXT_LIMIT = 1800
"""Less than a message: the lobby adds its own lines, and other languages are longer."""


class LongNames:
    """Everybody's name is as long as a name can be."""

    here = None

    def name(self, seat: int) -> str:
        return "\u2068" + "M" * 40 + "\u2069"

    def side(self, side: int) -> str:
        return "all"


def after(state: State, *moves: Move) -> State:
    for move in moves:
        state, _ = rules.step(state, move, Random(1))
    return state


def crowded() -> State:
    """Everybody found three, looks for one in the room and waits for five."""
    seats = tuple(Sitting(seat) for seat in range(PEOPLE))
    state = rules.begin(Table(seats, 1, Pace.SLOW, timedelta(days=1), "en"), START, Random(1))
    for asker in range(PEOPLE):
        for square in range(SQUARES):
            person = (asker + 1 + square) % PEOPLE
            if square == 3:
                state = after(state, Move("room", asker, "3"))
                continue
            state = after(state, Move("ask", asker, f"{square}.{person}"))
            if square < 3:
                state = after(state, Move("yes", person, str(state.asked)))
    return state


def test_the_longest_texts_fit() -> None:
    state, words, cast = crowded(), Words("en"), LongNames()
    hands = [game().hand(state, seat, words, cast) for seat in range(PEOPLE)]
    boards = [game().board(state, words, cast), *(hand for hand in hands if hand)]
    assert max(len(str(board.text)) for board in boards) <= TEXT_LIMIT
    assert len(boards) == PEOPLE + 1


def found() -> State:
    """Somebody was found for the first square."""
    seats = tuple(Sitting(seat) for seat in range(3))
    state = rules.begin(Table(seats, 1, Pace.SLOW, timedelta(days=1), "en"), START, Random(1))
    return after(state, Move("ask", 0, "0.1"), Move("yes", 1, "1"))


def test_the_first_find_shows_in_the_bar_of_progress() -> None:
    assert "🟩" in str(game().board(found(), Words("en"), LongNames()).text)


def test_a_colon_is_set_as_the_reader_s_language_wants_it() -> None:
    state = after(found(), Move("room", 0, "1"))
    board = game().board(state, Words("fr"), LongNames())
    french = "".join([str(board.text), *(control.label for row in board.rows for control in row)])
    assert french.count(":") == len(re.findall("[\\u00a0\\u202f]:", french)) > 0
