"""What a guess tells about the solution."""

from collections import Counter

PLACED, ELSEWHERE, ABSENT = "+", "~", "-"


def marks(solution: str, guess: str) -> str:
    """One mark for each letter: in its place, elsewhere in the word, or not in it.

    A letter is marked as often as the solution has it: first where it stands right, then from the
    left. Both words have the same length.
    """
    left = Counter(s for s, g in zip(solution, guess, strict=True) if s != g)
    found = []
    for right, letter in zip(solution, guess, strict=True):
        if letter == right:
            found.append(PLACED)
            continue
        found.append(ELSEWHERE if left[letter] > 0 else ABSENT)
        left[letter] -= 1
    return "".join(found)
