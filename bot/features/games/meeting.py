"""Who met whom in a play. Pure."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from bot.features.games.plays import Seat
from bot.play import Result

MOST_TOGETHER = 30
"""In a room with more players than this, not everybody has to do with everybody."""

Pair = tuple[Seat, Seat]
Names = tuple[str, str]


def movers(seats: Sequence[Seat]) -> list[Seat]:
    """Those who did something in the play."""
    return [seat for seat in seats if seat.moves]


def pairs(result: Result, seats: Sequence[Seat], person: Mapping[str, str]) -> list[Pair]:
    """The people of one group who had to do with each other in a play, each two once.

    `person` tells who is behind an account: nobody meets their own other account. Who asked to be
    forgotten is nobody's pair.
    """
    named = {seat.seat: seat for seat in seats if seat.member is not None}
    found: dict[Names, Pair] = {}
    for one, other in result.met or _together(movers(seats)):
        if one in named and other in named:
            pair = named[one], named[other]
            names = ordered(*(person[str(seat.member)] for seat in pair))
            if pair[0].group_id == pair[1].group_id and names[0] != names[1]:
                found.setdefault(names, pair)
    return list(found.values())


def _together(seats: Sequence[Seat]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for group in sorted({seat.group_id for seat in seats}):
        here = [seat.seat for seat in seats if seat.group_id == group]
        if len(here) <= MOST_TOGETHER:
            found += combinations(here, 2)
    return found


def first_time(
    found: Sequence[Pair], known: Collection[Names], person: Mapping[str, str]
) -> list[Pair]:
    """Those of the pairs who are not among the known pairs of people."""
    return [
        pair for pair in found if ordered(*(person[str(seat.member)] for seat in pair)) not in known
    ]


def ordered(one: str, other: str) -> Names:
    """Two people in the order in which they are kept."""
    return (one, other) if one < other else (other, one)
