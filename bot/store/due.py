"""Moments that features wait for. A key exists once, so that arming twice is harmless."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from bot.store.database import Tx
from bot.store.schema import due


async def of_group(tx: Tx, feature: str, group: int) -> Sequence[Row[Any]]:
    """What a feature waits for in a group, soonest first."""
    where = (due.c.feature == feature, due.c.group_id == group)
    return await tx.all(select(due).where(*where).order_by(due.c.due_at, due.c.key))


async def next_at(tx: Tx) -> datetime | None:
    """When the next one comes."""
    moment: datetime | None = await tx.scalar(select(func.min(due.c.due_at)))
    return moment


async def take(tx: Tx, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """The ones that are due, oldest first."""
    statement = select(due).where(due.c.due_at <= now).order_by(due.c.due_at, due.c.key)
    return await tx.all(statement.limit(limit))
