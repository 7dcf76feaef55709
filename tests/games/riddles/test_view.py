"""Emoji riddles on a board: everything fits, with the longest names and texts."""

from datetime import timedelta
from random import Random

from bot.games.riddles import game, rules
from bot.games.riddles.state import Stage, State
from bot.games.riddles.view import shape
from bot.i18n import Words
from bot.play import NOBODY, TIME, Move, Pace, Sitting, Table
from tests.games.players import START

PEOPLE = 20
ROW = "👩🏽‍❤️‍💋‍👩🏿" * 8
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
        state, _ = rules.step(state, move, START, Random(1))
    return state


def crowded() -> State:
    """Twenty riddles of the greatest length, each guessed at until it is solved by many."""
    seats = tuple(Sitting(seat) for seat in range(PEOPLE))
    state = rules.begin(Table(seats, 1, Pace.SLOW, timedelta(days=1), "en"), START)
    for seat in range(PEOPLE):
        values = {"emoji": ROW, "solution": f"s{seat} " + "x" * 50, "hint": "h" * 80}
        state = after(state, Move("write", seat, values=values))
    return state


def guessed(state: State) -> State:
    """Wrong guesses of everybody, right ones of most, the last one taken by the author."""
    round_, riddle = str(state.at), state.riddle
    assert riddle
    others = [seat for seat in range(PEOPLE) if seat != state.author]
    wrong = [Move("guess", s, round_, values={"guess": f"{s}q" * 40}) for s in others]
    right = [Move("guess", s, round_, values={"guess": riddle.solution}) for s in others[:-1]]
    return after(state, *wrong, *right, Move(TIME, NOBODY))


def sizes(state: State) -> int:
    """The longest of all boards and hands."""
    words, cast = Words("en"), LongNames()
    boards = [game().board(state, words, cast)]
    hands = (game().hand(state, seat, words, cast) for seat in range(PEOPLE))
    return max(len(str(board.text)) for board in [*boards, *(h for h in hands if h)])


def test_the_longest_texts_fit_at_every_stage() -> None:
    state = crowded()
    while state.stage is not Stage.OVER:
        state = guessed(state)
        assert sizes(state) <= TEXT_LIMIT
        newest = f"{state.at}.{state.guessed}"
        state = after(state, Move("ok", state.author, newest))
    assert len(state.ended) == PEOPLE
    assert sizes(state) <= TEXT_LIMIT


def test_the_hint_shows_how_long_the_words_are() -> None:
    assert shape("Night, on Earth") == "▢▢▢▢▢  ▢▢  ▢▢▢▢▢"
