"""Deck files that wait for somebody's yes."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select

from bot.features.prompts.deckfile import Format
from bot.features.prompts.tables import imports
from bot.store.database import Tx

WAITS = timedelta(days=1)


async def keep(
    tx: Tx, group: int, deck_name: str, format: Format, data: bytes, now: datetime
) -> int:
    """Keeps a file until it is confirmed, at most a day; returns its number."""
    await tx.execute(delete(imports).where(imports.c.made_at < now - WAITS))
    values = {"group_id": group, "deck_name": deck_name, "format": format, "data": data}
    made = await tx.execute(insert(imports).values(**values, made_at=now).returning(imports.c.id))
    return int(made.scalar_one())


async def take(tx: Tx, group: int, number: int, now: datetime) -> Row[Any] | None:
    """The file, which waits no longer; None if it is gone or too old."""
    where = (imports.c.id == number, imports.c.group_id == group)
    found = await tx.first(select(imports).where(*where))
    await tx.execute(delete(imports).where(*where))
    return found if found and now - found.made_at <= WAITS else None
