"""What a guess is worth.

It has to be nearer to the answer than to every other known answer: "Austria" is not a misspelt
"Australia". Numbers are never misspelt, but told more or less.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from bot.play.likeness import forgiven, key, slips

CLOSE = 2
"""A guess this many times as far away as is forgiven is told that it is close."""
_NUMBER = re.compile(r"-?(\d{1,18}|\d{1,3}([ .,'’٬]\d{3}){1,5})")


class Verdict(StrEnum):
    """What a guess is worth. `HIGHER`: the number that is looked for is higher than the guess."""

    RIGHT = "right"
    CLOSE = "close"
    HIGHER = "higher"
    LOWER = "lower"
    WRONG = "wrong"


def number(text: str) -> int | None:
    """The number that a text is, in digits of any script, grouped or not; None for words."""
    bare = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    return int(re.sub(r"[^\d-]", "", bare)) if _NUMBER.fullmatch(bare) else None


def judge(guess: str, answers: Iterable[str], others: Iterable[str] = ()) -> Verdict:
    """What a guess is worth, given all right answers and the other answers that are known."""
    right = list(answers)
    sought = number(right[0]) if right else None
    if sought is not None:
        return _judged_number(number(guess), sought)
    given = key(guess)
    keys = [key(answer) for answer in right]
    if given in keys:
        return Verdict.RIGHT
    rivals = [slips(given, key(other)) for other in others if key(other) not in keys]
    nearest = min((slips(given, answer) for answer in keys), default=len(given))
    if 0 in rivals:
        return Verdict.WRONG
    if any(slips(given, answer) <= forgiven(given, answer) for answer in keys) and all(
        nearest < rival for rival in rivals
    ):
        return Verdict.RIGHT
    close = any(0 < slips(given, a) <= CLOSE * forgiven(given, a) for a in keys)
    return Verdict.CLOSE if close else Verdict.WRONG


def rivals_of(answers: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Those of the known answers that a guess could be mistaken for one of `answers` with."""
    keys = {key(answer): CLOSE * forgiven(key(answer), key(answer)) for answer in answers}
    return tuple(
        other
        for other in dict.fromkeys(known)
        if (own := key(other)) not in keys and any(slips(own, a) <= keys[a] for a in keys)
    )


def _judged_number(given: int | None, sought: int) -> Verdict:
    if given is None:
        return Verdict.WRONG
    if given == sought:
        return Verdict.RIGHT
    return Verdict.HIGHER if given < sought else Verdict.LOWER
