"""What a guess is worth against a solution."""

from enum import StrEnum

from bot.play.likeness import Likeness, folded, likeness

FILLERS = 3
"""Words around the solution that a guess may have ("is it the … perhaps")."""
SAFE_LENGTH = 5
"""Letters from which a solution is recognised also inside other letters."""


class Verdict(StrEnum):
    """`LIST`: the solution is among too many words to be one guess."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"
    LIST = "list"


def tells(text: str, solution: str, language: str) -> bool:
    """Whether a text has the solution in it."""
    said, meant = folded(text), folded(solution, language)
    if not meant:
        return False
    inside = meant.replace(" ", "") in said.replace(" ", "")
    return f" {meant} " in f" {said} " or (inside and len(meant) >= SAFE_LENGTH)


def verdict(guess: str, solution: str, language: str) -> Verdict:
    """What a guess is worth."""
    nearness = likeness(guess, [solution], language)
    if nearness is Likeness.SAME:
        return Verdict.RIGHT
    if tells(guess, solution, language):
        spare = len(folded(guess).split()) - len(folded(solution, language).split())
        return Verdict.RIGHT if spare <= FILLERS else Verdict.LIST
    return Verdict.NEAR if nearness is Likeness.NEAR else Verdict.WRONG
