"""Messages of the past become activity, as if they had been heard live."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from sqlalchemy import select

from bot.events import MessagePosted
from bot.features.answers.rules import NAME
from bot.store import activity
from bot.store.activity import Act, Record
from bot.store.database import Tx
from bot.store.groups import Group
from bot.store.rollups import activity as activity_table
from bot.store.schema import roster, to_ms

MOST = 300
"""Values of one comparison: databases limit how many there may be."""


class Taken(Struct, frozen=True):
    """How many messages were new, and how many were known."""

    added: int
    known: int


async def to_leave_out(tx: Tx, group: int, events: Sequence[MessagePosted]) -> set[str]:
    """Who is a program, or had themselves forgotten: nothing of them comes back."""
    told = {event.id: str(event.member) for event in events}
    gone = {id for id, member in (await heard(tx, list(told))).items() if not member}
    return {told[id] for id in gone} | await _bots(tx, group, set(told.values()))


async def heard(tx: Tx, ids: Sequence[str]) -> dict[str, str]:
    """Those of these events that are known, with their member; "" for one who is forgotten."""
    columns = select(activity_table.c.event, activity_table.c.member)
    found: dict[str, str] = {}
    for start in range(0, len(ids), MOST):
        where = activity_table.c.event.in_(ids[start : start + MOST])
        found |= {row.event: row.member for row in await tx.all(columns.where(where))}
    return found


async def take_in(
    tx: Tx,
    group: Group,
    events: Sequence[MessagePosted],
    left_out: Collection[str],
    *,
    whole_roster: bool,
) -> Taken:
    """Records what is new. People who are not known are entered with their names; where the
    platform lists all members, as having left.

    The rows name no native message: what was said last in a room is only what was heard live.
    """
    wanted = {event.id: event for event in events if str(event.member) not in left_out}
    known = await heard(tx, list(wanted))
    new = [event for event in wanted.values() if event.id not in known]
    if new:
        await activity.append(tx, [_record(group.id, event, left_out) for event in new])
        await _enter(tx, group.id, new, whole_roster=whole_roster)
        await activity.fold(tx)
    return Taken(len(new), len(wanted) - len(new))


async def _bots(tx: Tx, group: int, people: set[str]) -> set[str]:
    found: set[str] = set()
    some = sorted(people)
    for start in range(0, len(some), MOST):
        where = (roster.c.group_id == group, roster.c.is_bot)
        here = roster.c.member.in_(some[start : start + MOST])
        found |= {row.member for row in await tx.all(select(roster.c.member).where(*where, here))}
    return found


def _record(group: int, event: MessagePosted, left_out: Collection[str]) -> Record:
    answered = str(event.reply_to_member) if event.reply_to_member else None
    peer = None if answered in left_out else answered
    member, at = str(event.member), to_ms(event.at)
    return (event.id, int(Act.MESSAGE), group, event.chat.room, member, at, peer, None)


async def _enter(
    tx: Tx, group: int, events: Sequence[MessagePosted], *, whole_roster: bool
) -> None:
    """Whoever is known already keeps the name that they have now."""
    rows = {
        str(event.member): {
            "group_id": group,
            "member": str(event.member),
            "name": event.name[:NAME],
            "left_at": event.at if whole_roster else None,
            "is_bot": False,
        }
        for event in events
        if event.name
    }
    if rows:
        await tx.execute(tx.insert(roster).on_conflict_do_nothing(), list(rows.values()))
