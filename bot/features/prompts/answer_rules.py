"""Which answers of other groups are shown, and in which order. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from msgspec import Struct

from bot.features.prompts.reply_records import Reply

PAGE = 5
"""Answers on one page."""
MOST_TOLD = 5
"""Answers in "what others said"."""
STALE = timedelta(hours=12)
"""After that "what others said" is left out: it is about yesterday's prompt."""


class Page(Struct, frozen=True):
    """Some answers, the page's number and the last one's, from 0."""

    replies: tuple[Reply, ...]
    number: int
    last: int


def others_first(replies: Sequence[Reply], here: int, titles: Mapping[int, str]) -> list[Reply]:
    """Group by group in the order of their titles, the group's own answers at the end."""
    return sorted(
        replies,
        key=lambda r: (r.group_id == here, titles.get(r.group_id, ""), r.group_id, r.at, r.id),
    )


def page_of(replies: Sequence[Reply], number: int) -> Page:
    """The page with this number, or the last one if there are not so many."""
    last = max(0, (len(replies) - 1) // PAGE)
    number = min(max(number, 0), last)
    return Page(tuple(replies[number * PAGE : (number + 1) * PAGE]), number, last)


def pick(replies: Sequence[Reply], here: int, rng: Random) -> list[Reply]:
    """At most `MOST_TOLD` answers of other groups: one for each person, from as many groups as
    possible, drawn by chance, so that the quick and the loud have no advantage."""
    by_group: dict[int, dict[str, Reply]] = {}
    for reply in replies:
        if reply.group_id != here:
            by_group.setdefault(reply.group_id, {}).setdefault(reply.member, reply)
    queues = [
        rng.sample(list(people.values()), len(people)) for _, people in sorted(by_group.items())
    ]
    rng.shuffle(queues)
    picked: list[Reply] = []
    while len(picked) < MOST_TOLD and any(queues):
        for queue in queues:
            if queue and len(picked) < MOST_TOLD:
                picked.append(queue.pop())
    return sorted(picked, key=lambda reply: (reply.group_id, reply.at, reply.id))


def too_late(due_at: datetime, now: datetime) -> bool:
    """Whether "what others said" comes so late (after an outage) that it is left out."""
    return now - due_at > STALE
