"""Trivia by teams: everybody answers each question, and a team's points are shares of its heads.

With choices, the first press stays. A typed question allows several tries: in private they count
for oneself; said aloud in a live game, the right answer counts for the whole team and closes the
question, because now everybody has heard it. Whatever else is said in a live game is talk, unless
it comes close. In a slow game only private answers count.

A question closes when everybody who is awaited has answered, or when its time is up. Who missed
the last questions is neither awaited nor counted until the next answer; who comes late counts from
the next question on. A game in which nobody answers any more ends.
"""

from datetime import datetime
from random import Random

import msgspec

from bot.games.trivia.judging import Verdict, judge
from bot.games.trivia.quiz import Given, Quiz, Seat, awaited, closed, given_by
from bot.play import (
    CAME,
    LEFT,
    PASS,
    SAYS,
    TIME,
    Lacking,
    Move,
    Note,
    Pace,
    Result,
    Score,
    Step,
    Table,
)
from bot.play.likeness import key

PICK, TYPE, ANSWER = "pick", "type", "answer"
TRIES = 4
"""How often an answer may be typed."""


def begin(table: Table, now: datetime, rng: Random) -> Quiz:
    """The first question. Raises `Lacking` if there is none."""
    from bot.games.trivia.drawing import draw  # loads Babel's numbers, for the first quiz

    questions = draw(table.items, table.language, rng)
    if not questions:
        raise Lacking("lacking")
    return Quiz(
        turn=table.turn,
        until=now + table.turn,
        live=table.pace is Pace.LIVE,
        questions=questions,
        seats={sitting.seat: Seat(sitting.side) for sitting in table.seats},
        scores=(Score(0, 0),) * table.sides,
    )


def step(state: Quiz, move: Move, now: datetime) -> Step[Quiz]:
    """The next state; see `bot.play.Game.step`."""
    if state.ended:
        return state, ()
    if move.act == TIME:
        return closed(state, now), ()
    if move.act == CAME:
        return _seated(state, move), ()
    seat = state.seats.get(move.seat)
    if seat is None or not seat.here:
        return state, (Note(move.seat, "unseated"),)
    if move.act == LEFT:
        return _hastened(_changed(state, move.seat, here=False), now), ()
    if move.act == PASS:
        return _passed(state, move, now)
    if move.act in (PICK, TYPE) and not _is_now(state, move.arg):
        return state, (Note(move.seat, "late"),)
    if state.question.choices:
        return _chosen(state, move, now)
    return _guessed(state, move, now) if move.act in (TYPE, SAYS) else (state, ())


def result(state: Quiz) -> Result:
    """Points are hundredths of a question: a side with all heads right gets 100 each time. A
    seat's own figure: its right answers."""
    bests = {n: seat.right for n, seat in state.seats.items() if seat.answered}
    return Result(state.scores, bests)


def _is_now(state: Quiz, arg: str) -> bool:
    return arg.partition(".")[0] == str(state.number)


def _seated(state: Quiz, move: Move) -> Quiz:
    """Somebody sits down, or comes back to their side."""
    known = state.seats.get(move.seat)
    sides = len(state.scores)
    side = int(move.arg) % sides if move.arg.isascii() and move.arg.isdecimal() else 0
    if move.seat < 0:
        return state
    if known is not None:
        return state if known.here else _changed(state, move.seat, here=True, missed=0)
    seats = {**state.seats, move.seat: Seat(side, since=state.number + 1)}
    return msgspec.structs.replace(state, seats=seats)


def _changed(state: Quiz, seat: int, **values: object) -> Quiz:
    changed = msgspec.structs.replace(state.seats[seat], **values)
    return msgspec.structs.replace(state, seats={**state.seats, seat: changed})


def _passed(state: Quiz, move: Move, now: datetime) -> Step[Quiz]:
    before = given_by(state, move.seat)
    if before.done:
        return state, (Note(move.seat, "stays"),)
    given = msgspec.structs.replace(before, done=True)
    return _hastened(_with(state, move.seat, given), now), (Note(move.seat, "passed"),)


def _chosen(state: Quiz, move: Move, now: datetime) -> Step[Quiz]:
    """One of the choices, by its button or said aloud; whatever else is said is talk."""
    choices = state.question.choices
    if move.act == SAYS:
        picked = _meant(choices, move.text)
    else:
        which = move.arg.partition(".")[2]
        picked = int(which) if move.act == PICK and which.isascii() and which.isdecimal() else -1
    if not 0 <= picked < len(choices):
        return state, ()
    if given_by(state, move.seat).done:
        return state, (Note(move.seat, "stays"),)
    right = choices[picked] == state.question.answer
    noted = Note(move.seat, "noted", {"choice": choices[picked]})
    given = Given(choice=picked, done=True, right=right)
    return _hastened(_with(state, move.seat, given), now), (noted,)


def _meant(choices: tuple[str, ...], text: str) -> int:
    """Which choice a message is, word for word; -1 for none."""
    keys = [key(choice) for choice in choices]
    return keys.index(key(text)) if key(text) in keys else -1


def _guessed(state: Quiz, move: Move, now: datetime) -> Step[Quiz]:
    """An answer that was typed: in private, or said aloud among everything else that is said."""
    aloud = move.act == SAYS
    guess = move.text if aloud else move.values.get(ANSWER, "")
    before = given_by(state, move.seat)
    refusal = _refusal(state, before, guess, aloud)
    if refusal is not None:
        return state, (Note(move.seat, refusal),) if refusal else ()
    verdict = judge(guess, state.question.right, state.question.rivals)
    if verdict is Verdict.RIGHT and aloud:
        return closed(state, now, move.seat), ()
    if before.done or (verdict is Verdict.WRONG and aloud):
        return state, ()
    tries = before.tries + 1
    right = verdict is Verdict.RIGHT
    given = Given(tries=tries, done=right or tries >= TRIES, right=right)
    said = Note(move.seat, verdict.value, {"left": TRIES - tries})
    return _hastened(_with(state, move.seat, given), now), (said,)


def _refusal(state: Quiz, before: Given, guess: str, aloud: bool) -> str | None:
    """Why a guess doesn't count; None if it does, and "" where people just talk."""
    if aloud and not state.live:
        return "private"
    if before.done and not before.right:
        return "" if aloud else "stays"
    if before.right and not aloud:
        return "stays"
    return None if guess.strip() else "empty"


def _with(state: Quiz, seat: int, given: Given) -> Quiz:
    return msgspec.structs.replace(state, given={**state.given, seat: given})


def _hastened(state: Quiz, now: datetime) -> Quiz:
    """Goes on as soon as nobody is awaited any more; ends when nobody is left."""
    if not any(seat.here for seat in state.seats.values()):
        return msgspec.structs.replace(closed(state, now), ended=True)
    return closed(state, now) if state.given and not awaited(state) else state
