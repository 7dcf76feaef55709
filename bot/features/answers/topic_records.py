"""Topics, in SQL.

Nothing of a topic is lost when it is merged or deleted: its questions keep its number, and
`merged_into` and `dropped_at` say how to read it, so that both can be undone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Row, func, select, update

from bot.features.answers.rules import READABLE
from bot.features.answers.tables import questions, topics
from bot.store.database import Tx

BOUND = 2_000
"""Questions without a topic that are looked at, the newest: no history is ever read whole."""
SLICE = 500
"""Numbers in one statement."""


class Topic(Struct, frozen=True):
    """A topic of a community. A suggested one waits for the moderators."""

    id: int
    community: int
    name: str
    words: tuple[str, ...]
    suggested: bool
    merged_into: int | None
    dropped_at: datetime | None

    @property
    def live(self) -> bool:
        """Whether questions are read under it."""
        return not self.suggested and self.merged_into is None and self.dropped_at is None

    @property
    def waits(self) -> bool:
        """Whether moderators have not decided about it."""
        return self.suggested and self.dropped_at is None


_FIELDS = [topics.c[name] for name in Topic.__struct_fields__]


def _topic(row: Row[Any]) -> Topic:
    words = tuple(msgspec.json.decode(row.words, type=list[str]))
    return Topic(**{**row._mapping, "words": words})


async def of_community(tx: Tx, community: int) -> list[Topic]:
    """Every topic that ever was, the oldest first."""
    where = topics.c.community == community
    rows = await tx.all(select(*_FIELDS).where(where).order_by(topics.c.id))
    return [_topic(row) for row in rows]


def readable(known: Sequence[Topic]) -> dict[int, int]:
    """Under which live topic the questions of each topic are read; without the dropped ones."""
    by_number = {topic.id: topic for topic in known}
    found = {}
    for topic in known:
        end, seen = topic, {topic.id}
        while end.merged_into in by_number and end.merged_into not in seen:
            end = by_number[end.merged_into]
            seen.add(end.id)
        if end.live and topic.dropped_at is None:
            found[topic.id] = end.id
    return found


async def live(tx: Tx, community: int) -> list[Topic]:
    """The topics that questions are read under, by name."""
    found = [topic for topic in await of_community(tx, community) if topic.live]
    return sorted(found, key=lambda topic: topic.name.casefold())


async def by_id(tx: Tx, community: int, number: int) -> Topic | None:
    """A topic of this community."""
    where = (topics.c.id == number, topics.c.community == community)
    row = await tx.first(select(*_FIELDS).where(*where))
    return _topic(row) if row else None


async def by_name(tx: Tx, community: int, name: str) -> Topic | None:
    """The topic of this name, whatever became of it; case makes no difference."""
    wanted = name.casefold()
    known = await of_community(tx, community)
    same = [topic for topic in known if topic.name.casefold() == wanted]
    return max(same, key=lambda topic: topic.live, default=None)


async def create(
    tx: Tx,
    community: int,
    name: str,
    words: Sequence[str],
    at: datetime,
    *,
    suggested: bool = False,
) -> int:
    """A new topic, or the one of that name brought back; its number."""
    known = await by_name(tx, community, name)
    if known is not None:
        await change(tx, known.id, suggested=suggested, merged_into=None, dropped_at=None)
        return known.id
    row = {
        "community": community,
        "name": name,
        "words": msgspec.json.encode(list(words)).decode(),
        "suggested": suggested,
        "made_at": at,
    }
    made = await tx.first(tx.insert(topics).values(**row).returning(topics.c.id))
    return int(made.id) if made else 0


async def rename(tx: Tx, topic: Topic, name: str) -> bool:
    """Gives a topic another name; False if a live one or a suggestion has it."""
    other = await by_name(tx, topic.community, name)
    if other is not None and other.id != topic.id:
        if other.live or other.waits:
            return False
        await change(tx, other.id, name=f"{other.name[:48]} ({other.id})")
    await change(tx, topic.id, name=name)
    return True


async def change(tx: Tx, number: int, **values: Any) -> None:
    """Sets columns of a topic."""
    await tx.execute(update(topics).where(topics.c.id == number).values(**values))


async def untopiced(tx: Tx, community: int, limit: int = BOUND) -> dict[int, str]:
    """The newest readable questions without a topic, with their texts."""
    where = (
        questions.c.community == community,
        questions.c.topic.is_(None),
        questions.c.state.in_(READABLE),
        ~questions.c.topic_fixed,
    )
    chosen = select(questions.c.id, questions.c.text).where(*where)
    rows = await tx.all(chosen.order_by(questions.c.id.desc()).limit(limit))
    return {row.id: row.text for row in rows}


async def has_untopiced(tx: Tx, community: int, many: int) -> bool:
    """Whether there are at least so many questions without a topic."""
    where = (
        questions.c.community == community,
        questions.c.topic.is_(None),
        questions.c.state.in_(READABLE),
    )
    some = select(questions.c.id).where(*where).limit(many).subquery()
    return int(await tx.scalar(select(func.count()).select_from(some)) or 0) >= many


async def put(tx: Tx, placed: Mapping[int, Sequence[int]]) -> None:
    """Puts questions under topics: topic number to question numbers."""
    for topic, numbers in placed.items():
        for start in range(0, len(numbers), SLICE):
            some = questions.c.id.in_(list(numbers[start : start + SLICE]))
            await tx.execute(update(questions).where(some).values(topic=topic))
