"""People: who is in which group under which name, and what each wants of the bot."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update

from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import groups, preferences, roster
from bot.store.sqlite_connection import at_once

NAME_LENGTH = 120
_PREFERENCE = at_once(select(preferences).where(preferences.c.member == bindparam("who")))


async def seen(tx: Tx, people: Iterable[tuple[int, str, str]]) -> None:
    """Notes (group, member, display name) of people who acted."""
    rows = [
        {"group_id": group, "member": member, "name": name[:NAME_LENGTH], "is_bot": False}
        for group, member, name in people
    ]
    statement = tx.insert(roster)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["group_id", "member"],
            set_={"name": statement.excluded.name, "left_at": None},
        ),
        rows,
    )


async def joined(
    tx: Tx, group: int, member: MemberRef, name: str, at: datetime | None, is_bot: bool
) -> None:
    """Notes that somebody is in the group; `at` is None if it isn't known since when."""
    row = {
        "group_id": group,
        "member": str(member),
        "name": name[:NAME_LENGTH],
        "left_at": None,
        "is_bot": is_bot,
    }
    await tx.put(roster, row | ({"joined_at": at} if at else {}))


async def left(tx: Tx, group: int, member: MemberRef, at: datetime) -> None:
    """Notes that somebody went away."""
    where = (roster.c.group_id == group, roster.c.member == str(member))
    await tx.execute(update(roster).where(*where).values(left_at=at))


async def name_of(tx: Tx, group: int, member: MemberRef) -> str:
    """The display name in the group, empty if unknown."""
    where = (roster.c.group_id == group, roster.c.member == str(member))
    return await tx.scalar(select(roster.c.name).where(*where)) or ""


async def is_bot(tx: Tx, group: int, member: MemberRef) -> bool:
    """Whether this is a bot, as far as is known."""
    where = (roster.c.group_id == group, roster.c.member == str(member))
    return bool(await tx.scalar(select(roster.c.is_bot).where(*where)))


async def home_in(tx: Tx, community: int, member: MemberRef) -> int:
    """A group of the community that the person is in; 0 if there is none."""
    of_it = select(groups.c.id).where(groups.c.community == community).scalar_subquery()
    where = (
        roster.c.member == str(member),
        roster.c.group_id.in_(of_it),
        roster.c.left_at.is_(None),
    )
    return int(await tx.scalar(select(func.min(roster.c.group_id)).where(*where)) or 0)


async def present(tx: Tx, group: int) -> int:
    """How many people are in the group, as far as the bot knows; bots don't count."""
    where = (roster.c.group_id == group, roster.c.left_at.is_(None), ~roster.c.is_bot)
    return int(await tx.scalar(select(func.count()).select_from(roster).where(*where)) or 0)


async def present_among(tx: Tx, group: int, members: Collection[str]) -> dict[str, str]:
    """Those among these members who are in the group and no bots, with their names there."""
    where = (roster.c.group_id == group, roster.c.member.in_(set(members)))
    here = (roster.c.left_at.is_(None), ~roster.c.is_bot)
    rows = await tx.all(select(roster.c.member, roster.c.name).where(*where, *here))
    return {row.member: row.name for row in rows}


async def preference(tx: Tx, member: MemberRef) -> Row[Any] | None:
    """What somebody wants of the bot, or None if nothing was ever said."""
    return (await tx.execute(_PREFERENCE, {"who": str(member)})).first()


async def prefer(tx: Tx, member: MemberRef, **values: Any) -> None:
    """Sets what somebody wants of the bot."""
    await tx.put(preferences, {"member": str(member)} | values)


async def no_pings(tx: Tx, members: Sequence[str]) -> set[str]:
    """Those among `members` who said that they never want to be notified."""
    where = (preferences.c.member.in_(members), or_(preferences.c.no_pings))
    return {row.member for row in await tx.all(select(preferences.c.member).where(*where))}
