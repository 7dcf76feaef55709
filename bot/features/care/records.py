"""Troubles: noted each time, told at most once a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, select

from bot.features.care.tables import troubles
from bot.store.database import Tx

AGAIN = timedelta(days=1)
"""How long moderators are left in peace about the same reason."""
KEPT = timedelta(days=7)
DETAIL = 300


async def note(
    tx: Tx, group: int, reason: str, at: datetime, room: str, detail: str, *, telling: bool
) -> bool:
    """Notes a failure; returns whether it is to be told now (`telling`: whether it can be)."""
    where = (troubles.c.group_id == group, troubles.c.reason == reason)
    old = await tx.first(select(troubles).where(*where))
    fresh = old is None or at - old.last_at > KEPT
    told_at = old.told_at if old else None
    tell = telling and (told_at is None or at - told_at >= AGAIN)
    row = {
        "group_id": group,
        "reason": reason,
        "times": 1 if fresh or old is None else old.times + 1,
        "last_at": at,
        "told_at": at if tell else told_at,
        "room": room,
        "detail": detail[:DETAIL],
    }
    await tx.put(troubles, row)
    return tell


async def recent(tx: Tx, group: int, now: datetime) -> Sequence[Row[Any]]:
    """What failed in the last days, the latest first."""
    where = (troubles.c.group_id == group, troubles.c.last_at > now - KEPT)
    return await tx.all(select(troubles).where(*where).order_by(troubles.c.last_at.desc()))


async def clear(tx: Tx, group: int) -> None:
    """A moderator has seen them."""
    await tx.execute(delete(troubles).where(troubles.c.group_id == group))
