"""Every row of one store into another, whichever databases they are."""

from typing import Any

from sqlalchemy import Table, delete, func, select, text

from bot.app import features, metadata
from bot.store.database import Database, Tx
from bot.store.schema import leases

CHUNK = 1_000


def tables() -> list[Table]:
    """Every table of the core and of all features, those that others need first."""
    features()
    return metadata.sorted_tables


async def copy(source: Database, target: Database, *, replace: bool = False) -> dict[str, int]:
    """Copies all tables in one transaction; returns the number of rows by table.

    Both have the present schema. With `replace` the target is emptied first. Leases stay behind:
    they belong to processes, not to what is remembered.
    """
    counts = {}
    async with source.read() as old, target.write() as new:
        if old.dialect == "postgresql":
            await old.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        if replace:
            for table in reversed(tables()):
                await new.execute(delete(table))
        for table in tables():
            if table is not leases:
                counts[table.name] = await _copy_table(old, new, table)
    return counts


async def is_empty(database: Database) -> bool:
    """Whether nothing was ever remembered here."""
    async with database.read() as tx:
        for table in tables():
            if await tx.first(select(table).limit(1)) is not None:
                return False
    return True


async def _copy_table(old: Tx, new: Tx, table: Table) -> int:
    count = 0
    async for chunk in old.chunks(select(table), CHUNK):
        await new.execute(table.insert(), [dict(row) for row in chunk])
        count += len(chunk)
    await _keep_counting(old, new, table)
    return count


async def _keep_counting(old: Tx, new: Tx, table: Table) -> None:
    """Numbers that were used and whose rows are gone must not be given again."""
    column = table.autoincrement_column
    if column is None:
        return
    highest = await new.scalar(select(func.coalesce(func.max(column), 0)))
    used = max(int(highest), await _last_number(old, table.name, column.name))
    if not used:
        return
    if new.dialect == "postgresql":
        moved = text("SELECT setval(pg_get_serial_sequence(:name, :column), :used)")
        await new.execute(moved, {"name": table.name, "column": column.name, "used": used})
    elif table.dialect_options["sqlite"]["autoincrement"]:
        await _set_sqlite_number(new, {"name": table.name, "used": used})


async def _set_sqlite_number(new: Tx, values: dict[str, Any]) -> None:
    await new.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
    await new.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :used)"), values)


async def _last_number(old: Tx, name: str, column: str) -> int:
    if old.dialect == "sqlite":
        found = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    else:
        found = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, :column))")
    values = {"name": name} if old.dialect == "sqlite" else {"name": name, "column": column}
    return int((await old.execute(found, values)).scalar() or 0)
