"""Two truths and a lie: everybody writes, then the lies are picked, writer by writer. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from bot.play import (
    CAME,
    LEFT,
    NOBODY,
    PASS,
    TIME,
    Move,
    Note,
    Pace,
    Result,
    Score,
    Step,
    Table,
    refused,
)
from bot.play.wording import one_line

LONGEST = 140
"""Characters of a statement."""
EMPTY_ROUNDS = 2
"""So many rounds in a row without a guess end the game: nobody is there."""
WRITING_TURNS = 2
"""Turns that live writing takes: three statements want a thought."""
WRITE, PICK, GO_ON = "write", "pick", "next"
FIELDS = ("one", "two", "lie")


class Statements(Struct, frozen=True):
    """The three in the order in which they are shown, and which of them is the lie; no lines if
    they were taken back."""

    lines: tuple[str, ...]
    lie: int


class Told(Struct, frozen=True):
    """How a round ended: how often each statement was taken for the lie."""

    writer: int
    picks: tuple[int, int, int]


class State(Struct, frozen=True):
    """`order` are those who wrote, in drawn order, once writing is over; `number` is whose turn
    it is to be guessed. `passed` only guess; `picks` are this round's, by seat."""

    seats: tuple[int, ...]
    turn: timedelta
    until: datetime
    written: dict[int, Statements] = {}
    passed: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    number: int = 0
    picks: dict[int, int] = {}
    told: tuple[Told, ...] = ()
    right: dict[int, int] = {}
    misled: dict[int, int] = {}
    empty: int = 0
    over: bool = False

    @property
    def writing(self) -> bool:
        """Whether statements can still be written or replaced."""
        return not self.order and not self.over

    @property
    def writer(self) -> int:
        """Whose statements are on the board."""
        return self.order[self.number]

    @property
    def shown(self) -> Statements:
        """The statements on the board."""
        return self.written[self.writer]


def begin(table: Table, now: datetime) -> State:
    """Everybody writes."""
    turns = WRITING_TURNS if table.pace is Pace.LIVE else 1
    seats = tuple(sitting.seat for sitting in table.seats)
    return State(seats=seats, turn=table.turn, until=now + turns * table.turn)


def awaited(state: State) -> list[int]:
    """Who has not written yet, or not guessed; nobody if there is nothing to guess any more."""
    if state.over or not (state.writing or state.shown.lines):
        return []
    done = {*state.written, *state.passed} if state.writing else {state.writer, *state.picks}
    return [seat for seat in state.seats if seat not in done]


def step(state: State, move: Move, now: datetime, rng: Random) -> Step[State]:
    """The next state."""
    if state.over:
        return state, ()
    if move.act == TIME:
        return _closed(state, now, rng), ()
    if move.act == CAME:
        return replace(state, seats=tuple(dict.fromkeys((*state.seats, move.seat)))), ()
    if move.seat not in state.seats:
        return state, ()
    if move.act == GO_ON and not state.writing and not state.shown.lines:
        return _closed(state, now, rng), ()
    changed, notes = _moved(state, move, rng)
    if changed == state or awaited(changed):
        return changed, notes
    return _closed(changed, now, rng), notes


def _moved(state: State, move: Move, rng: Random) -> Step[State]:
    """What a seat did, before anything follows from it."""
    if move.act == LEFT:
        return _without(state, move.seat), ()
    return _writes(state, move, rng) if state.writing else _guesses(state, move)


def _without(state: State, seat: int) -> State:
    """Whoever leaves while all write takes their statements along."""
    seats = tuple(one for one in state.seats if one != seat)
    if not state.writing:
        return replace(state, seats=seats)
    written = {one: theirs for one, theirs in state.written.items() if one != seat}
    return replace(state, seats=seats, written=written)


def _writes(state: State, move: Move, rng: Random) -> Step[State]:
    seat = move.seat
    if move.act == PICK:
        return state, (Note(seat, "early"),)
    if move.act == PASS and seat in state.written:
        return state, (Note(seat, "has_written"),)
    if move.act == PASS:
        passed = tuple(dict.fromkeys((*state.passed, seat)))
        return replace(state, passed=passed), (Note(seat, "guesses"),)
    if move.act != WRITE:
        return state, ()
    statements = drawn(move.values, rng)
    if statements is None:
        return state, (refused(move, "three"),)
    key = "replaced" if seat in state.written else "written"
    return replace(state, written=state.written | {seat: statements}), (Note(seat, key),)


