"""How much conversation a prompt started. Pure.

Three figures are measured for each posting, over the seven days in which answers are gathered:

* **people**: the distinct members who answered it (a reply to the post, a message in its thread)
  or voted in its poll. The bot's own messages never count, because nobody receives them.
* **first-time pairs**: two of those who answered in words and who, in these seven days, answered
  one another for the first time ever in this group. "Answered" is what `pairs` in the store
  counts: a message that replies to another member's message. The direction does not matter, and
  a pair counts once. Two people who merely write one after the other are not a pair.
* **first answer**: the time until the first answer in words; of several postings the median.

A prompt is offered for retirement if all of this holds:

* it is in the lowest fifth of the prompts that can be compared, by people seen over people
  expected; expected is the average of the same group's other postings (at least five of them),
  so that a prompt is not blamed for a small group;
* it got at most half of what was expected;
* it was posted three times or more, or so few people would come by chance in at most 5 % of
  cases (Poisson).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import exp
from statistics import fmean, median

from msgspec import Struct

OTHERS_NEEDED = 5
"""Other postings of the same group before anything is expected of one."""
LOWEST = 0.2
HALF = 0.5
POSTINGS_ENOUGH = 3
CHANCE = 0.05
RIPE = timedelta(days=2)
"""A posting younger than this is not judged yet."""


class Posting(Struct, frozen=True):
    """What one posting of a card led to in one group."""

    card: int
    group: int
    people: int
    pairs: int
    first_answer: timedelta | None


class Score(Struct, frozen=True):
    """A card over all its postings. `people` is the average, `pairs` the sum; `expected` and
    `seen` are sums over the postings that can be compared."""

    card: int
    postings: int
    people: float
    pairs: int
    first_answer: timedelta | None
    seen: int = 0
    expected: float = 0.0

    @property
    def conversation(self) -> float:
        """What prompts are ordered by: people and first-time pairs in a posting."""
        return self.people + self.pairs / self.postings

    @property
    def share(self) -> float:
        """People seen over people expected."""
        return self.seen / self.expected if self.expected else 1.0


def scores(postings: Sequence[Posting]) -> list[Score]:
    """One score for each card, the most conversation first."""
    expectations = _expected(postings)
    by_card: dict[int, list[int]] = defaultdict(list)
    for index, posting in enumerate(postings):
        by_card[posting.card].append(index)
    found = [
        _score(card, [postings[n] for n in indices], [expectations.get(n) for n in indices])
        for card, indices in by_card.items()
    ]
    return sorted(found, key=lambda score: (-score.conversation, score.card))


def _score(card: int, postings: Sequence[Posting], expected: Sequence[float | None]) -> Score:
    seconds = [p.first_answer.total_seconds() for p in postings if p.first_answer is not None]
    comparable = [(p, e) for p, e in zip(postings, expected, strict=True) if e is not None]
    return Score(
        card=card,
        postings=len(postings),
        people=fmean(p.people for p in postings),
        pairs=sum(p.pairs for p in postings),
        first_answer=timedelta(seconds=median(seconds)) if seconds else None,
        seen=sum(p.people for p, _ in comparable),
        expected=sum(e for _, e in comparable),
    )


def _expected(postings: Sequence[Posting]) -> Mapping[int, float]:
    """For each posting (by its index) the average of the other postings of its group."""
    groups: dict[int, list[int]] = defaultdict(list)
    for index, posting in enumerate(postings):
        groups[posting.group].append(index)
    found: dict[int, float] = {}
    for indices in groups.values():
        total = sum(postings[n].people for n in indices)
        others = len(indices) - 1
        if others >= OTHERS_NEEDED:
            found |= {n: (total - postings[n].people) / others for n in indices}
    return found


def low(all_scores: Sequence[Score]) -> list[Score]:
    """The prompts to offer for retirement, the lowest first."""
    comparable = sorted(
        (score for score in all_scores if score.expected > 0),
        key=lambda score: (score.share, score.card),
    )
    lowest = comparable[: int(len(comparable) * LOWEST)]
    return [score for score in lowest if score.share <= HALF and _is_evident(score)]


def _is_evident(score: Score) -> bool:
    return score.postings >= POSTINGS_ENOUGH or chance(score.seen, score.expected) <= CHANCE


def chance(seen: int, expected: float) -> float:
    """The probability of at most `seen` where `expected` come on average (Poisson)."""
    term = exp(-expected)
    total = term
    for count in range(1, seen + 1):
        term *= expected / count
        total += term
    return min(1.0, total)
