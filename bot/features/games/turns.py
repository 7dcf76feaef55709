"""Whose turn it is, who let one go by, and which seats are free to take over. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from bot.features.games.plays import Phase, Played, Seat
from bot.play import CAME, LEFT, Effect, Game, Logged, Move, Pace, Play, advance, due_at
from bot.play.playing import MOST_OVERDUE

PATIENCE = {Pace.LIVE: 2, Pace.SLOW: 1}
"""Turns that somebody may let go by in a row before the seat is free to take."""


class Course(Struct, frozen=True):
    """What moves led to. `missed` has the seats whose time ran out meanwhile, with how many turns
    they let go by. A turn that several share, as when all answer, is nobody's to miss. `counted`:
    something that was done in the game was not refused."""

    play: Play
    said: tuple[Effect, ...]
    log: tuple[Logged, ...]
    missed: Mapping[int, int]
    counted: bool = False


def course(game: Game[Any], play: Play, wanted: Iterable[Move], now: datetime) -> Course:
    """Makes up what time did by now, noting who was awaited, then makes the moves."""
    said, log, missed = list[Effect](), list[Logged](), Counter[int]()
    for _ in range(MOST_OVERDUE):
        at = due_at(game, play.state)
        if at is None or at > now:
            break
        waited = game.awaited(play.state)
        for seat in waited:
            missed[seat] += len(waited) == 1
        done = advance(game, play, None, at)
        play, said, log = done.play, [*said, *done.effects], [*log, *done.log]
    counted = False
    for move in wanted:
        done = advance(game, play, move, now)
        counted |= move.act not in (CAME, LEFT) and done.play.state != play.state
        play, said, log = done.play, [*said, *done.effects], [*log, *done.log]
    return Course(play, tuple(said), tuple(log), missed, counted)


def awaited(played: Played) -> frozenset[int]:
    """The seats that it hangs on now."""
    if played.play is None or played.phase is not Phase.PLAYING:
        return frozenset()
    return frozenset(played.game.awaited(played.play.state))


def acted(seat: Seat | None, wanted: Iterable[Move]) -> bool:
    """Whether whoever sits there did something in the game by these moves."""
    return seat is not None and any(move.act not in (CAME, LEFT) for move in wanted)


def missed_now(seat: Seat, mover: Seat | None, missed: Mapping[int, int]) -> int:
    """The turns in a row that a seat has let go by; whoever moves is back."""
    if mover is not None and mover.seat == seat.seat:
        return 0
    return seat.missed + missed.get(seat.seat, 0)


def begun_for(
    before: Played, after: Played, mover: Seat | None, missed: Mapping[int, int]
) -> set[int]:
    """The seats for which a turn begins: awaited now, and not before, or for another turn."""
    earlier = awaited(before) - missed.keys() - ({mover.seat} if mover else set())
    return set(awaited(after) - earlier)


def free(played: Played) -> list[Seat]:
    """The seats that somebody else may take: their holders let turns go by, or are forgotten.

    Where everybody can walk in, nobody has to be replaced.
    """
    if played.phase is not Phase.PLAYING or played.game.traits.open:
        return []
    most = PATIENCE[played.pace]
    return [seat for seat in played.players if seat.member is None or seat.missed >= most]
