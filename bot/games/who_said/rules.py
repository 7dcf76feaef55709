"""Who said it? Sayings of the group, one a round; everybody but its author picks a name. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from bot.play import (
    CAME,
    LEFT,
    NOBODY,
    PASS,
    TIME,
    Item,
    Lacking,
    Move,
    Note,
    Result,
    Score,
    Step,
    Table,
)

ROUNDS, CHOICES = 6, 4
FEWEST_SAYINGS, FEWEST_AUTHORS = 3, 3
"""With fewer there is nothing to guess."""
EMPTY_ROUNDS = 2
"""So many rounds in a row without a pick end the game: nobody is there."""
PICK, GO_ON = "pick", "next"


class Saying(Struct, frozen=True):
    """What the author with the number `by` answered to `source`; blank if it was taken back."""

    text: str
    source: str
    by: int


class Told(Struct, frozen=True):
    """How a round ended: how many of each side knew, and how many could have."""

    number: int
    knew: tuple[int, ...]
    could: tuple[int, ...]


class State(Struct, frozen=True):
    """`sides` are those of the seats that play now; `picks` are this round's, by seat.

    A saying's author who plays has the number of the seat.
    """

    sayings: tuple[Saying, ...]
    sides: dict[int, int]
    teams: int
    turn: timedelta
    until: datetime
    number: int = 0
    names: tuple[int, ...] = ()
    picks: dict[int, int] = {}
    told: tuple[Told, ...] = ()
    right: dict[int, int] = {}
    empty: int = 0
    over: bool = False

    @property
    def saying(self) -> Saying:
        """The one that is asked about."""
        return self.sayings[self.number]


def begin(table: Table, now: datetime, rng: Random) -> State:
    """The first round. Raises `Lacking` if too little was said, or by too few."""
    state = State(
        sayings=_drawn(table.items, rng),
        sides={sitting.seat: sitting.side for sitting in table.seats},
        teams=table.sides,
        turn=table.turn,
        until=now,
    )
    return _opened(state, 0, now, rng)


def _drawn(items: Sequence[Item], rng: Random) -> tuple[Saying, ...]:
    """Sayings of as many people as possible, in an order left to chance."""
    by_author: dict[int, list[Saying]] = {}
    for item in rng.sample(items, len(items)):
        if item.by != NOBODY and item.text.strip():
            saying = Saying(item.text, item.source, item.by)
            by_author.setdefault(item.by, []).append(saying)
    said = sum(map(len, by_author.values()))
    if said < FEWEST_SAYINGS or len(by_author) < FEWEST_AUTHORS:
        raise Lacking("lacking")
    layers = zip_longest(*by_author.values())
    drawn = [saying for layer in layers for saying in layer if saying][:ROUNDS]
    return tuple(rng.sample(drawn, len(drawn)))


def guessers(state: State, saying: Saying) -> list[int]:
    """The seats that may pick: an author knows too much."""
    return [seat for seat in state.sides if seat != saying.by]


def awaited(state: State) -> list[int]:
    """Who may pick and has not yet; nobody if there is nothing to guess any more."""
    if state.over or not state.saying.text:
        return []
    return [seat for seat in guessers(state, state.saying) if seat not in state.picks]


def step(state: State, move: Move, now: datetime, rng: Random) -> Step[State]:
    """The next state."""
    if state.over:
        return state, ()
    if move.act == TIME:
        return _closed(state, now, rng), ()
    if move.act == CAME:
        side = int(move.arg) if move.arg.isdecimal() else 0
        return replace(state, sides=state.sides | {move.seat: side % state.teams}), ()
    if move.seat not in state.sides:
        return state, ()
    if move.act == LEFT:
        stay = {seat: side for seat, side in state.sides.items() if seat != move.seat}
        return _settled(replace(state, sides=stay), now, rng), ()
    if move.act == GO_ON and not state.saying.text:
        return _closed(state, now, rng), ()
    changed, note = _picked(state, move)
    return (_settled(changed, now, rng) if changed != state else state), note


def _picked(state: State, move: Move) -> Step[State]:
    """A pick, or its renunciation."""
    number, _, choice = move.arg.partition(".")
    seat = move.seat
    if move.act not in (PICK, PASS):
        return state, ()
    if move.act == PICK and number != str(state.number + 1):
        return state, (Note(seat, "late"),)
    if not state.saying.text:
        return state, (Note(seat, "gone"),)
    if seat == state.saying.by:
        return state, (Note(seat, "own"),)
    if seat in state.picks:
        return state, (Note(seat, "again"),)
    if move.act == PASS:
        return _with(state, seat, NOBODY), (Note(seat, "passed"),)
    if choice not in map(str, range(len(state.names))):
        return state, ()
    name = state.names[int(choice)]
    return _with(state, seat, name), (Note(seat, "picked", {"name": name}),)


def _with(state: State, seat: int, pick: int) -> State:
    return replace(state, picks=state.picks | {seat: pick})


def _settled(state: State, now: datetime, rng: Random) -> State:
    """Goes on if nobody is awaited any more."""
    if not state.sides:
        return replace(state, over=True)
    return state if awaited(state) else _closed(state, now, rng)


def _closed(state: State, now: datetime, rng: Random) -> State:
    """Counts who knew, and asks the next. What was taken back counts for nobody."""
    if not state.saying.text:
        return _opened(state, state.number + 1, now, rng)
    could = guessers(state, state.saying)
    knew = [seat for seat in could if state.picks.get(seat) == state.saying.by]
    told = Told(state.number, _by_side(state, knew), _by_side(state, could))
    empty = 0 if answers(state) else state.empty + 1
    right = state.right | {seat: state.right.get(seat, 0) + 1 for seat in knew}
    state = replace(state, told=(*state.told, told), right=right, empty=empty)
    if empty == EMPTY_ROUNDS:
        return replace(state, over=True)
    return _opened(state, state.number + 1, now, rng)


def answers(state: State) -> int:
    """How many picked in this round."""
    return sum(pick != NOBODY for pick in state.picks.values())


def _by_side(state: State, seats: Sequence[int]) -> tuple[int, ...]:
    sides = [state.sides[seat] for seat in seats]
    return tuple(sides.count(side) for side in range(state.teams))


def _opened(state: State, number: int, now: datetime, rng: Random) -> State:
    """Asks the first saying from this one on that somebody there can guess."""
    for index in range(number, len(state.sayings)):
        saying = state.sayings[index]
        if saying.text and guessers(state, saying):
            return replace(
                state,
                number=index,
                names=_names(state, saying, rng),
                picks={},
                until=now + state.turn,
            )
    return replace(state, over=True)


def _names(state: State, saying: Saying, rng: Random) -> tuple[int, ...]:
    """The author among others who could have said it."""
    others = sorted(({one.by for one in state.sayings} | set(state.sides)) - {saying.by})
    names = [saying.by, *rng.sample(others, min(CHOICES - 1, len(others)))]
    return tuple(rng.sample(names, len(names)))


def result(state: State) -> Result:
    """For each side how often its people knew, of all the times that they could have; for each
    who guessed how often they knew."""
    scores = (
        Score(sum(told.knew[side] for told in state.told), sum(t.could[side] for t in state.told))
        for side in range(state.teams)
    )
    return Result(tuple(scores), dict(state.right))


def forget(state: State, seat: int) -> State:
    """Blanks what the author with this number said."""
    sayings = tuple(replace(s, text="") if s.by == seat else s for s in state.sayings)
    return replace(state, sayings=sayings)
