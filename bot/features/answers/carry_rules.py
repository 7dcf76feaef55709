"""Whom a question is carried to: pure rules.

Who answered lately tends to answer next: each question of the community that was asked since
counts 0.97 times less (MRR 52.5 against 41 for "the most active", on four small public sets).
Likeness to the question decides among them, and gives the reason that is told.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.recall.words import terms

NAMES = 2
"""People who are named at once, so that nobody is one of many."""
DECAY = 0.97
LEAST = 0.05
"""What is left of something like it however long ago: who has been through it once still has."""
BACKGROUND = 0.1
"""What an answer to an unlike question counts beside one to the same."""
LIKE_MEANING, LIKE_WORDS, LIKE_SHARED = 0.35, 0.4, 0.4
"""From these values on (of `bot.recall.Hit` and `shared`) a question is "something like this"."""
SHORT = 4
"""Letters from which on a word says what a question is about."""
LATELY, CAP = 10, 3
"""Of so many carryings before, one person had at most so many."""
REST = timedelta(days=90)
"""How long "not me" holds."""


class Part(StrEnum):
    """What somebody had to do with an earlier question; kept as the reason."""

    SOLVED = "solved"
    ANSWERED = "answered"
    ASKED = "asked"
    """Asked it, and it was solved."""
    OFFERED = "offered"
    """Offered to help with the topic."""


WEIGHTS = {Part.SOLVED: 2.0, Part.OFFERED: 1.5, Part.ANSWERED: 1.0, Part.ASKED: 0.7}


class Past(Struct, frozen=True):
    """Something that somebody did. `age` is how many questions were asked in the community since,
    `likeness` (0 to 1) how like the question was; `subject` and `at` are told as the reason."""

    member: str
    part: Part
    age: int = 0
    likeness: float = 0.0
    subject: str = ""
    at: datetime | None = None


class Candidate(Struct, frozen=True):
    """Somebody who may know, and the past that says so best."""

    member: str
    score: float
    because: Past


class Carried(Struct, frozen=True):
    """A question that was shown to somebody."""

    question: int
    member: str


def shared(one: str, two: str) -> float:
    """The share of longer words that two texts have in common (Dice). Weights by rarity say
    nothing where only a handful of questions is kept."""
    first, second = _telling(one), _telling(two)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _telling(text: str) -> set[str]:
    return {term for term in terms(text) if len(term) >= SHORT or not term.isascii()}


def likeness(meaning: float, words: float, shared: float) -> float:
    """How like two questions are: the best of what the search says of meaning and words, and of
    their shared words; 0 if they are not alike."""
    values = ((meaning, LIKE_MEANING), (words, LIKE_WORDS), (shared, LIKE_SHARED))
    return min(max((value for value, least in values if value >= least), default=0.0), 1.0)


def weight(past: Past) -> float:
    """What one thing counts."""
    lately = DECAY**past.age
    return WEIGHTS[past.part] * (BACKGROUND * lately + past.likeness * max(lately, LEAST))


def rank(history: Iterable[Past]) -> list[Candidate]:
    """Everybody in the history, who most probably knows first; equals by name, so that the same
    history always gives the same order."""
    scores: dict[str, float] = {}
    best: dict[str, Past] = {}
    for past in history:
        scores[past.member] = scores.get(past.member, 0.0) + weight(past)
        known = best.get(past.member)
        if known is None or (past.likeness > 0, weight(past)) > (known.likeness > 0, weight(known)):
            best[past.member] = past
    found = [Candidate(member, scores[member], best[member]) for member in scores]
    return sorted(found, key=lambda one: (-one.score, one.member))


def barred(asker: str, question: int, before: Sequence[Carried]) -> set[str]:
    """Who must not be asked now: `before` are carryings of the community, the newest first, and
    all of this question.

    The asker, whoever saw this question, whoever saw the one before it, and whoever saw more than
    their share lately.
    """
    others = [one for one in before if one.question != question]
    last = {one.member for one in others if one.question == others[0].question}
    seen = {one.member for one in before if one.question == question}
    shares = Counter(one.member for one in others[:LATELY])
    often = {member for member, times in shares.items() if times >= CAP}
    return {asker} | seen | last | often


def pick(
    ranked: Sequence[Candidate], barred: Collection[str], agreed: Collection[str]
) -> list[Candidate]:
    """At most two who know the like, agree to be notified now, and may be asked."""
    fit = [
        one
        for one in ranked
        if one.because.likeness > 0 and one.member in agreed and one.member not in barred
    ]
    return fit[:NAMES]
