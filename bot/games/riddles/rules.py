"""Emoji riddles: everybody may write one, then one after the other is guessed by all the others.

All play together: each riddle that is solved counts for its author, its solvers and the group.
"""

from collections.abc import Callable
from datetime import datetime
from random import Random

from msgspec.structs import replace

from bot.games.riddles import emojis
from bot.games.riddles.judging import Verdict, tells, verdict
from bot.games.riddles.state import Ended, Guess, Riddle, Stage, State
from bot.play import CAME, LEFT, PASS, SAYS, TIME, Move, Note, Pace, Result, Score, Table, refused
from bot.play.likeness import folded
from bot.play.wording import one_line

SOLUTION_SHORTEST, SOLUTION_LONGEST = 2, 60
HINT_LONGEST = GUESS_LONGEST = 80
KEPT_GUESSES = 5
MOST_IDLE = 3
"""Riddles in a row that nobody guesses at, after which the game ends."""

Done = tuple[State, tuple[Note, ...]]


def begin(table: Table, now: datetime) -> State:
    """Everybody writes for one turn."""
    return State(
        language=table.language,
        secretly=table.pace is Pace.SLOW,
        turn=table.turn,
        until=now + table.turn,
        present=tuple(sitting.seat for sitting in table.seats),
    )


def step(state: State, move: Move, now: datetime, rng: Random) -> Done:
    """The next state; what isn't allowed is answered with the reason."""
    if state.stage is Stage.OVER:
        return state, ()
    if move.act == TIME:
        return _settled(_timed(state, now, rng), now, rng), ()
    if move.act == CAME:
        return _came(state, move.seat), ()
    act = _ACTS.get(move.act)
    if act is None or move.seat not in state.present:
        return _settled(state, now, rng), ()
    after, said = act(state, move, now)
    return _settled(after, now, rng), said


def result(state: State) -> Result:
    """The riddles that were solved; for each person those that they solved or wrote."""
    solved = [ended for ended in state.ended if ended.solvers]
    met = {(min(e.by, seat), max(e.by, seat)) for e in solved for seat in e.solvers}
    bests = {
        seat: sum(seat == ended.by or seat in ended.solvers for ended in solved)
        for seat in state.present
    }
    return Result((Score(len(solved), len(state.ended)),), bests, tuple(sorted(met)))


def forget(state: State, seat: int) -> State:
    """Without the riddle and the guesses of a seat."""
    return replace(
        state,
        written={by: riddle for by, riddle in state.written.items() if by != seat},
        guesses=tuple(guess for guess in state.guesses if guess.seat != seat),
        ended=tuple(
            replace(ended, accepted=None)
            if ended.accepted and ended.accepted.seat == seat
            else ended
            for ended in state.ended
        ),
    )


def _timed(state: State, now: datetime, rng: Random) -> State:
    if state.stage is Stage.WRITING:
        return _started(state, now, rng)
    if state.hint_at is not None and now < state.until:
        return replace(state, hint_at=None)
    return _closed(state, now)


def _settled(state: State, now: datetime, rng: Random) -> State:
    """Goes on at once when nobody is waited for, or the riddle is gone."""
    while state.stage is not Stage.OVER:
        if not state.present:
            return replace(state, stage=Stage.OVER)
        gone = state.stage is Stage.GUESSING and state.riddle is None
        if state.unready and not gone:
            return state
        state = _started(state, now, rng) if state.stage is Stage.WRITING else _closed(state, now)
    return state


def _started(state: State, now: datetime, rng: Random) -> State:
    order = sorted(state.written)
    rng.shuffle(order)
    return _riddle(replace(state, order=tuple(order)), 0, now)


def _riddle(state: State, at: int, now: datetime) -> State:
    """The riddle number `at`, or the next one that is still there."""
    while at < len(state.order) and state.order[at] not in state.written:
        at += 1
    over = at >= len(state.order) or state.idle >= MOST_IDLE
    return replace(
        state,
        stage=Stage.OVER if over else Stage.GUESSING,
        at=at,
        until=now + state.turn,
        hint_at=now + state.turn / 2,
        passed=(),
        guesses=(),
        tried=(),
        guessed=0,
        solvers=(),
    )


def _closed(state: State, now: datetime, accepted: Guess | None = None) -> State:
    """The riddle is over: it is put to those that were, and the next one begins."""
    touched = state.guessed or state.solvers or state.passed
    ended = (Ended(state.author, state.solvers, accepted),) if state.riddle else ()
    idle = 0 if touched else state.idle + 1
    return _riddle(replace(state, ended=(*state.ended, *ended), idle=idle), state.at + 1, now)


def _came(state: State, seat: int) -> State:
    if seat < 0 or seat in state.present:
        return state
    return replace(state, present=(*state.present, seat))


def _left(state: State, move: Move, now: datetime) -> Done:
    return replace(state, present=tuple(s for s in state.present if s != move.seat)), ()


def _note(state: State, move: Move, key: str) -> Done:
    return state, (Note(move.seat, key),)


def _refused(state: State, move: Move, key: str) -> Done:
    """A note that gives back what was filled in."""
    return state, (refused(move, key),)


