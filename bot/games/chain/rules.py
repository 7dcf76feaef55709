"""A chain of words, each beginning with the last letter of the one before: pure rules.

Anybody may write the next word, nobody twice in a row: it hangs on no single person.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from bot.games.chain.beginnings import beginnings
from bot.games.chain.letters import next_letter
from bot.play import (
    CAME,
    LEFT,
    NOBODY,
    PASS,
    SAYS,
    TIME,
    Move,
    Note,
    Pace,
    Result,
    Score,
    Step,
    Table,
)
from bot.play.lexicon import bare, common, is_word, one_word

SHORTEST, LONGEST = 3, 30
"""Letters of a word."""
GOAL = {Pace.LIVE: 20, Pace.SLOW: 30}
TURNS = {Pace.LIVE: 10, Pace.SLOW: 7}
"""How many turns' time there is in all."""
SILENCES, FIRST_SILENCES = 2, 4
"""Turns in a row without a word after which nobody seems to be there any more; at the beginning
people have yet to find their way in."""
HINT = 3
"""Letters that are given away after a silent turn."""


class Link(Struct, frozen=True):
    """A word and who wrote it; `word` is empty if they took it back."""

    seat: int
    word: str


class Chain(Struct, frozen=True):
    """Where the chain stands. `letter` begins the next word, `until` is when the turn is over
    (None after the end) and `ends` when all is."""

    language: str
    first: str
    letter: str
    goal: int
    turn: timedelta
    until: datetime | None
    ends: datetime
    links: tuple[Link, ...] = ()
    here: tuple[int, ...] = ()
    ever: tuple[int, ...] = ()
    """Who was here at any time."""
    silent: int = 0
    hint: str = ""

    @property
    def last(self) -> int:
        """Who wrote the last word."""
        return self.links[-1].seat if self.links else NOBODY

    @property
    def words(self) -> tuple[str, ...]:
        """All words so far, the given one first; without those that were taken back."""
        return (self.first, *(link.word for link in self.links if link.word))

    @property
    def writers(self) -> tuple[int, ...]:
        """Who wrote a word, in the order of their first."""
        return tuple(dict.fromkeys(link.seat for link in self.links))

    @property
    def reached(self) -> bool:
        """Whether the chain is as long as it was to become."""
        return len(self.links) >= self.goal


def begin(table: Table, now: datetime, rng: Random) -> Chain:
    """A first word that everybody knows."""
    first = rng.choice(beginnings(table.language))
    seats = tuple(sitting.seat for sitting in table.seats)
    return Chain(
        language=table.language,
        first=first,
        letter=next_letter(table.language, first),
        goal=GOAL[table.pace],
        turn=table.turn,
        until=now + table.turn,
        ends=now + TURNS[table.pace] * table.turn,
        here=seats,
        ever=seats,
    )


def step(state: Chain, move: Move, now: datetime, rng: Random) -> Step[Chain]:
    """The next state, and a note for whoever's word didn't count."""
    if state.until is None:
        return state, ()
    if move.act == TIME:
        return _silence(state, now, rng), ()
    if move.seat < 0:
        return state, ()
    if move.act == CAME:
        return _with(state, move.seat), ()
    if move.act == LEFT:
        return _left(state, move.seat), ()
    if move.act == PASS:
        return state, (Note(move.seat, "free"),)
    if move.act in (SAYS, "word"):
        return _writes(state, move, now)
    return state, ()


def refusal(state: Chain, seat: int, word: str) -> Note | None:
    """Why a word doesn't count; None if it does."""
    plain = bare(state.language, word)
    if not word:
        return Note(seat, "one")
    if len(plain) < SHORTEST:
        return Note(seat, "short", {"n": SHORTEST})
    if plain[0] != state.letter:
        return Note(seat, "letter", {"letter": state.letter, "word": word[:LONGEST]})
    if plain in _used(state):
        by = _author(state, plain)
        return Note(seat, "used", {"word": word[:LONGEST], "seat": by})
    if len(word) > LONGEST or not is_word(state.language, word):
        return Note(seat, "unknown", {"word": word[:LONGEST]})
    if seat == state.last:
        return Note(seat, "again")
    return None


def _writes(state: Chain, move: Move, now: datetime) -> Step[Chain]:
    word = one_word(move.text if move.act == SAYS else move.values.get("word", ""))
    if move.act == SAYS and not _meant(state, move.seat, word):
        return state, ()
    said = refusal(state, move.seat, word)
    if said is None:
        return _added(state, move.seat, word, now), ()
    overtaken = move.arg not in ("", str(len(state.links)))
    return state, (replace(said, key="late") if overtaken and said.key == "letter" else said,)


def _meant(state: Chain, seat: int, word: str) -> bool:
    """Whether a typed message is a try and no talk: it begins as it should, or it is a word and
    comes from somebody whose turn it could be."""
    plain = bare(state.language, word)
    if len(plain) < SHORTEST:
        return False
    return plain[0] == state.letter or (seat != state.last and is_word(state.language, word))


def _added(state: Chain, seat: int, word: str, now: datetime) -> Chain:
    state = replace(
        _with(state, seat),
        links=(*state.links, Link(seat, word)),
        letter=next_letter(state.language, word),
        until=min(now + state.turn, state.ends),
        silent=0,
        hint="",
    )
    return replace(state, until=None) if state.reached else state


def _silence(state: Chain, now: datetime, rng: Random) -> Chain:
    patience = SILENCES if state.links else FIRST_SILENCES
    if now >= state.ends or state.silent + 1 >= patience:
        return replace(state, until=None)
    hint = _hint(state, rng)
    later = min(now + state.turn, state.ends)
    return replace(state, silent=state.silent + 1, until=later, hint=hint)


def _hint(state: Chain, rng: Random) -> str:
    used = _used(state)
    fitting = [
        word
        for word, plain in ((word, bare(state.language, word)) for word in common(state.language))
        if plain[0] == state.letter and len(plain) > HINT and plain not in used
    ]
    return rng.choice(fitting)[:HINT] if fitting else ""


def _used(state: Chain) -> set[str]:
    return {bare(state.language, word) for word in state.words}


def _with(state: Chain, seat: int) -> Chain:
    here = state.here if seat in state.here else (*state.here, seat)
    return replace(state, here=here, ever=tuple(dict.fromkeys((*state.ever, seat))))


def _left(state: Chain, seat: int) -> Chain:
    if seat not in state.here:
        return state
    here = tuple(other for other in state.here if other != seat)
    return replace(state, here=here, until=state.until if here else None)


def _author(state: Chain, plain: str) -> int:
    found = (link.seat for link in state.links if bare(state.language, link.word) == plain)
    return next(found, NOBODY)


def result(state: Chain) -> Result:
    """A point for each word and for each writer; to writers, the letters of their longest word."""
    heads = min(len(state.ever), state.goal)
    score = Score(len(state.links) + len(state.writers), state.goal + heads)
    bests: dict[int, int] = {}
    for link in (link for link in state.links if link.word):
        bests[link.seat] = max(bests.get(link.seat, 0), len(link.word))
    return Result((score,), bests, _met(state))


def _met(state: Chain) -> tuple[tuple[int, int], ...]:
    """Who answered whose word."""
    seats = [link.seat for link in state.links]
    pairs = {(min(a, b), max(a, b)) for a, b in pairwise(seats)}
    return tuple(sorted(pairs))


def forget(state: Chain, seat: int) -> Chain:
    """The chain without the words of that seat; they may come again."""
    links = tuple(Link(seat, "") if link.seat == seat else link for link in state.links)
    return replace(state, links=links)
