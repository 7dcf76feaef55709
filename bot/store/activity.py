"""Who was active when: appended in bulk, folded into rollups a little behind.

`append` refuses an event that was recorded before. `fold` adds everything above a mark to the
rollups and moves the mark, in the caller's transaction: a crash can neither lose nor double.
Days and months are those of UTC. The statements are plain SQL that both databases read.
"""

from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache

from sqlalchemy import Table, func, select, text

from bot.store.database import Database, Tx
from bot.store.rollups import activity, marks
from bot.store.schema import DAY_MS

COLUMNS = ("event", "kind", "group_id", "room", "member", "at", "peer", "message")
ROLLUPS = ("member_state", "member_day", "member_month", "pair_day", "pairs", "room_state")
_ADVISORY_KEY = 7_201_934  # any number that is the same in all processes


class Act(IntEnum):
    """What counts as what."""

    OTHER = 0
    MESSAGE = 1
    REACTION = 2


_ROWS = 100
"""Rows of one statement that tells what is new; few shapes, so that they are prepared once."""

Record = tuple[str, int, int, str, str, int, str | None, str | None]
"""event id, act, group, room, member, milliseconds, member answered, native message id."""


async def append(tx: Tx, records: Sequence[Record]) -> None:
    """Records what happened, except what was recorded before: one statement for all."""
    await _appending(tx)
    await tx.connection.exec_driver_sql(_append_sql(tx.dialect), list(records))


async def append_alone(database: Database, records: Sequence[Record]) -> None:
    """The same in a transaction of its own, which SQLite does in one go."""
    await database.insert(_append_sql(database.dialect), records)


async def append_new(tx: Tx, records: Sequence[Record]) -> set[str]:
    """The same, and tells the ids of the events that are new."""
    await _appending(tx)
    new: set[str] = set()
    for start in range(0, len(records), _ROWS):
        some = records[start : start + _ROWS]
        flat = tuple(value for record in some for value in record)
        result = await tx.connection.exec_driver_sql(_append_new_sql(tx.dialect, len(some)), flat)
        new.update(row[0] for row in result)
    return new


async def fold(tx: Tx, *tables: str) -> int:
    """Brings rollups up to date, all or the named ones; returns how many events they took in.

    Each has its own mark, so that they can be folded one at a time and nobody waits for all.
    """
    if tx.dialect != "sqlite":  # waits for the appends under way: no lower id may come later
        await tx.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_KEY})"))
    high = await tx.scalar(select(func.max(activity.c.id))) or 0
    low = {row.name: row.value for row in await tx.all(select(marks))}
    taken = 0
    for table in tables or ROLLUPS:
        behind = high - low.get(table, 0)
        if behind > 0:
            statement = text(_fold_sql(tx.dialect)[table])
            await tx.execute(statement, {"low": low.get(table, 0), "high": high})
            await tx.put(marks, {"name": table, "value": high})
            taken = max(taken, behind)
    return taken


def merge_groups(table: Table) -> str:
    """The statement that adds the rollup of group `:source` to that of group `:target`."""
    keys = [column.name for column in table.primary_key.columns]
    values = [column.name for column in table.columns if column.name not in keys]
    taken = ", ".join(":target" if key == "group_id" else key for key in keys)
    rows = f"SELECT {taken}, {', '.join(values)} FROM {table.name} WHERE group_id = :source"  # noqa: S608  (names of our own)
    return _merge(table.name, ", ".join(keys), ", ".join(values), rows)


async def _appending(tx: Tx) -> None:
    if tx.dialect != "sqlite":
        await tx.execute(text(f"SELECT pg_advisory_xact_lock_shared({_ADVISORY_KEY})"))


@cache
def _append_sql(dialect: str) -> str:
    return _insert_sql(dialect, 1)


@lru_cache(maxsize=32)
def _append_new_sql(dialect: str, rows: int) -> str:
    return f"{_insert_sql(dialect, rows)} RETURNING event"


