"""Who is quiet in a group, by index: the cost grows with those asked for, not with the members.

Somebody who acted after they were last looked at is not quiet, whatever the table still says.
Whoever asks brings the rollups up to date before (`ctx.rollups`).
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Select, func, or_, select

from bot.features.quiet import circle
from bot.features.quiet.reasons import Kind
from bot.features.quiet.tables import people
from bot.store.database import Tx
from bot.store.rollups import member_day, member_state
from bot.store.schema import DAY_MS, identities, preferences, roster, to_ms

EARLIER = timedelta(days=84)
"""How far back `earlier` counts."""
_STILL = people.outerjoin(
    member_state,
    (member_state.c.group_id == people.c.group_id) & (member_state.c.member == people.c.member),
)
_QUIET_SINCE = or_(member_state.c.last_at.is_(None), member_state.c.last_at <= people.c.since)


async def kinds(tx: Tx, group: int, members: Collection[str]) -> dict[str, Kind]:
    """How these members are quiet; those who are not are left out."""
    where = (people.c.group_id == group, people.c.member.in_(set(members)), people.c.kind != "")
    chosen = select(people.c.member, people.c.kind).select_from(_STILL).where(*where, _QUIET_SINCE)
    return {row.member: Kind(row.kind) for row in await tx.all(chosen)}


async def drawn(
    tx: Tx, group: int, wanted: Sequence[Kind], rng: Random, limit: int
) -> list[tuple[str, Kind]]:
    """At most `limit` quiet members of these kinds, by lot: as many of each kind, if there are."""
    found: list[tuple[str, Kind]] = []
    for kind in wanted:
        found += [(member, kind) for member in await _drawn(tx, group, kind, rng.random(), limit)]
    rng.shuffle(found)
    return found[:limit]


async def _drawn(tx: Tx, group: int, kind: Kind, start: float, limit: int) -> list[str]:
    where = (people.c.group_id == group, people.c.kind == kind, _QUIET_SINCE)
    chosen = select(people.c.member).select_from(_STILL).where(*where)
    return [row.member for row in await circle.taken(tx, chosen, people.c.draw, start, limit)]


async def counts(tx: Tx, group: int) -> dict[Kind, int]:
    """How many are quiet in which way; a kind without anybody is left out."""
    number = func.count().label("number")
    where = (people.c.group_id == group, people.c.kind.in_(list(Kind)))  # the others are not read
    chosen = select(people.c.kind, number).where(*where).group_by(people.c.kind)
    return {Kind(row.kind): row.number for row in await tx.all(chosen)}


async def known(tx: Tx, group: int) -> int:
    """How many people are known in the group at all."""
    chosen = select(func.count()).select_from(people).where(people.c.group_id == group)
    return int(await tx.scalar(chosen) or 0)


async def left_alone(tx: Tx, group: int) -> int:
    """How many were silent for so long that they are left in peace."""
    where = (people.c.group_id == group, people.c.due_at.is_(None))
    return int(await tx.scalar(select(func.count()).select_from(people).where(*where)) or 0)


async def away(tx: Tx, group: int, now: datetime) -> dict[str, int]:
    """How many said that they are away, for each kind ("" for those who are not quiet)."""
    number = func.count().label("number")
    where = (people.c.group_id == group, people.c.member.in_(_away(now)))
    chosen = select(people.c.kind, number).where(*where).group_by(people.c.kind)
    return {row.kind: row.number for row in await tx.all(chosen)}


async def names(
    tx: Tx, group: int, kind: Kind, limit: int, now: datetime, offset: int = 0
) -> list[tuple[str, str]]:
    """Members of this kind with their names, for moderators; nobody who is away on notice.

    The order is that of the lot: nobody is ranked.
    """
    here = (roster.c.group_id == people.c.group_id) & (roster.c.member == people.c.member)
    where = (people.c.group_id == group, people.c.kind == kind, roster.c.left_at.is_(None))
    chosen = (
        select(people.c.member, roster.c.name)
        .select_from(_STILL.join(roster, here))
        .where(*where, _QUIET_SINCE, people.c.member.not_in(_away(now)))
        .order_by(people.c.draw, people.c.member)
    )
    rows = await tx.all(chosen.limit(limit).offset(offset))
    return [(row.member, row.name) for row in rows]


def _away(now: datetime) -> Select[tuple[str]]:
    """Every account of those who are away on notice."""
    said = select(preferences.c.member).where(preferences.c.away_until > now)
    person = select(identities.c.person).where(identities.c.member.in_(said))
    linked = select(identities.c.member).where(identities.c.person.in_(person))
    return select(said.union(linked).subquery().c.member)


async def earlier(
    tx: Tx, group: int, members: Collection[str], now: datetime
) -> dict[str, tuple[int, int]]:
    """The active days and the messages of each of these members in the 84 days before today."""
    today = to_ms(now) // DAY_MS
    where = (
        member_day.c.group_id == group,
        member_day.c.member.in_(set(members)),
        member_day.c.day >= today - EARLIER.days,
        member_day.c.day < today,
    )
    days, messages = func.count().label("days"), func.sum(member_day.c.messages).label("messages")
    chosen = select(member_day.c.member, days, messages).where(*where)
    rows = await tx.all(chosen.group_by(member_day.c.member))
    return dict.fromkeys(members, (0, 0)) | {
        row.member: (int(row.days), int(row.messages)) for row in rows
    }
