"""What people did after an occasion, and what that says to `learning`, in SQL.

Read from rollups, which must be up to date (`Context.rollups`). Groups are those of a community,
members all accounts of the people concerned.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, case, func, select

from bot.features.quiet.tables import occasions
from bot.store.database import Tx
from bot.store.rollups import member_day, member_state, pairs
from bot.store.schema import DAY_MS, to_ms

PAGE = 1_000
"""Occasions read at a time, so that the program has time for others in between."""
LEAST_CHANCE = 0.02
"""Of either side of the lot; `bot.trial` takes none below half of that."""
_TAUGHT = (
    occasions.c.id,
    occasions.c.group_id,
    occasions.c.post,
    occasions.c.kind,
    occasions.c.named,
    occasions.c.chance,
    occasions.c.days_before,
    occasions.c.messages_before,
    occasions.c.at,
    occasions.c.spoke,
    occasions.c.tied,
)


async def posts_drawn(tx: Tx, group: int, before: datetime) -> Sequence[str]:
    """The posts of a group whose lot was drawn before a moment, and whose outcome is open."""
    where = (
        occasions.c.group_id == group,
        occasions.c.spoke.is_(None),
        occasions.c.at < before,
    )
    found = select(occasions.c.post).where(*where).group_by(occasions.c.post)
    return [row.post for row in await tx.all(found.order_by(func.min(occasions.c.id)))]


async def active(
    tx: Tx, groups: Collection[int], members: Collection[str], at: datetime, until: datetime
) -> tuple[set[str], set[str]]:
    """Those who wrote after `at` and before `until`, and those who did anything at all.

    Both moments count by their days, `until` is the beginning of one: who wrote on the day of
    `at`, and last after it, wrote after it, because nobody is drawn who wrote just before.
    """
    day = member_day.c.day
    on_the_days = and_(
        member_day.c.group_id == member_state.c.group_id,
        member_day.c.member == member_state.c.member,
        day >= to_ms(at) // DAY_MS,
        day < to_ms(until) // DAY_MS,
    )
    spoke = func.sum(
        case((member_state.c.last_spoke_at > to_ms(at), member_day.c.messages), else_=0)
    )
    did = func.sum(member_day.c.messages + member_day.c.reactions)
    rows = await tx.all(
        select(member_state.c.member, spoke.label("spoke"), did.label("did"))
        .select_from(member_state.join(member_day, on_the_days))
        .where(
            member_state.c.group_id.in_(groups),
            member_state.c.member.in_(members),
            member_state.c.last_at > to_ms(at),
        )
        .group_by(member_state.c.member)
    )
    return {row.member for row in rows if row.spoke}, {row.member for row in rows if row.did}


async def tied(
    tx: Tx, groups: Collection[int], members: Collection[str], at: datetime, until: datetime
) -> set[tuple[str, str]]:
    """Who among these came to have answered somebody, and been answered by them, in the time:
    (member, the other), if it had not been so in any of the groups before."""
    there, back = pairs, pairs.alias()
    both = and_(
        back.c.group_id == there.c.group_id,
        back.c.member == there.c.peer,
        back.c.peer == there.c.member,
    )
    later = case((there.c.first_at > back.c.first_at, there.c.first_at), else_=back.c.first_at)
    formed = func.min(later)
    rows = await tx.all(
        select(there.c.member, there.c.peer)
        .select_from(there.join(back, both))
        .where(there.c.group_id.in_(groups), there.c.member.in_(members))
        .group_by(there.c.member, there.c.peer)
        .having(and_(formed > to_ms(at), formed < to_ms(until)))
    )
    return {(row.member, row.peer) for row in rows}


async def taught(tx: Tx, community: int) -> list[Row[Any]]:
    """The occasions to learn from, in the order of the draws: those with an outcome, up to the
    first without, because what was known early is no fair sample of its day. A lot that could
    hardly fall but one way is left out: a single one would outweigh thousands."""
    fair = occasions.c.chance.between(LEAST_CHANCE, 1 - LEAST_CHANCE)
    of_it = and_(occasions.c.community == community, fair)
    first = select(func.min(occasions.c.id)).where(of_it, occasions.c.spoke.is_(None))
    end = await tx.scalar(first)
    found: list[Row[Any]] = []
    while True:
        page = select(*_TAUGHT).where(of_it, occasions.c.id > (found[-1].id if found else 0))
        if end is not None:
            page = page.where(occasions.c.id < end)
        rows = await tx.all(page.order_by(occasions.c.id).limit(PAGE))
        found += rows
        if len(rows) < PAGE:
            return found


async def under_way(tx: Tx, community: int) -> int:
    """How many occasions wait for their outcome."""
    where = (occasions.c.community == community, occasions.c.spoke.is_(None))
    return int(await tx.scalar(select(func.count()).select_from(occasions).where(*where)) or 0)


def midnight(moment: datetime) -> datetime:
    """The beginning of the day, by UTC like the rollups."""
    return moment - timedelta(milliseconds=to_ms(moment) % DAY_MS)
