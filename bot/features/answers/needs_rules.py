"""What people need: which topics are asked about, and which stay without help. Pure.

Counts name nobody, but a count of one can. So a topic stands on its own only if five or more
people asked about it; the others are put together, and below five people in all nothing is split.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from msgspec import Struct

PEOPLE = 5
"""Distinct askers from which on a topic is shown by itself."""


class Asked(Struct, frozen=True):
    """One question of the time looked at. `topic` 0: none. `waited`: until its first answer."""

    topic: int
    member: str
    unanswered: bool
    repeated: bool
    waited: timedelta | None


class Need(Struct, frozen=True):
    """A topic's figures. `topic` None: topics that few people asked about, taken together."""

    topic: int | None
    asked: int
    unanswered: int
    repeated: int
    first_answer: timedelta | None

    @property
    def weight(self) -> tuple[int, int]:
        """What needs are ordered by: questions that did not get a new answer."""
        return (self.unanswered + self.repeated, self.asked)


def total(found: Sequence[Asked]) -> Need:
    """The figures of all questions."""
    return _need(None, found)


def needs(found: Sequence[Asked]) -> list[Need]:
    """One row for each topic that enough people asked about, the neediest first; the rest last."""
    if len({one.member for one in found}) < PEOPLE:
        return []
    by_topic: dict[int, list[Asked]] = defaultdict(list)
    for one in found:
        by_topic[one.topic].append(one)
    rows, few = [], []
    for topic, asked in by_topic.items():
        if len({one.member for one in asked}) >= PEOPLE:
            rows.append(_need(topic, asked))
        else:
            few += asked
    rows.sort(key=lambda need: (-need.weight[0], -need.weight[1], need.topic or 0))
    return [*rows, _need(None, few)] if few else rows


def _need(topic: int | None, found: Sequence[Asked]) -> Need:
    waits = [one.waited.total_seconds() for one in found if one.waited is not None]
    return Need(
        topic=topic,
        asked=len(found),
        unanswered=sum(one.unanswered for one in found),
        repeated=sum(one.repeated for one in found),
        first_answer=timedelta(seconds=median(waits)) if waits else None,
    )
