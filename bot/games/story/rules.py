"""A story, one sentence each in turn: pure rules.

Every sentence that was accepted keeps its place, also one that is taken back later: so each turn
brings the story nearer to its end, or everybody passes and it ends at once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from bot.games.story.openings import OPENINGS
from bot.play import CAME, LEFT, PASS, SAYS, TIME, Move, Note, Result, Score, Step, Table, refused
from bot.play.wording import one_line

SHORTEST, LONGEST = 3, 280
"""Characters of a sentence."""
FEWEST, MOST, EACH = 12, 24, 2
"""Sentences of a story: `EACH` for every seat, within these bounds."""
MISSED = 2
"""Turns missed in a row after which a seat is skipped until it is back."""
FORGOTTEN = "…"


class Sentence(Struct, frozen=True):
    """What one seat wrote; empty if it was taken back."""

    seat: int
    text: str

    @property
    def told(self) -> bool:
        """Whether its author's words still stand there."""
        return self.text not in ("", FORGOTTEN)


class Story(Struct, frozen=True):
    """Where the story stands. `seat` is to write in the turn of number `turn`, until `until`."""

    opening: str
    language: str
    day: str
    lasts: timedelta
    total: int
    order: tuple[int, ...]
    seat: int
    until: datetime | None
    turn: int = 1
    sentences: tuple[Sentence, ...] = ()
    gone: tuple[int, ...] = ()
    missed: dict[int, int] = {}
    passed: tuple[int, ...] = ()
    """Who has passed since the last sentence."""
    enders: tuple[int, ...] = ()
    """Who wants it to end."""

    @property
    def present(self) -> tuple[int, ...]:
        """The seats that are taken."""
        return tuple(seat for seat in self.order if seat not in self.gone)

    @property
    def active(self) -> tuple[int, ...]:
        """The seats that get a turn."""
        return tuple(seat for seat in self.present if self.missed.get(seat, 0) < MISSED)

    @property
    def writers(self) -> tuple[int, ...]:
        """Whose words stand in the story, in the order in which they joined it."""
        return tuple(dict.fromkeys(said.seat for said in self.sentences if said.told))

    @property
    def votes(self) -> int:
        """How many of those who get a turn want it to end."""
        return len(set(self.enders) & set(self.active))

    @property
    def changeable(self) -> Sentence | None:
        """The last sentence, as long as its author may still change it."""
        last = self.sentences[-1] if self.sentences else None
        return last if last and last.told and last.seat in self.present else None


def begin(table: Table, now: datetime, rng: Random) -> Story:
    """An opening line and an order of turns, both drawn."""
    order = [sitting.seat for sitting in table.seats]
    rng.shuffle(order)
    return Story(
        opening=rng.choice(OPENINGS),
        language=table.language,
        day=table.day or now.date().isoformat(),
        lasts=table.turn,
        total=length(len(order)),
        order=tuple(order),
        seat=order[0],
        until=now + table.turn,
    )


def length(seats: int) -> int:
    """How many sentences a story of so many people has."""
    return min(MOST, max(FEWEST, EACH * seats))


def step(state: Story, move: Move, now: datetime) -> Step[Story]:
    """The next state, and a note for whoever could not do what they wanted."""
    if state.until is None:
        return state, ()
    if move.act == TIME:
        missed = state.missed | {state.seat: state.missed.get(state.seat, 0) + 1}
        return _onward(_passing(replace(state, missed=missed)), now), ()
    if move.act == CAME:
        return _came(state, move.seat), ()
    act = ACTS.get(move.act)
    if act is None or move.seat not in state.present:
        return state, ()
    return act(state, move, now)


def _writes(state: Story, move: Move, now: datetime) -> Step[Story]:
    typed = one_line(move.text or move.values.get("text", ""))
    if move.seat not in state.active:
        return _returns(state, move)
    if move.seat != state.seat or move.arg not in ("", str(state.turn)):
        return state, (_out_of_turn(state, move),)
    if refusal := _refusal(move, typed):
        return state, (refusal,)
    written = (*state.sentences, Sentence(move.seat, typed))
    missed = state.missed | {move.seat: 0}
    return _onward(replace(state, sentences=written, missed=missed, passed=()), now), ()


def _out_of_turn(state: Story, move: Move) -> Note:
    """Why it doesn't count."""
    key = "moved" if move.seat == state.seat else "late"
    return refused(move, key if any(move.values.values()) else "wait", seat=state.seat)


def _refusal(move: Move, typed: str) -> Note | None:
    if len(typed) < SHORTEST:
        return refused(move, "short", n=SHORTEST)
    if len(typed) > LONGEST:
        return refused(move, "long", n=len(typed), most=LONGEST)
    return None