def drawn(values: Mapping[str, str], rng: Random) -> Statements | None:
    """The statements of a filled form in an order left to chance; None unless there are three
    different ones."""
    given = [one_line(values.get(name, ""))[:LONGEST].strip() for name in FIELDS]
    if not all(given) or len({line.casefold() for line in given}) < len(given):
        return None
    order = rng.sample(range(len(given)), len(given))
    lie = order.index(FIELDS.index("lie"))
    return Statements(tuple(given[index] for index in order), lie)


def _guesses(state: State, move: Move) -> Step[State]:
    seat = move.seat
    number, _, choice = move.arg.partition(".")
    if move.act == WRITE:
        return state, (refused(move, "too_late"),)
    if move.act not in (PICK, PASS):
        return state, ()
    if move.act == PICK and number != str(state.number + 1):
        return state, (Note(seat, "over"),)
    if not state.shown.lines:
        return state, (Note(seat, "gone"),)
    if seat == state.writer:
        return state, (Note(seat, "own"),)
    if seat in state.picks:
        return state, (Note(seat, "again"),)
    if move.act == PASS:
        return _with(state, seat, NOBODY), (Note(seat, "passed"),)
    if choice not in ("0", "1", "2"):
        return state, ()
    return _with(state, seat, int(choice)), (Note(seat, "picked", {"number": int(choice) + 1}),)


def _with(state: State, seat: int, pick: int) -> State:
    return replace(state, picks=state.picks | {seat: pick})


def _closed(state: State, now: datetime, rng: Random) -> State:
    """Writing ends, or a round does; the next writer is guessed."""
    if not state.writing:
        ended = _counted(state) if state.shown.lines else state
        if ended.empty == EMPTY_ROUNDS:
            return replace(ended, over=True)
        return _opened(ended, state.number + 1, now)
    writers = sorted(state.written)
    order = tuple(rng.sample(writers, len(writers)))
    return _opened(replace(state, order=order), 0, now)


def _counted(state: State) -> State:
    """What this round's guesses were worth, for whoever guessed and for the writer."""
    guesses = {seat: pick for seat, pick in state.picks.items() if pick != NOBODY}
    lie, right = state.shown.lie, dict(state.right)
    for seat, pick in guesses.items():
        right[seat] = right.get(seat, 0) + (pick == lie)
    found = [list(guesses.values()).count(index) for index in range(len(FIELDS))]
    misled = state.misled.get(state.writer, 0) + sum(found) - found[lie]
    return replace(
        state,
        told=(*state.told, Told(state.writer, (found[0], found[1], found[2]))),
        right=right,
        misled=state.misled | {state.writer: misled},
        empty=0 if guesses else state.empty + 1,
    )


def _opened(state: State, number: int, now: datetime) -> State:
    """Shows the statements of the first writer from this one on who is still there, to others."""
    for index in range(number, len(state.order)):
        writer = state.order[index]
        others = [seat for seat in state.seats if seat != writer]
        if state.written[writer].lines and writer in state.seats and others:
            return replace(state, number=index, picks={}, until=now + state.turn)
    return replace(state, over=True)


def answers(state: State) -> int:
    """How many guessed in this round."""
    return sum(pick != NOBODY for pick in state.picks.values())


def found_and_guessed(state: State) -> tuple[int, int]:
    """How many guesses hit the lie, and how many there were."""
    found = sum(told.picks[state.written[told.writer].lie] for told in state.told)
    return found, sum(sum(told.picks) for told in state.told)


def result(state: State) -> Result:
    """The share of guesses that were right; for each seat how many it saw through or misled."""
    found, guessed = found_and_guessed(state)
    seats = sorted({*state.right, *state.misled})
    bests = {seat: state.right.get(seat, 0) + state.misled.get(seat, 0) for seat in seats}
    return Result((Score(found, guessed),), bests)


def forget(state: State, seat: int) -> State:
    """Blanks what this seat wrote; while all write, as if it never had."""
    if seat not in state.written:
        return state
    if state.writing:
        rest = {one: theirs for one, theirs in state.written.items() if one != seat}
        return replace(state, written=rest)
    blank = replace(state.written[seat], lines=())
    return replace(state, written=state.written | {seat: blank})
