"""Who may be notified: the one place that decides, asked in the transaction of the sending.

The rules are those of product.md: nobody who said "never"; nobody outside their waking hours;
nobody more than once in seven days, over all features and groups. A budget is booked before the
send, so that a send in doubt counts as a ping.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select

from bot.i18n import zone_of
from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import pings, preferences

BUDGET = timedelta(days=7)
QUIET_FROM, QUIET_UNTIL = 22, 8
"""Hours of the day, local to the person (or to the group, where theirs is unknown)."""


def is_quiet(moment: datetime, zone: str, start: int, end: int) -> bool:
    """Whether a moment lies in the hours from `start` to `end` of that zone; equal means never."""
    hour = moment.astimezone(zone_of(zone)).hour
    return start <= hour < end if start <= end else hour >= start or hour < end


async def agreed(
    tx: Tx, members: Iterable[MemberRef], now: datetime, group_zone: str
) -> set[MemberRef]:
    """The members among these who may be notified now, without booking anything."""
    asked = set(members)
    names = [str(member) for member in asked]
    rows = await tx.all(select(preferences).where(preferences.c.member.in_(names)))
    wishes = {row.member: row for row in rows}
    recent = await _pinged_since(tx, names, now - BUDGET)
    return {
        member
        for member in asked
        if str(member) not in recent and _wants(wishes, str(member), now, group_zone)
    }


def _wants(wishes: Mapping[str, Row[Any]], member: str, now: datetime, group_zone: str) -> bool:
    wish = wishes.get(member)
    if wish is None:
        return not is_quiet(now, group_zone, QUIET_FROM, QUIET_UNTIL)
    start = QUIET_FROM if wish.quiet_from is None else wish.quiet_from
    end = QUIET_UNTIL if wish.quiet_until is None else wish.quiet_until
    return not wish.no_pings and not is_quiet(now, wish.zone or group_zone, start, end)


async def _pinged_since(tx: Tx, members: Sequence[str], since: datetime) -> set[str]:
    where = (pings.c.member.in_(members), pings.c.at > since)
    return {row.member for row in await tx.all(select(pings.c.member).where(*where))}


async def book(
    tx: Tx, members: Iterable[MemberRef], now: datetime, *, feature: str, group: int
) -> None:
    """Counts these pings against the members' budgets."""
    rows = [
        {"member": str(member), "at": now, "feature": feature, "group_id": group}
        for member in members
    ]
    if rows:
        await tx.execute(insert(pings), rows)


async def forget(tx: Tx, before: datetime) -> None:
    """Drops bookings that no longer count."""
    await tx.execute(delete(pings).where(pings.c.at < before))