def _passes(state: Story, move: Move, now: datetime) -> Step[Story]:
    if move.seat != state.seat or move.arg not in ("", str(state.turn)):
        return state, (Note(move.seat, "wait", {"seat": state.seat}),)
    missed = state.missed | {move.seat: 0}
    return _onward(_passing(replace(state, missed=missed)), now), ()


def _changes(state: Story, move: Move, now: datetime) -> Step[Story]:
    typed = one_line(move.values.get("text", ""))
    if not _is_own_last(state, move):
        return state, (refused(move, "fixed"),)
    if refusal := _refusal(move, typed):
        return state, (refusal,)
    return _with_last(state, typed), (Note(move.seat, "changed"),)


def _takes_back(state: Story, move: Move, now: datetime) -> Step[Story]:
    if not _is_own_last(state, move):
        return state, (Note(move.seat, "fixed"),)
    return _with_last(state, ""), (Note(move.seat, "taken"),)


def _is_own_last(state: Story, move: Move) -> bool:
    last = state.changeable
    own = last is not None and last.seat == move.seat
    return own and move.arg == str(len(state.sentences))


def _with_last(state: Story, text: str) -> Story:
    last = Sentence(state.sentences[-1].seat, text)
    return replace(state, sentences=(*state.sentences[:-1], last))


def _wants_the_end(state: Story, move: Move, now: datetime) -> Step[Story]:
    if move.seat not in state.active:
        state = _awake(state, move.seat)
    if move.seat in state.enders:
        enders = tuple(seat for seat in state.enders if seat != move.seat)
        return replace(state, enders=enders), (Note(move.seat, "goes_on"),)
    state = _ended(replace(state, enders=(*state.enders, move.seat)))
    said = Note(move.seat, "ending", {"n": state.votes, "of": len(state.active)})
    return state, (said,)


def _comes_back(state: Story, move: Move, now: datetime) -> Step[Story]:
    if move.seat in state.active:
        return state, (Note(move.seat, "there"),)
    return _returns(state, move)


def _leaves(state: Story, move: Move, now: datetime) -> Step[Story]:
    state = replace(state, gone=(*state.gone, move.seat))
    return (_onward(state, now) if move.seat == state.seat else _ended(state)), ()


ACTS: dict[str, Callable[[Story, Move, datetime], Step[Story]]] = {
    SAYS: _writes,
    "write": _writes,
    PASS: _passes,
    "change": _changes,
    "undo": _takes_back,
    "end": _wants_the_end,
    "back": _comes_back,
    LEFT: _leaves,
}


def _returns(state: Story, move: Move) -> Step[Story]:
    return _awake(state, move.seat), (refused(move, "back", seat=state.seat),)


def _came(state: Story, seat: int) -> Story:
    if seat < 0 or seat in state.present:
        return state
    order = state.order if seat in state.order else (*state.order, seat)
    gone = tuple(left for left in state.gone if left != seat)
    state = _awake(replace(state, order=order, gone=gone), seat)
    return replace(state, total=max(state.total, length(len(state.present))))


def _awake(state: Story, seat: int) -> Story:
    passed = tuple(other for other in state.passed if other != seat)
    return replace(state, missed=state.missed | {seat: 0}, passed=passed)


def _passing(state: Story) -> Story:
    return replace(state, passed=(*state.passed, state.seat))


def _ended(state: Story) -> Story:
    """The state, over if nothing is to follow."""
    active = state.active
    done = len(state.sentences) >= state.total or set(active) <= set(state.passed)
    return replace(state, until=None) if done or 2 * state.votes > len(active) else state


def _onward(state: Story, now: datetime) -> Story:
    """The turn of the next one in the order."""
    state = _ended(state)
    if state.until is None:
        return state
    here = state.order.index(state.seat)
    around = state.order[here + 1 :] + state.order[: here + 1]
    following = next(seat for seat in around if seat in state.active)
    return replace(state, seat=following, turn=state.turn + 1, until=now + state.lasts)


def result(state: Story) -> Result:
    """One score for all; to each writer, the length of the story that they had a part in."""
    told = sum(said.told for said in state.sentences)
    return Result((Score(told, state.total),), dict.fromkeys(state.writers, told))


def forget(state: Story, seat: int) -> Story:
    """The story with gaps where that seat wrote."""
    sentences = tuple(
        Sentence(seat, FORGOTTEN) if said.seat == seat and said.text else said
        for said in state.sentences
    )
    return replace(state, sentences=sentences)
