"""The wavelength: pure rules. A teller hints at a place on a scale, and both teams look for it.

Every seat but the teller's guesses. What a team guesses is the median of its guesses, so that
large and small teams have the same chance.
"""

from collections.abc import Callable
from datetime import datetime
from operator import add
from random import Random

from msgspec.structs import replace

from bot.games.wavelength.marks import HIGH, LOW, earnings, middle, most, place, points
from bot.games.wavelength.scales import SCALES
from bot.games.wavelength.state import Revealed, Wavelength
from bot.play import LEFT, NOBODY, PASS, TIME, Move, Note, Result, Score, Step, Table, refused
from bot.play.wording import one_line

FEWEST_ROUNDS, MOST_ROUNDS = 6, 8
CLUE_LENGTH = 80
TELLERS = 3
"""Tellers that a round waits for before it is given up."""
IDLE = 2
"""Rounds in a row without a single guess after which the game ends."""
FORGOTTEN = "…"


def begin(table: Table, now: datetime, rng: Random) -> Wavelength:
    """The first teller before the first scale."""
    sides = [list(table.of_side(side)) for side in range(table.sides)]
    for side in sides:
        rng.shuffle(side)
    rounds = min(MOST_ROUNDS, max(FEWEST_ROUNDS, len(table.seats)))
    nothing = (0,) * table.sides
    state = Wavelength(
        language=table.language,
        lasts=table.turn,
        sides=tuple(map(tuple, sides)),
        scales=tuple(rng.sample(SCALES, rounds)),
        first=rng.randrange(table.sides),
        due=now,
        points=nothing,
        best=nothing,
    )
    return _next_round(state, now, rng)


def step(state: Wavelength, move: Move, now: datetime, rng: Random) -> Step[Wavelength]:
    """The next state, and a note for whoever made a move."""
    if state.due is None:
        return state, ()
    if move.act == TIME:
        return (_revealed if state.clue else _next_teller)(state, now, rng), ()
    act = ACTS.get(move.act)
    if act is None or move.seat not in state.seats:
        return state, ()
    return act(state, move, now, rng)


def _tells(state: Wavelength, move: Move, now: datetime, rng: Random) -> Step[Wavelength]:
    if move.seat != state.teller:
        return state, (Note(move.seat, "not_teller", {"seat": state.teller}),)
    if state.clue or move.arg not in ("", str(state.round)):
        return state, (refused(move, "told"),)
    clue = one_line(move.values.get("clue", ""))
    if not 1 <= len(clue) <= CLUE_LENGTH:
        return state, (refused(move, "length", most=CLUE_LENGTH),)
    if any(c.isdigit() for c in clue):
        return state, (refused(move, "number"),)
    return replace(state, clue=clue, due=now + state.lasts), (Note(move.seat, "thanks"),)


def _points_at(state: Wavelength, move: Move, now: datetime, rng: Random) -> Step[Wavelength]:
    number, _, typed = move.arg.partition(".")
    guess = place(move.values.get("place", "") if move.act == "exact" else typed)
    if number != str(state.round):
        return state, (Note(move.seat, "over"),)
    if guess is None or move.seat == state.teller or not state.clue:
        return state, (_refusal(state, move.seat),)
    done = tuple(seat for seat in state.done if seat != move.seat)
    state = replace(state, guesses=state.guesses | {move.seat: guess}, done=done)
    said = Note(move.seat, "guessed", {"place": guess})
    return _settled(state, now, rng), (said,) if state.awaited else ()


def _refusal(state: Wavelength, seat: int) -> Note:
    if seat == state.teller:
        return Note(seat, "teller")
    return Note(seat, "no_place") if state.clue else _no_clue(state, seat)


def _no_clue(state: Wavelength, seat: int) -> Note:
    return Note(seat, "no_clue", {"seat": state.teller})


def _passes(state: Wavelength, move: Move, now: datetime, rng: Random) -> Step[Wavelength]:
    if move.arg not in ("", str(state.round)):
        return state, (Note(move.seat, "over"),)
    if not state.clue:
        if move.seat == state.teller:
            return _next_teller(state, now, rng), ()
        return state, (_no_clue(state, move.seat),)
    if move.seat == state.teller:
        return state, (Note(move.seat, "teller"),)
    if move.seat in state.guesses:
        return state, (Note(move.seat, "guessed", {"place": state.guesses[move.seat]}),)
    done = tuple(dict.fromkeys((*state.done, move.seat)))
    return _settled(replace(state, done=done), now, rng), (Note(move.seat, "passed"),)


