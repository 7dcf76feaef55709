"""Places on a scale from 0 to 100: reading them, comparing them, drawing them."""

import re
from collections.abc import Collection, Sequence
from statistics import median

LOW, HIGH = 0, 100
CELLS = 10
PLACES = tuple(range(5, HIGH, 10))
"""The middle of each cell: what the buttons stand for."""
REACH = ((5, 4), (10, 3), (15, 2), (25, 1))
"""Up to which distance a guess earns how many points; a blind guess earns about one."""
MOST = REACH[0][1]
CLOSER = 1
"""The bonus of the team that is closer than the other."""
_NUMBER = re.compile(r"\s*(\d{1,3})\s*%?\s*")


def place(typed: str) -> int | None:
    """A number from 0 to 100 in any script's digits; None for anything else."""
    found = _NUMBER.fullmatch(typed)
    value = int(found[1]) if found else HIGH + 1
    return value if value <= HIGH else None


def middle(guesses: Collection[int]) -> float | None:
    """A team's guess: the median of its guesses, so that one odd guess doesn't decide."""
    return float(median(guesses)) if guesses else None


def points(guess: float, target: int) -> int:
    """4 to 0 points by the distance, whichever side of the target the guess is on."""
    distance = abs(guess - target)
    return next((earned for reach, earned in REACH if distance <= reach), 0)


def earnings(guesses: Sequence[float | None], target: int) -> tuple[int, ...]:
    """What each side earns: points for being close, and a bonus for being closer than the other."""
    away = [abs(guess - target) for guess in guesses if guess is not None]
    closest = min(away) if len(away) > 1 and away.count(min(away)) == 1 else None
    return tuple(
        0 if guess is None else points(guess, target) + CLOSER * (abs(guess - target) == closest)
        for guess in guesses
    )


def most(able: Sequence[bool]) -> tuple[int, ...]:
    """What each side could earn in a round, by whether it has anybody who may guess."""
    bonus = CLOSER if sum(able) > 1 else 0
    return tuple((MOST + bonus) * can for can in able)


def drawn(place: float, mark: str) -> str:
    """Ten squares, with the mark in the one that holds the place."""
    cell = min(int(place) * CELLS // HIGH, CELLS - 1)
    return "⬜" * cell + mark + "⬜" * (CELLS - 1 - cell)
