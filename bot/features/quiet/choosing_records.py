"""What is true of people that could be a reason to name them, in SQL.

Of those whom a topic concerns a few are taken by lot (`circle`). So no statement reads more rows
the more there are.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from msgspec import Struct
from sqlalchemy import Column, String, column, exists, func, or_, select, values

from bot.features.quiet import circle
from bot.features.quiet.reasons import QUESTION, Why
from bot.features.quiet.tables import interests, occasions, parts, tried
from bot.store.database import Tx
from bot.store.rollups import member_day
from bot.store.schema import DAY_MS, EPOCH, roster, to_ms

LOOKED_AT = 100
"""People of one topic who are looked at, at most."""
TOPICS = 5
"""Topics of one post that are looked for, at most."""
YEAR, LATELY = 365, 28
"""Days: where `often` looks."""
OFTEN = 4
"""Days in one month on which somebody wrote who was there often."""
_TELLS = or_(parts.c.subject != "", parts.c.kind == QUESTION)


class Reason(Struct, frozen=True):
    """Something that is true of a member; the fields are those of `reasons.Candidate`."""

    member: str
    why: Why
    told: str = ""
    at: datetime | None = None


async def interested(
    tx: Tx, community: int, keys: Iterable[str], rng: Random, limit: int = LOOKED_AT
) -> list[Reason]:
    """Some who asked for more of a topic with one of these keys, in the order of the keys."""
    found: list[Reason] = []
    for key in await _known(tx, interests.c.topic_key, interests.c.community == community, keys):
        where = (interests.c.community == community, interests.c.topic_key == key)
        chosen = select(interests.c.member, interests.c.topic, interests.c.at).where(*where)
        rows = await circle.taken(tx, chosen, interests.c.draw, rng.random(), limit)
        found += [Reason(row.member, Why.ASKED, row.topic, row.at) for row in rows]
    return found


async def on_topic(
    tx: Tx, group: int, keys: Iterable[str], rng: Random, limit: int = LOOKED_AT
) -> list[Reason]:
    """Some who took part in a post with one of these topics, in the order of the keys."""
    found: list[Reason] = []
    for key in await _known(tx, parts.c.topic_key, parts.c.group_id == group, keys):
        where = (parts.c.group_id == group, parts.c.topic_key == key, _TELLS)
        chosen = select(parts.c.member, parts.c.subject, parts.c.at).where(*where)
        rows = await circle.taken(tx, chosen, parts.c.draw, rng.random(), limit)
        found += [Reason(row.member, Why.TOPIC, row.subject, row.at) for row in rows]
    return found


async def _known(tx: Tx, key: Column[str], place: Any, keys: Iterable[str]) -> list[str]:
    """The first of these keys that anything is kept under, each found by one look at an index."""
    wanted = [(n, one) for n, one in enumerate(dict.fromkeys(keys)) if one]
    if not wanted:
        return []
    asked = values(column("number"), column("name", String), name="asked").data(wanted).cte()
    is_kept = exists().where(place, key == asked.c.name)
    rows = await tx.all(select(asked.c.number, asked.c.name).where(is_kept))
    return [row.name for row in sorted(rows)][:TOPICS]


async def newest_parts(tx: Tx, group: int, members: Collection[str]) -> dict[str, Reason]:
    """The newest post that each of these members took part in."""
    where = (parts.c.group_id == group, parts.c.member.in_(members), _TELLS)
    newest = select(parts.c.member, func.max(parts.c.id).label("id")).where(*where)
    ids = select(newest.group_by(parts.c.member).subquery().c.id)
    chosen = select(parts.c.member, parts.c.subject, parts.c.at).where(parts.c.id.in_(ids))
    rows = await tx.all(chosen)
    return {row.member: Reason(row.member, Why.PART, row.subject, row.at) for row in rows}


async def joined(tx: Tx, group: int, members: Collection[str]) -> dict[str, Reason]:
    """When these members joined, as far as that is known."""
    where = (roster.c.group_id == group, roster.c.member.in_(members))
    chosen = select(roster.c.member, roster.c.joined_at).where(*where)
    rows = await tx.all(chosen.where(roster.c.joined_at.is_not(None)))
    return {row.member: Reason(row.member, Why.JOINED, "", row.joined_at) for row in rows}


async def often(tx: Tx, group: int, members: Collection[str], now: datetime) -> dict[str, Reason]:
    """The month of the past year in which each of these members wrote on most days, if many."""
    today = to_ms(now) // DAY_MS
    where = (
        member_day.c.group_id == group,
        member_day.c.member.in_(members),
        member_day.c.day.between(today - YEAR, today - LATELY),
        member_day.c.messages > 0,
    )
    rows = await tx.all(select(member_day.c.member, member_day.c.day).where(*where))
    days = Counter((row.member, *_month(row.day)) for row in rows)
    found: dict[str, Reason] = {}
    for (member, year, month), count in sorted(days.items(), key=lambda item: item[1]):
        if count >= OFTEN:
            found[member] = Reason(member, Why.ONCE, "", datetime(year, month, 15, tzinfo=UTC))
    return found


def _month(day: int) -> tuple[int, int]:
    moment = EPOCH + timedelta(days=day)
    return moment.year, moment.month


async def drawn_since(tx: Tx, members: Collection[str], moment: datetime) -> set[str]:
    """Those among these accounts who were chosen for a post, whichever way the lot fell, or would
    have been while that was only tried out."""
    found: set[str] = set()
    for table in (occasions, tried):
        where = (table.c.member.in_(members), table.c.at > moment)
        found |= {row.member for row in await tx.all(select(table.c.member).where(*where))}
    return found


async def is_too_soon(tx: Tx, group: int, since: datetime) -> bool:
    """Whether people were chosen for another post of the group after that moment, in the same
    sense."""
    for table in (occasions, tried):
        where = (table.c.group_id == group, table.c.at > since)
        if await tx.first(select(table.c.at).where(*where).limit(1)):
            return True
    return False
