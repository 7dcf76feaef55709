"""A game under way: moves in the order of their moments, chance from the play's seed.

Moments are whole milliseconds, which is what stores and clocks agree on: else the moment at which a
game is woken could lie before the one that it waits for, and it would never be woken again.

Chance is drawn anew for each move from the seed and the move's number, so that the log alone
leads to the same state again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from msgspec import Struct

from bot.play.game import Effect, Game
from bot.play.move import TIME, Move, Table

MOST_OVERDUE = 100
"""Moves of time that are made up at once after an outage."""


class Play(Struct, frozen=True):
    """Where a game stands after `moves` moves."""

    seed: str
    moves: int
    state: Any


class Logged(Struct, frozen=True):
    """A move that was made: its number, its moment and itself."""

    number: int
    at: datetime
    move: Move


class Advanced(Struct, frozen=True):
    """What a move led to: the play, what is to be said, and what was logged."""

    play: Play
    effects: tuple[Effect, ...]
    log: tuple[Logged, ...]


def whole(moment: datetime) -> datetime:
    """The moment without what is less than a millisecond."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def due_at(game: Game[Any], state: Any) -> datetime | None:
    """`Game.due`, at the next whole millisecond."""
    due = game.due(state)
    return whole(due + timedelta(microseconds=999)) if due is not None else None


def begin(game: Game[Any], table: Table, seed: str, now: datetime) -> Play:
    """The first position. Raises `Lacking`."""
    return Play(seed, 0, game.begin(table, whole(now), Random(f"{seed}/begin")))


def advance(game: Game[Any], play: Play, move: Move | None, now: datetime) -> Advanced:
    """A move at its moment (None: only what time does by then).

    What was due before is made up first: no move counts after its time. `TIME` is never a move of
    anybody's. A move after the end changes nothing.
    """
    effects: list[Effect] = []
    log: list[Logged] = []
    now = whole(now)
    overdue = MOST_OVERDUE
    while overdue and (at := due_at(game, play.state)) is not None and at <= now:
        play = _stepped(game, play, Move(TIME), at, effects, log)
        overdue -= 1
    if move is not None and move.act != TIME and not game.over(play.state):
        play = _stepped(game, play, move, now, effects, log)
    return Advanced(play, tuple(effects), tuple(log))


def replay(
    game: Game[Any], table: Table, seed: str, begun: datetime, log: Iterable[Logged]
) -> Play:
    """The position that a log leads to."""
    play = begin(game, table, seed, begun)
    for logged in log:
        play = _stepped(game, play, logged.move, logged.at, [], [])
    return play


def _stepped(
    game: Game[Any],
    play: Play,
    move: Move,
    at: datetime,
    effects: list[Effect],
    log: list[Logged],
) -> Play:
    number = play.moves + 1
    state, said = game.step(play.state, move, at, Random(f"{play.seed}/{number}"))
    effects += said
    log.append(Logged(number, at, move))
    return Play(play.seed, number, state)
