"""Teams that mix newcomers and veterans. Pure."""

from collections.abc import Sequence
from datetime import datetime
from random import Random


def mixed(since: Sequence[datetime], sides: int, rng: Random) -> list[int]:
    """A side for each person, given since when each is there.

    The people are taken from the newest to the oldest, as many at a time as there are sides, and
    each handful is dealt out by lot. So the sides differ by at most one in size, and by at most
    one in how many of them came after any moment whatever.
    """
    order = sorted(range(len(since)), key=lambda n: (since[n], n), reverse=True)
    dealt = [0] * len(since)
    for start in range(0, len(order), sides):
        handful = order[start : start + sides]
        for person, side in zip(handful, rng.sample(range(sides), sides), strict=False):
            dealt[person] = side
    return dealt
