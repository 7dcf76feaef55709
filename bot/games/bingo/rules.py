"""Human bingo: a card of nine statements, each filled by the yes of the person it is true of.

Everybody plays for the whole group: squares found by all of them are its score.
"""

from collections.abc import Callable
from datetime import datetime
from random import Random

from msgspec.structs import replace

from bot.games.bingo.state import NONE_OPEN, SQUARES, Card, Find, Question, State
from bot.games.bingo.statements import STATEMENTS
from bot.play import CAME, LEFT, NOBODY, PASS, TIME, Move, Note, Pace, Result, Score, Table

TURNS = {Pace.LIVE: 1, Pace.SLOW: 3}
"""How many turns the whole game lasts."""
FEWEST_OF_ONE = 2
"""Squares of a card that one person may fill at any rate."""
NEWEST = 6

Done = tuple[State, tuple[Note, ...]]


def begin(table: Table, now: datetime, rng: Random) -> State:
    """A card for everybody."""
    seats = tuple(sitting.seat for sitting in table.seats)
    cards = {seat: _drawn(rng) for seat in seats}
    return State(now + table.turn * TURNS[table.pace], seats, cards)


def step(state: State, move: Move, rng: Random) -> Done:
    """The next state; what isn't allowed is answered with the reason."""
    if state.over:
        return state, ()
    if move.act == TIME:
        return replace(state, over=True, questions=()), ()
    if move.act == CAME:
        return _came(state, move.seat, rng), ()
    act = _ACTS.get(move.act)
    if act is None or move.seat not in state.present:
        return state, ()
    after, said = act(state, move)
    return _finished(after), said