def _leaves(state: Wavelength, move: Move, now: datetime, rng: Random) -> Step[Wavelength]:
    sides = tuple(tuple(s for s in side if s != move.seat) for side in state.sides)
    state = replace(state, sides=sides)
    if len(state.seats) < 2:
        return replace(_revealed(state, now, rng) if state.clue else state, due=None), ()
    if move.seat == state.teller and not state.clue:
        return _next_teller(state, now, rng), ()
    return _settled(state, now, rng), ()


ACTS: dict[str, Callable[[Wavelength, Move, datetime, Random], Step[Wavelength]]] = {
    "clue": _tells,
    "at": _points_at,
    "exact": _points_at,
    PASS: _passes,
    LEFT: _leaves,
}


def _settled(state: Wavelength, now: datetime, rng: Random) -> Wavelength:
    """The round is revealed as soon as nobody is awaited any more."""
    return state if state.awaited else _revealed(state, now, rng)


def _next_round(state: Wavelength, now: datetime, rng: Random) -> Wavelength:
    if state.round >= state.rounds or state.idle >= IDLE:
        return replace(state, due=None)
    state = replace(
        state,
        round=state.round + 1,
        teller=NOBODY,
        clue="",
        guesses={},
        done=(),
        skipped=(),
    )
    return _next_teller(state, now, rng)


def _next_teller(state: Wavelength, now: datetime, rng: Random) -> Wavelength:
    """Whoever told least, of the side whose turn it is; the target is a new one for each."""
    skipped = state.skipped if state.teller == NOBODY else (*state.skipped, state.teller)
    side = state.sides[state.turn] or state.seats
    left = [seat for seat in side if seat not in skipped]
    if not left or len(skipped) >= TELLERS:
        return _next_round(replace(state, idle=state.idle + 1, last=None), now, rng)
    teller = min(left, key=lambda seat: state.told.get(seat, 0))
    return replace(
        state,
        teller=teller,
        target=rng.randint(LOW, HIGH),
        skipped=skipped,
        told=state.told | {teller: state.told.get(teller, 0) + 1},
        due=now + state.lasts,
    )


def _revealed(state: Wavelength, now: datetime, rng: Random) -> Wavelength:
    """The round is counted, and the next one begins."""
    guesses = tuple(_of_side(state, side) for side in range(len(state.sides)))
    earned = earnings(guesses, state.target)
    able = tuple(bool(state.guessers(side)) for side in range(len(state.sides)))
    could = most(able) if state.guesses else (0,) * len(able)
    own = {
        seat: state.own.get(seat, 0) + points(guess, state.target)
        for seat, guess in state.guesses.items()
    }
    state = replace(
        state,
        points=tuple(map(add, state.points, earned)),
        best=tuple(map(add, state.best, could)),
        own=state.own | own,
        idle=0 if state.guesses else state.idle + 1,
        last=_record(state, guesses, earned),
    )
    return _next_round(state, now, rng)


def _of_side(state: Wavelength, side: int) -> float | None:
    return middle([g for seat, g in state.guesses.items() if seat in state.sides[side]])


def _record(
    state: Wavelength, guesses: tuple[float | None, ...], earned: tuple[int, ...]
) -> Revealed:
    places = state.guesses.values()
    spread = (min(places), max(places)) if places else None
    return Revealed(state.scale, state.teller, state.clue, state.target, guesses, earned, spread)


def result(state: Wavelength) -> Result:
    """The points of each side; to each seat, what its own guesses would have earned."""
    scores = tuple(map(Score, state.points, state.best))
    return Result(scores, state.own)


def forget(state: Wavelength, seat: int) -> Wavelength:
    """The state without the clues of that seat."""
    if state.teller == seat and state.clue:
        state = replace(state, clue=FORGOTTEN)
    if state.last and state.last.teller == seat:
        state = replace(state, last=replace(state.last, clue=FORGOTTEN))
    return state
