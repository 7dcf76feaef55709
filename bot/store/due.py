"""Moments that features wait for. A key exists once, so that arming twice is harmless."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, delete, func, select

from bot.store.database import Tx
from bot.store.schema import due, to_ms


async def of_group(tx: Tx, feature: str, group: int) -> Sequence[Row[Any]]:
    """What a feature waits for in a group, soonest first."""
    where = (due.c.feature == feature, due.c.group_id == group)
    return await tx.all(select(due).where(*where).order_by(due.c.due_at, due.c.key))


async def next_at(tx: Tx) -> datetime | None:
    """When the next one comes."""
    moment: datetime | None = await tx.scalar(select(func.min(due.c.due_at)))
    return moment


async def first(tx: Tx) -> Row[Any] | None:
    """The one that comes first."""
    return await tx.first(select(due).order_by(due.c.due_at, due.c.key).limit(1))


async def take(tx: Tx, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """The ones that are due, oldest first."""
    statement = select(due).where(due.c.due_at <= now).order_by(due.c.due_at, due.c.key)
    return await tx.all(statement.limit(limit))


async def arm(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Waits for these moments; a key that is known gets its new one."""
    values = [(to_ms(row["due_at"]), *(row[name] for name in _REST)) for row in rows]
    await tx.connection.exec_driver_sql(_arm_sql(tx.dialect), values)


async def disarm(tx: Tx, keys: Sequence[str]) -> None:
    """Waits for these no longer."""
    await tx.execute(delete(due).where(due.c.key.in_(keys)))


async def passed(tx: Tx, moments: Sequence[tuple[str, datetime]]) -> None:
    """These keys came at these moments; one that was armed anew meanwhile stays."""
    values = [(key, to_ms(at)) for key, at in moments]
    first, second = _places(tx.dialect, 2)
    sql = f"DELETE FROM due WHERE key = {first} AND due_at = {second}"  # noqa: S608  (no words of others)
    await tx.connection.exec_driver_sql(sql, values)


_REST = ("key", "feature", "kind", "arg", "group_id")


@cache
def _arm_sql(dialect: str) -> str:
    """Written by hand, as in `bot.store.activity`: a query builder looks at each row anew."""
    columns = ("due_at", *_REST)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "key")
    return (
        f"INSERT INTO due ({', '.join(columns)}) VALUES ({', '.join(_places(dialect, 6))}) "  # noqa: S608  (names of our own)
        f"ON CONFLICT (key) DO UPDATE SET {changes}"
    )


def _places(dialect: str, count: int) -> list[str]:
    return ["?" if dialect == "sqlite" else f"${n}" for n in range(1, count + 1)]
