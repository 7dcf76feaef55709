"""Some rows by lot, without reading the others: everybody has a place on a circle (`draw`), which
is followed from a point that is drawn anew."""

from typing import Any

from sqlalchemy import Column, Row, Select

from bot.store.database import Tx


async def taken(
    tx: Tx, chosen: Select[Any], draw: Column[float], start: float, limit: int
) -> list[Row[Any]]:
    """At most `limit` of the chosen rows, from the point `start` (0 to 1) on, once round."""
    found: list[Row[Any]] = []
    for part in (draw >= start, draw < start):
        if len(found) < limit:
            rows = chosen.where(part).order_by(draw).limit(limit - len(found))
            found += await tx.all(rows)
    return found
