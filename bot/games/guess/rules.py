"""One word of five letters that a whole community looks for together: pure rules."""

from datetime import date, datetime, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from bot.games.guess.marks import PLACED, marks
from bot.games.guess.solutions import LENGTH, of_day
from bot.play import SAYS, TIME, Move, Note, Result, Score, Step, Table
from bot.play.lexicon import bare, is_word, one_word

MOST = 8
"""Guesses of all together."""
PAUSE = timedelta(hours=1)
"""After that nobody has to wait any longer for somebody else to guess."""
LONGEST = 30
"""Letters of a word that are repeated in a note."""


class Guess(Struct, frozen=True):
    """A guess without accents and case, what it told, and who made it when. `word` is empty if
    they took it back."""

    seat: int
    word: str
    marks: str
    at: datetime


class Puzzle(Struct, frozen=True):
    """Where the search stands; `until` is its end, None after it. The solution has its accents."""

    language: str
    solution: str
    until: datetime | None
    guesses: tuple[Guess, ...] = ()

    @property
    def solved(self) -> bool:
        """Whether the last guess was right."""
        return bool(self.guesses) and self.guesses[-1].marks == PLACED * LENGTH

    @property
    def people(self) -> tuple[int, ...]:
        """Who took part, in the order of their first guess."""
        return tuple(dict.fromkeys(guess.seat for guess in self.guesses))


def begin(table: Table, now: datetime, rng: Random) -> Puzzle:
    """The word of the day for all who have the same secret."""
    day = date.fromisoformat(table.day) if table.day else now.date()
    secret = table.secret or str(rng.random())
    return Puzzle(
        language=table.language,
        solution=of_day(table.language, secret, day),
        until=now + table.turn,
    )


def step(state: Puzzle, move: Move, now: datetime) -> Step[Puzzle]:
    """The next state, and a note for whoever's guess didn't count. Who comes or leaves changes
    nothing: the word is there for the day."""
    if state.until is None:
        return state, ()
    if move.act == TIME:
        return replace(state, until=None), ()
    if move.seat < 0 or move.act not in (SAYS, "guess"):
        return state, ()
    word = one_word(move.text if move.act == SAYS else move.values.get("word", ""))
    if move.act == SAYS and len(bare(state.language, word)) != LENGTH:
        return state, ()
    said = refusal(state, move.seat, word, now)
    return (state, (said,)) if said else (_guessed(state, move.seat, word, now), ())


def refusal(state: Puzzle, seat: int, word: str, now: datetime) -> Note | None:
    """Why a guess doesn't count; None if it does."""
    plain = bare(state.language, word)
    if len(plain) != LENGTH:
        return Note(seat, "length", {"n": LENGTH})
    if not is_word(state.language, word):
        return Note(seat, "unknown", {"word": word[:LONGEST]})
    by = next((guess.seat for guess in state.guesses if guess.word == plain), None)
    if by is not None:
        return Note(seat, "repeated", {"word": word[:LONGEST], "seat": by})
    if waits := _waits(state, seat, now):
        return Note(seat, "again", {"minutes": max(1, round(waits / timedelta(minutes=1)))})
    return None


def _waits(state: Puzzle, seat: int, now: datetime) -> timedelta | None:
    """How long this seat waits for somebody else."""
    if not state.guesses or state.guesses[-1].seat != seat:
        return None
    over = state.guesses[-1].at + PAUSE
    return over - now if now < over else None


def _guessed(state: Puzzle, seat: int, word: str, now: datetime) -> Puzzle:
    plain = bare(state.language, word)
    told = marks(bare(state.language, state.solution), plain)
    state = replace(state, guesses=(*state.guesses, Guess(seat, plain, told, now)))
    over = state.solved or len(state.guesses) >= MOST
    return replace(state, until=None) if over else state


def result(state: Puzzle) -> Result:
    """A point for each letter in its place, and if the word was found, for each guess that was
    left; to each, the letters that they were the first to put in their place."""
    placed: set[int] = set()
    bests = dict.fromkeys(state.people, 0)
    for guess in state.guesses:
        right = {place for place, mark in enumerate(guess.marks) if mark == PLACED}
        bests[guess.seat] += len(right - placed)
        placed |= right
    spared = MOST - len(state.guesses) if state.solved else 0
    return Result((Score(len(placed) + spared, LENGTH + MOST - 1),), bests)


def forget(state: Puzzle, seat: int) -> Puzzle:
    """The search without the words of that seat; what they told stays."""
    guesses = tuple(replace(g, word="") if g.seat == seat else g for g in state.guesses)
    return replace(state, guesses=guesses)
