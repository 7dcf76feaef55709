"""Connect four by vote: two sides, and each move is the column that most of a side voted for.

A turn closes when its time is up. Once everybody who took part lately has voted, only an eighth
of the time is left, so that somebody else can still join in. A tie is drawn by lot. A side that
missed a turn gets the time once more, because groups sleep; after that chance drops its discs
until somebody is back. When both sides have been away for long, the game rests: nobody won.
"""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import msgspec
from msgspec import Struct

from bot.games.connect.grid import EMPTY, Grid, drop, free, rows_through, top
from bot.play import CAME, LEFT, PASS, TIME, Effect, Move, Note, Result, Score, Step, Table

DROP = "drop"
SIDES = 2
ABSTAINED = -1
ACTIVE_TURNS = 2
"""Turns of one's side without a vote after which one is no longer waited for."""
RESTING_AFTER = 3
"""Silent turns of both sides, one after the other, after which the game ends."""
BREATH = 8
"""The share of a turn that is left once all have voted: one in so many."""
WON, DRAW, MOST_FOR_VOTING = 100, 50, 40

VOTED, DRAWN_BY_LOT, CHANCE = "voted", "lot", "chance"
FOUR, FULL, RESTING = "four", "full", "resting"


class Voter(Struct, frozen=True):
    """One seat: how many turns of its side in a row it was `silent`, how often it voted, and how
    often its column was the one that was `played`."""

    side: int
    here: bool = True
    silent: int = 0
    votes: int = 0
    played: int = 0


class Last(Struct, frozen=True):
    """The move before: who dropped where, and how that was decided."""

    side: int
    column: int
    how: str
    votes: int


class Tally(Struct, frozen=True):
    """The turns of one side, those of them in which it voted, and how many it missed in a row."""

    turns: int = 0
    voted: int = 0
    missed: int = 0


class Connect(Struct, frozen=True):
    """The grid, whose turn it is and who voted for what in it. `ended` says how, "" before."""

    turn_takes: timedelta
    until: datetime
    side: int
    voters: dict[int, Voter]
    grid: Grid = EMPTY
    turn: int = 1
    votes: dict[int, int] = {}
    tallies: tuple[Tally, ...] = (Tally(),) * SIDES
    last: Last | None = None
    ended: str = ""


def begin(table: Table, now: datetime, rng: Random) -> Connect:
    """An empty grid; which side begins is drawn."""
    voters = {sitting.seat: Voter(sitting.side) for sitting in table.seats}
    return Connect(table.turn, now + table.turn, rng.randrange(SIDES), voters)


def step(state: Connect, move: Move, now: datetime, rng: Random) -> Step[Connect]:
    """The next state; see `bot.play.Game.step`."""
    if state.ended:
        return state, ()
    if move.act == TIME:
        return _closed(state, now, rng), ()
    if move.act == CAME:
        return _seated(state, move), ()
    if move.seat not in state.voters:
        return state, (Note(move.seat, "unseated"),)
    if move.act == LEFT:
        return _hastened(_changed(state, move.seat, here=False), now), ()
    if move.act in (DROP, PASS):
        return _vote(state, move, now)
    return state, ()


def awaited(state: Connect) -> tuple[int, ...]:
    """The seats of the side to move that took part lately and have not voted in this turn."""
    return tuple(
        seat
        for seat, voter in state.voters.items()
        if voter.side == state.side
        and voter.here
        and voter.silent < ACTIVE_TURNS
        and seat not in state.votes
        and not state.ended
    )


def count(state: Connect) -> Counter[int]:
    """How many votes each column has in this turn."""
    return Counter(column for column in state.votes.values() if column != ABSTAINED)


def winner(state: Connect) -> int | None:
    """The side that connected four."""
    return state.last.side if state.last and state.ended == FOUR else None


def result(state: Connect) -> Result:
    """A side's best is 100: for four in a row. A draw is 50; without either, up to 40 for the
    share of its turns in which a side voted. A side that never voted has nothing of its own to
    count. A seat's own figure: how often its column was played."""
    scores = tuple(Score(_points(state, side), WON) for side in range(SIDES))
    bests = {seat: voter.played for seat, voter in state.voters.items() if voter.votes}
    return Result(scores, bests)


def _points(state: Connect, side: int) -> int:
    tally = state.tallies[side]
    if not tally.voted:
        return 0
    if state.ended == FULL:
        return DRAW
    if winner(state) == side:
        return WON
    return MOST_FOR_VOTING * tally.voted // tally.turns