def most_of_one(state: State) -> int:
    """How many squares of a card one person may fill: two, and more only where so few people play
    that a card could not be filled otherwise."""
    others = max(len(state.present) - 1, 1)
    return max(FEWEST_OF_ONE, -(-SQUARES // others))


def may_fill(state: State, asker: int, person: int) -> bool:
    """Whether that person, with what they are being asked now, may fill one square more."""
    filled = state.cards[asker].names.count(person)
    asked = sum((q.asker, q.of) == (asker, person) for q in state.questions)
    return filled + asked < most_of_one(state)


def candidates(state: State, asker: int, square: int) -> list[int]:
    """Whom the asker may still ask about that square."""
    refused = state.cards[asker].refused[square]
    others = (seat for seat in state.present if seat != asker and seat not in refused)
    return [seat for seat in others if may_fill(state, asker, seat)]


def result(state: State) -> Result:
    """The group's squares; for each person the number of people that they got to know."""
    met = sorted(
        {
            (min(asker, name), max(asker, name))
            for asker, card in state.cards.items()
            for name in card.names
            if name != NOBODY
        }
    )
    points = sum(card.found for card in state.cards.values())
    best = sum(
        SQUARES if seat in state.present else card.found for seat, card in state.cards.items()
    )
    bests = {seat: sum(seat in pair for pair in met) for seat in state.present}
    return Result((Score(points, best),), bests, tuple(met))


def _drawn(rng: Random) -> Card:
    return Card(tuple(rng.sample(range(len(STATEMENTS)), SQUARES)))


def _came(state: State, seat: int, rng: Random) -> State:
    if seat < 0 or seat in state.present:
        return state
    cards = state.cards if seat in state.cards else state.cards | {seat: _drawn(rng)}
    return replace(state, present=(*state.present, seat), cards=cards)


def _left(state: State, move: Move) -> Done:
    present = tuple(seat for seat in state.present if seat != move.seat)
    questions = tuple(q for q in state.questions if move.seat not in (q.asker, q.of))
    return replace(state, present=present, questions=questions), ()


def _pass(state: State, move: Move) -> Done:
    return _note(state, move, "pass")


def _finished(state: State) -> State:
    if all(state.cards[seat].found == SQUARES for seat in state.present):
        return replace(state, over=True, questions=())
    return state


def _numbers(arg: str, count: int) -> tuple[int, ...] | None:
    parts = arg.split(".")
    good = len(parts) == count and all(p.isascii() and p.isdigit() and len(p) < 10 for p in parts)
    return tuple(int(part) for part in parts) if good else None


def _square(arg: str, count: int) -> tuple[int, ...] | None:
    numbers = _numbers(arg, count)
    return numbers if numbers and numbers[0] < SQUARES else None


def _with_card(state: State, seat: int, card: Card) -> State:
    return replace(state, cards=state.cards | {seat: card})


def _note(state: State, move: Move, key: str, **args: int) -> Done:
    return state, (Note(move.seat, key, dict(args)),)


def _open(state: State, move: Move) -> Done:
    """Arguments: the square, the page of people."""
    found = _square(move.arg, 2)
    if found is None:
        return state, ()
    square, page = found
    card = state.cards[move.seat]
    if card.names[square] != NOBODY:
        return _note(state, move, "filled", who=card.names[square])
    return _with_card(state, move.seat, replace(card, opened=square, page=page)), ()


def _back(state: State, move: Move) -> Done:
    return _with_card(state, move.seat, _closed(state.cards[move.seat])), ()


def _closed(card: Card) -> Card:
    return replace(card, opened=NONE_OPEN, page=0)


def _ask(state: State, move: Move) -> Done:
    """Arguments: the square, the person."""
    found = _square(move.arg, 2)
    if found is None:
        return state, ()
    square, person = found
    if problem := _unasked(state, move.seat, square):
        return _note(state, move, problem)
    card = state.cards[move.seat]
    if person not in state.present or person == move.seat:
        return _note(state, move, "not_here")
    if person in card.refused[square]:
        return _note(state, move, "said_no", who=person)
    if not may_fill(state, move.seat, person):
        return _note(state, move, "often", who=person)
    return _note(_asked(state, move.seat, square, person), move, "asked", who=person)


def _ask_room(state: State, move: Move) -> Done:
    """Argument: the square."""
    found = _square(move.arg, 1)
    if found is None:
        return state, ()
    if problem := _unasked(state, move.seat, found[0]):
        return _note(state, move, problem)
    if any(q.asker == move.seat for q in state.put_to_room()):
        return _note(state, move, "one_search")
    return _note(_asked(state, move.seat, found[0], NOBODY), move, "room_asked")


def _unasked(state: State, asker: int, square: int) -> str:
    """Why no question can be asked about a square; empty if one can."""
    if state.cards[asker].names[square] != NOBODY:
        return "full"
    return "waits" if state.waiting(asker, square) else ""


def _asked(state: State, asker: int, square: int, person: int) -> State:
    question = Question(state.asked + 1, asker, square, person)
    closed = _with_card(state, asker, _closed(state.cards[asker]))
    return replace(closed, asked=question.number, questions=(*state.questions, question))


def _undo(state: State, move: Move) -> Done:
    """Argument: the number of an own question."""
    question = _question(state, move.arg)
    if question is None or question.asker != move.seat:
        return _note(state, move, "gone")
    closed = _with_card(state, move.seat, _closed(state.cards[move.seat]))
    return _note(_without(closed, question), move, "taken_back")


def _yes(state: State, move: Move) -> Done:
    """Argument: the number of a question that is put to this seat or to the room."""
    question = _question(state, move.arg)
    if question is None or question.of not in (move.seat, NOBODY):
        return _note(state, move, "gone")
    if question.asker == move.seat:
        return _note(state, move, "own_search")
    if question.of == NOBODY and not may_fill(state, question.asker, move.seat):
        return _note(state, move, "enough", who=question.asker)
    return _note(_filled(state, question, move.seat), move, "yes", who=question.asker)


def _no(state: State, move: Move) -> Done:
    """Argument: the number of a question that is put to this seat."""
    question = _question(state, move.arg)
    if question is None or question.of != move.seat:
        return _note(state, move, "gone")
    card = state.cards[question.asker]
    refused = tuple(
        (*seats, move.seat) if k == question.square else seats
        for k, seats in enumerate(card.refused)
    )
    after = _with_card(state, question.asker, replace(card, refused=refused))
    return _note(_without(after, question), move, "no")


def _question(state: State, arg: str) -> Question | None:
    numbers = _numbers(arg, 1)
    return next((q for q in state.questions if numbers == (q.number,)), None)


def _without(state: State, question: Question) -> State:
    return replace(state, questions=tuple(q for q in state.questions if q != question))


def _filled(state: State, question: Question, seat: int) -> State:
    before = state.cards[question.asker]
    names = tuple(seat if k == question.square else name for k, name in enumerate(before.names))
    card = replace(before, names=names)
    card = _closed(card) if card.opened == question.square else card
    find = Find(question.asker, seat, state.statement(question), card.lines > before.lines)
    after = _with_card(_without(state, question), question.asker, card)
    return replace(after, finds=(*state.finds, find)[-NEWEST:])


_ACTS: dict[str, Callable[[State, Move], Done]] = {
    "open": _open,
    "back": _back,
    "ask": _ask,
    "room": _ask_room,
    "undo": _undo,
    "yes": _yes,
    "no": _no,
    LEFT: _left,
    PASS: _pass,
}
