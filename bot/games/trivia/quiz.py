"""Where a game of trivia stands, and what becomes of it when a question closes."""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from bot.games.trivia.asking import Question
from bot.play import NOBODY, Score

IDLE = 2
"""Questions missed in a row after which nobody waits for a seat."""
SILENT = 2
"""Questions without any answer, one after the other, after which the game ends."""
FULL = 100
"""What a question is worth for a side all of whose heads are right."""


class Seat(Struct, frozen=True):
    """Somebody who plays: `since` which question, how many were `missed` in a row, how often there
    was an answer and how often it was `right`."""

    side: int
    here: bool = True
    since: int = 0
    missed: int = 0
    answered: int = 0
    right: int = 0


class Given(Struct, frozen=True, omit_defaults=True):
    """What a seat did with the question: its `choice` or its `tries`; `done` ends it."""

    choice: int = -1
    tries: int = 0
    done: bool = False
    right: bool = False

    @property
    def answered(self) -> bool:
        """Whether there was an answer, right or wrong."""
        return self.choice >= 0 or self.tries > 0


class Reveal(Struct, frozen=True):
    """How a question ended: for each side how many were right, of how many heads; and the seat
    that said the answer aloud."""

    question: Question
    tallies: tuple[tuple[int, int], ...]
    aloud: int = NOBODY


class Quiz(Struct, frozen=True):
    """Where a game stands. `number` counts questions from 0; `given` belongs to that one."""

    turn: timedelta
    until: datetime
    live: bool
    questions: tuple[Question, ...]
    seats: dict[int, Seat]
    scores: tuple[Score, ...]
    number: int = 0
    given: dict[int, Given] = {}
    last: Reveal | None = None
    silent: int = 0
    ended: bool = False

    @property
    def question(self) -> Question:
        """The one that is asked now."""
        return self.questions[self.number]


def awaited(state: Quiz) -> tuple[int, ...]:
    """The seats that the question waits for."""
    if state.ended:
        return ()
    return tuple(n for n in state.seats if counts(state, n) and not given_by(state, n).done)


def answers(state: Quiz) -> int:
    """How many have answered the question that is asked now."""
    return sum(given.answered for given in state.given.values())


def given_by(state: Quiz, seat: int) -> Given:
    return state.given.get(seat, Given())


def counts(state: Quiz, number: int) -> bool:
    """Whether a seat is a head of its side that is expected to answer."""
    seat = state.seats[number]
    return seat.here and seat.since <= state.number and seat.missed < IDLE


def closed(state: Quiz, now: datetime, aloud: int = NOBODY) -> Quiz:
    """The question is over: it is counted, and the next one asked."""
    tallies = tuple(_tally(state, side, aloud) for side in range(len(state.scores)))
    scores = tuple(map(_scored, state.scores, tallies))
    answered = aloud != NOBODY or answers(state) > 0
    silent = 0 if answered else state.silent + 1
    ended = silent >= SILENT or state.number + 1 >= len(state.questions)
    return msgspec.structs.replace(
        state,
        until=now + state.turn,
        seats={n: _after(state, n, aloud) for n in state.seats},
        scores=scores,
        number=state.number if ended else state.number + 1,
        given={},
        last=Reveal(state.question, tallies, aloud),
        silent=silent,
        ended=ended,
    )


def _tally(state: Quiz, side: int, aloud: int) -> tuple[int, int]:
    """How many of a side were right, and how many heads it had: those who were awaited and those
    who answered."""
    heads = [
        number
        for number, seat in state.seats.items()
        if seat.side == side
        and (counts(state, number) or given_by(state, number).answered or number == aloud)
    ]
    if aloud in heads:
        return len(heads), len(heads)
    return sum(given_by(state, number).right for number in heads), len(heads)


def _scored(score: Score, tally: tuple[int, int]) -> Score:
    right, heads = tally
    if not heads:
        return score
    return Score(score.points + round(FULL * right / heads), score.best + FULL)


def _after(state: Quiz, number: int, aloud: int) -> Seat:
    """A seat after the question."""
    seat, given = state.seats[number], given_by(state, number)
    spoke = number == aloud
    took_part = spoke or number in state.given
    return msgspec.structs.replace(
        seat,
        missed=0 if took_part else seat.missed + (seat.since <= state.number),
        answered=seat.answered + (spoke or given.answered),
        right=seat.right + (spoke or given.right),
    )