def _write(state: State, move: Move, now: datetime) -> Done:
    """Values: emoji, solution, hint."""
    if state.stage is not Stage.WRITING:
        return _refused(state, move, "writing_over")
    found = emojis.parsed(move.values.get("emoji", ""))
    if found is None:
        return _refused(state, move, "only_emoji")
    row = " ".join(found)
    if not emojis.FEWEST <= len(found) <= emojis.MOST or len(row) > emojis.LONGEST:
        return _refused(state, move, "how_many")
    solution = one_line(move.values.get("solution", ""))
    long_enough = len(folded(solution)) >= SOLUTION_SHORTEST
    if not long_enough or len(solution) > SOLUTION_LONGEST:
        return _refused(state, move, "solution_length")
    hint = one_line(move.values.get("hint", ""))[:HINT_LONGEST].strip()
    if tells(hint, solution, state.language):
        return _refused(state, move, "hint_tells")
    riddle = Riddle(move.seat, row, solution, hint)
    key = "changed" if move.seat in state.written else "kept"
    return _note(replace(state, written=state.written | {move.seat: riddle}), move, key)


def _drop(state: State, move: Move, now: datetime) -> Done:
    if state.stage is not Stage.WRITING:
        return _note(state, move, "writing_over")
    written = {by: riddle for by, riddle in state.written.items() if by != move.seat}
    return _note(replace(state, written=written), move, "dropped")


def _pass(state: State, move: Move, now: datetime) -> Done:
    """Argument: the riddle, or nothing for what is under way."""
    if move.arg not in ("", str(state.at)):
        return _note(state, move, "riddle_over")
    if state.stage is Stage.WRITING and move.seat in state.written:
        return _note(state, move, "has_written")
    if move.seat == state.author:
        return _note(state, move, "own")
    if move.seat in state.solvers:
        return _note(state, move, "have_it")
    passed = tuple(dict.fromkeys((*state.passed, move.seat)))
    key = "only_guessing" if state.stage is Stage.WRITING else "passed"
    return _note(replace(state, passed=passed), move, key)


def _says(state: State, move: Move, now: datetime) -> Done:
    """A typed message is a guess that everybody sees; talk is let pass without a word."""
    if state.stage is Stage.WRITING:
        return (
            _note(state, move, "not_here") if emojis.looks_like_riddle(move.text) else (state, ())
        )
    riddle, text = state.riddle, one_line(move.text)
    if riddle is None or not text or len(text) > GUESS_LONGEST:
        return state, ()
    found = verdict(text, riddle.solution, state.language)
    if found is Verdict.RIGHT:
        return _told(state, move, now)
    if found is Verdict.LIST or move.seat == riddle.by or move.seat in state.solvers:
        return state, ()
    after = _guessed(state, move.seat, text, found)
    return _note(after, move, "near") if found is Verdict.NEAR else (after, ())


def _told(state: State, move: Move, now: datetime) -> Done:
    """The solution was typed before all eyes: the riddle is over, also if its author did it."""
    if move.seat == state.author:
        return _closed(state, now), ()
    solvers = tuple(dict.fromkeys((*state.solvers, move.seat)))
    return _note(_closed(replace(state, solvers=solvers), now), move, "right")


def _guess(state: State, move: Move, now: datetime) -> Done:
    """Argument: the riddle. Value: guess."""
    riddle, text = state.riddle, one_line(move.values.get("guess", ""))[:GUESS_LONGEST].strip()
    if riddle is None or move.arg != str(state.at):
        return _refused(state, move, "riddle_over")
    if move.seat == riddle.by:
        return _note(state, move, "own")
    if move.seat in state.solvers:
        return _note(state, move, "have_it")
    if not text:
        return _note(state, move, "empty")
    found = verdict(text, riddle.solution, state.language)
    if found is Verdict.LIST:
        return _refused(state, move, "one_guess")
    if found is not Verdict.RIGHT:
        return _note(_guessed(state, move.seat, text, found), move, found.value)
    after = replace(state, solvers=(*state.solvers, move.seat))
    if state.secretly:
        return _note(after, move, "right_secretly")
    return _note(_closed(after, now), move, "right")


def _guessed(state: State, seat: int, text: str, found: Verdict) -> State:
    number = state.guessed + 1
    guess = Guess(number, seat, text, found is Verdict.NEAR)
    others = (g for g in state.guesses if (g.seat, g.meaning) != (seat, guess.meaning))
    tried = tuple(dict.fromkeys((*state.tried, seat)))
    return replace(state, guesses=(*others, guess)[-KEPT_GUESSES:], tried=tried, guessed=number)


def _judged(state: State, move: Move) -> Guess | str:
    """The guess that the author judges, or why not. Argument: the riddle and the guess."""
    round_, _, number = move.arg.partition(".")
    if state.riddle is None or round_ != str(state.at):
        return "riddle_over"
    if move.seat != state.author:
        return "author_judges"
    return next((g for g in state.guesses if str(g.number) == number), "riddle_over")


def _accept(state: State, move: Move, now: datetime) -> Done:
    guess = _judged(state, move)
    if isinstance(guess, str):
        return _note(state, move, guess)
    solvers = tuple(dict.fromkeys((*state.solvers, guess.seat)))
    return _note(_closed(replace(state, solvers=solvers), now, guess), move, "accepted")


def _warm(state: State, move: Move, now: datetime) -> Done:
    guess = _judged(state, move)
    if isinstance(guess, str):
        return _note(state, move, guess)
    guesses = tuple(replace(g, near=True) if g == guess else g for g in state.guesses)
    return _note(replace(state, guesses=guesses), move, "marked")


_ACTS: dict[str, Callable[[State, Move, datetime], Done]] = {
    "write": _write,
    "drop": _drop,
    "guess": _guess,
    "ok": _accept,
    "warm": _warm,
    PASS: _pass,
    SAYS: _says,
    LEFT: _left,
}
