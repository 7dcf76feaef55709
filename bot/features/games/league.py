"""The league between groups: how a play counts, and how a month does. Pure.

A side gets 0 to 100 points for a play:

- up to 60 for its result: the share that it reached of what a side with as many heads could have
  reached. That is a figure per head; a larger team has no more of it.
- up to 20 for strangers: the share of the pairs of people in it who met for the first time,
  measured against the share of strangers in the group.
- up to 20 for newcomers: their share of the team, measured against their share of the group.

Measured against the group means: a team that is as mixed as one drawn by lot from the people who
are active in its group gets all of it, and more mixed is not more. So a small group whose people
all know one another, or one that nobody joined lately, can get as much as a large and young one,
and a team of veterans that stays among itself gets none. Who plays alone mixes with nobody.

A month is the mean of a group's four best plays. A play that is missing counts half, 50; so one
more play never lowers a standing, many plays are not worth more than four good ones, and few good
ones are worth more than many poor ones. It takes two plays to be placed. Where a group had several
sides in a play, their mean counts. The order of plays doesn't matter.
"""

from collections.abc import Collection, Mapping

from msgspec import Struct

RESULT, STRANGERS, NEWCOMERS = 60, 20, 20
COUNTED, NEEDED = 4, 2
MISSING = 50.0


class Side(Struct, frozen=True):
    """What one side of a play reached, and who was on it.

    `newcomers` are among its `heads`; `pairs` are those who had to do with each other, `fresh`
    those of them who met for the first time.
    """

    points: int
    best: int
    heads: int
    newcomers: int
    fresh: int
    pairs: int


class Lot(Struct, frozen=True):
    """What a team drawn by lot from the group would have: the shares (0 to 1) of pairs who never
    exchanged a word, and of newcomers."""

    strangers: float
    newcomers: float


class Standing(Struct, frozen=True):
    """A group's month: its mean, the plays that it comes from, and its place (None: too few)."""

    group: int
    mean: float
    plays: int
    place: int | None


def points(side: Side, lot: Lot) -> float:
    """The league points of a side in one play, 0 to 100."""
    reached = side.points / side.best if side.best else 0.0
    result = RESULT * min(1.0, max(0.0, reached))
    if not side.pairs:
        return result
    strangers = STRANGERS * _measured(side.fresh / side.pairs, lot.strangers)
    return result + strangers + NEWCOMERS * _measured(side.newcomers / side.heads, lot.newcomers)


def _measured(share: float, expected: float) -> float:
    return min(1.0, share / expected) if expected > 0 else 1.0


def mean(plays: Collection[float]) -> float:
    """A month's standing from the points of its plays, 0 to 100."""
    best = sorted([*plays, *[MISSING] * COUNTED], reverse=True)[:COUNTED]
    return sum(best) / COUNTED


def standings(plays: Mapping[int, Collection[float]]) -> list[Standing]:
    """The groups from first to last, by the points of their plays; equal ones share a place.

    Those with too few plays come after the others, without a place.
    """
    means = {group: mean(theirs) for group, theirs in plays.items()}
    placed = [means[group] for group, theirs in plays.items() if len(theirs) >= NEEDED]
    made = [
        Standing(
            group,
            means[group],
            len(theirs),
            1 + sum(other > means[group] for other in placed) if len(theirs) >= NEEDED else None,
        )
        for group, theirs in plays.items()
    ]
    return sorted(made, key=lambda one: (one.place is None, one.place or 0, one.group))


def following(season: str) -> tuple[int, int]:
    """Year and month after a season such as "2026-11"."""
    year, month = map(int, season.split("-"))
    return (year + 1, 1) if month == 12 else (year, month + 1)


def preceding(season: str) -> str:
    """The season before one."""
    year, month = map(int, season.split("-"))
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02}"