def _insert_sql(dialect: str, rows: int) -> str:
    """Written by hand: putting it together anew costs a query builder more than running it."""
    width = len(COLUMNS)
    places = ["?" if dialect == "sqlite" else f"${n}" for n in range(1, rows * width + 1)]
    values = (", ".join(places[n : n + width]) for n in range(0, rows * width, width))
    return (
        f"INSERT INTO activity ({', '.join(COLUMNS)}) VALUES ({'), ('.join(values)}) "  # noqa: S608  (names of our own)
        "ON CONFLICT (event) DO NOTHING"
    )


_COUNTS = (
    f"SUM(CASE WHEN kind = {Act.MESSAGE:d} THEN 1 ELSE 0 END), "
    f"SUM(CASE WHEN kind = {Act.REACTION:d} THEN 1 ELSE 0 END)"
)
_ACTS = (
    "FROM activity WHERE id > :low AND id <= :high AND group_id > 0 AND member <> '' "
    f"AND kind <> {Act.OTHER:d}"
)
_REPLIES = f"{_ACTS} AND kind = {Act.MESSAGE:d} AND peer IS NOT NULL AND peer <> member"
_DAY = f"at / {DAY_MS}"
_MONTH = {
    "sqlite": "CAST(strftime('%Y%m', at / 1000, 'unixepoch') AS INTEGER)",
    "postgresql": "to_char(to_timestamp(at / 1000) AT TIME ZONE 'UTC', 'YYYYMM')::integer",
}


@cache
def _fold_sql(dialect: str) -> dict[str, str]:
    month = _MONTH[dialect]
    statements = (
        _merge(
            "member_state",
            "group_id, member",
            "first_at, last_at, last_spoke_at, messages, reactions",
            "SELECT group_id, member, MIN(at), MAX(at), "
            f"MAX(CASE WHEN kind = {Act.MESSAGE:d} THEN at END), {_COUNTS} {_ACTS} GROUP BY 1, 2",
        ),
        _merge(
            "member_day",
            "group_id, member, day",
            "messages, reactions",
            f"SELECT group_id, member, {_DAY}, {_COUNTS} {_ACTS} GROUP BY 1, 2, 3",
        ),
        _merge(
            "member_month",
            "group_id, month, member",
            "messages, reactions",
            f"SELECT group_id, {month}, member, {_COUNTS} {_ACTS} GROUP BY 1, 2, 3",
        ),
        _merge(
            "pair_day",
            "group_id, member, peer, day",
            "messages",
            f"SELECT group_id, member, peer, {_DAY}, COUNT(*) {_REPLIES} GROUP BY 1, 2, 3, 4",
        ),
        _merge(
            "pairs",
            "group_id, member, peer",
            "first_at, messages",
            f"SELECT group_id, member, peer, MIN(at), COUNT(*) {_REPLIES} GROUP BY 1, 2, 3",
        ),
        _merge(
            "room_state",
            "group_id, room",
            "last_at, last_message",
            f"SELECT group_id, room, at, message {_ACTS} AND id IN "
            f"(SELECT MAX(id) {_ACTS} AND message IS NOT NULL GROUP BY group_id, room)",
        ),
    )
    return dict(zip(ROLLUPS, statements, strict=True))


def _merge(table: str, keys: str, values: str, rows: str) -> str:
    changes = ", ".join(_change(table, value) for value in values.split(", "))
    return (
        f"INSERT INTO {table} ({keys}, {values}) {rows} "
        f"ON CONFLICT ({keys}) DO UPDATE SET {changes}"
    )


def _change(table: str, value: str) -> str:
    if value in ("messages", "reactions"):
        return f"{value} = {table}.{value} + excluded.{value}"
    if value == "last_message":
        return "last_message = excluded.last_message"
    wins = "<" if value == "first_at" else ">"
    return (
        f"{value} = CASE WHEN {table}.{value} IS NULL OR excluded.{value} {wins} {table}.{value} "
        f"THEN excluded.{value} ELSE {table}.{value} END"
    )
