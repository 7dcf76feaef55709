"""A group gets a new native id: everything that is kept follows, in one transaction.

Messages under the new id may have come before the news of the move, so that a second row for the
group exists already: what it gathered is added to the old one, which lives on.
"""

from sqlalchemy import delete, text, update

from bot.refs import ChatRef
from bot.store import activity, groups, posts
from bot.store.database import Tx
from bot.store.groups import Group
from bot.store.rollups import activity as activity_table
from bot.store.rollups import member_day, member_month, member_state, pair_day, pairs, room_state
from bot.store.schema import calls, due, outbox, roster
from bot.store.schema import groups as groups_table
from bot.store.schema import posts as posts_table

_ROLLUPS = (member_state, member_day, member_month, pair_day, pairs, room_state)


async def moved(tx: Tx, group: Group, to: ChatRef) -> Group | None:
    """The group lives under `to` from now on. Doing it twice changes nothing.

    Returns what was known under `to` as a group of its own, and is this one now.
    """
    if group.native == to.group:
        return None
    other = await groups.by_native(tx, to.platform, to.group)
    if other is not None:
        await _absorb(tx, other.id, group.id)
        await tx.execute(delete(groups_table).where(groups_table.c.id == other.id))
    await groups.change(tx, group.id, native=to.group)
    await posts.moved(tx, group.chat, to)
    return other


async def _absorb(tx: Tx, source: int, target: int) -> None:
    await activity.fold(tx)
    for table in (activity_table, outbox, due, posts_table, calls):
        where = table.c.group_id == source
        await tx.execute(update(table).where(where).values(group_id=target))
    values = {"source": source, "target": target}
    for table in _ROLLUPS:
        await tx.execute(text(activity.merge_groups(table)), values)
        await tx.execute(delete(table).where(table.c.group_id == source))
    people = (
        "INSERT INTO roster (group_id, member, name, joined_at, left_at, is_bot) "
        "SELECT :target, member, name, joined_at, left_at, is_bot FROM roster "
        "WHERE group_id = :source ON CONFLICT (group_id, member) DO NOTHING"
    )
    await tx.execute(text(people), values)
    await tx.execute(delete(roster).where(roster.c.group_id == source))