def _seated(state: Connect, move: Move) -> Connect:
    if move.seat in state.voters:
        return _changed(state, move.seat, here=True)
    if move.seat < 0 or move.arg not in ("0", "1"):
        return state
    newcomer = {move.seat: Voter(int(move.arg))}
    return msgspec.structs.replace(state, voters=state.voters | newcomer)


def _vote(state: Connect, move: Move, now: datetime) -> Step[Connect]:
    column, refused = _column(state, move)
    if refused:
        side = state.voters[move.seat].side
        return state, (Note(move.seat, refused, {"side": side}),)
    votes = state.votes | {move.seat: column}
    voted = msgspec.structs.replace(_changed(state, move.seat, here=True), votes=votes)
    return _hastened(voted, now), (_noted(state, move.seat, column),)


def _column(state: Connect, move: Move) -> tuple[int, str]:
    """The column that the move votes for, and the reason if it may not."""
    if state.voters[move.seat].side != state.side:
        return ABSTAINED, "not_your_turn"
    if move.act == PASS:
        return ABSTAINED, ""
    turn, _, column = move.arg.partition(".")
    if turn != str(state.turn):
        return ABSTAINED, "closed"
    if column not in map(str, free(state.grid)):
        return ABSTAINED, "full"
    return int(column), ""


def _noted(state: Connect, seat: int, column: int) -> Effect:
    if column == ABSTAINED:
        return Note(seat, "passed")
    before = state.votes.get(seat, ABSTAINED)
    key = "voted" if before in (ABSTAINED, column) else "changed"
    return Note(seat, key, {"column": column + 1})


def _hastened(state: Connect, now: datetime) -> Connect:
    """All who are waited for have voted: a breath for others to join in, then it closes."""
    if awaited(state) or not state.votes:
        return state
    until = min(state.until, now + state.turn_takes / BREATH)
    return msgspec.structs.replace(state, until=until)


def _closed(state: Connect, now: datetime, rng: Random) -> Connect:
    """The turn's time is up: the disc drops, or a side that was away gets the time once more."""
    votes, tally = count(state), state.tallies[state.side]
    if not votes and not tally.missed:
        missed = Tally(tally.turns, tally.voted, 1)
        return msgspec.structs.replace(
            state, votes={}, until=now + state.turn_takes, tallies=_tallied(state, missed)
        )
    most = max(votes.values(), default=0)
    leading = sorted(c for c in votes if votes[c] == most) or free(state.grid)
    how = CHANCE if not votes else VOTED if len(leading) == 1 else DRAWN_BY_LOT
    return _dropped(state, Last(state.side, rng.choice(leading), how, most), now)


def _dropped(state: Connect, last: Last, now: datetime) -> Connect:
    tally = state.tallies[last.side]
    voted = last.how != CHANCE
    counted = Tally(tally.turns + 1, tally.voted + voted, 0 if voted else tally.missed + 1)
    tallies = _tallied(state, counted)
    grid = drop(state.grid, last.column, last.side)
    return msgspec.structs.replace(
        state,
        until=now + state.turn_takes,
        side=1 - last.side,
        voters={seat: _counted(state, seat, last) for seat in state.voters},
        grid=grid,
        turn=state.turn + 1,
        votes={},
        tallies=tallies,
        last=last,
        ended=_ended(grid, last, tallies),
    )


def _ended(grid: Grid, last: Last, tallies: tuple[Tally, ...]) -> str:
    if rows_through(grid, top(grid, last.column)):
        return FOUR
    if not free(grid):
        return FULL
    return RESTING if all(tally.missed >= RESTING_AFTER for tally in tallies) else ""


def _tallied(state: Connect, tally: Tally) -> tuple[Tally, ...]:
    return tuple(tally if side == state.side else state.tallies[side] for side in range(SIDES))


def _counted(state: Connect, seat: int, last: Last) -> Voter:
    """The voter after a turn of that side."""
    voter, column = state.voters[seat], state.votes.get(seat)
    if voter.side != last.side:
        return voter
    if column is None:
        return msgspec.structs.replace(voter, silent=voter.silent + 1)
    return msgspec.structs.replace(
        voter,
        silent=0,
        votes=voter.votes + (column != ABSTAINED),
        played=voter.played + (column == last.column),
    )


def _changed(state: Connect, seat: int, here: bool) -> Connect:
    """The seat is taken or empty from now on; who comes is waited for again."""
    voter = msgspec.structs.replace(state.voters[seat], here=here, silent=0)
    return msgspec.structs.replace(state, voters=state.voters | {seat: voter})
