"""Imports, in SQL: what is being read, and how far it is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, select, update

from bot.features.answers.importing.tables import files, imports
from bot.store.database import Tx

WAITS = timedelta(days=1)
"""How long a file waits for somebody's yes."""


class Stage(StrEnum):
    """Where an import stands."""

    ASKED = "asked"
    """Counted; a moderator has not said yes."""
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class Import(Struct, frozen=True):
    """One import. `done` of `total` items are read; `before` is the message before which a room
    is read next, `reached` the oldest that was read of it, `since` how far back it goes."""

    id: int
    group_id: int
    mark: str
    title: str
    foreign_home: bool
    state: str
    total: int
    done: int
    added: int
    known: int
    found: int
    room: str
    before: str | None
    since: datetime | None
    reached: str | None
    made_at: datetime

    @property
    def share(self) -> float:
        """How much of it is read, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 1.0


_FIELDS = [imports.c[name] for name in Import.__struct_fields__]


def _import(row: Row[Any]) -> Import:
    return Import(**row._mapping)


async def begin(tx: Tx, group: int, mark: str, title: str, now: datetime, **values: Any) -> Import:
    """A new import; one of the same mark that was not finished is taken up again."""
    going = (Stage.ASKED, Stage.RUNNING, Stage.STOPPED)
    where = (imports.c.group_id == group, imports.c.mark == mark, imports.c.state.in_(going))
    row = await tx.first(select(*_FIELDS).where(*where).order_by(imports.c.id.desc()))
    if row is not None:
        await change(tx, row.id, made_at=now, **values)
        return await by_id(tx, group, row.id) or _import(row)
    new = {"group_id": group, "mark": mark, "title": title[:120], "made_at": now}
    made = await tx.execute(imports.insert().values(**new, **{"state": Stage.ASKED} | values))
    found = await by_id(tx, group, int((made.inserted_primary_key or (0,))[0]))
    if found is None:
        raise LookupError("the import was not kept")
    return found


async def by_id(tx: Tx, group: int, number: int) -> Import | None:
    """The import with this number, if it is the group's."""
    where = (imports.c.id == number, imports.c.group_id == group)
    row = await tx.first(select(*_FIELDS).where(*where))
    return _import(row) if row else None


async def latest(tx: Tx, group: int, limit: int) -> Sequence[Import]:
    """The group's last imports that were begun, the newest first."""
    where = (imports.c.group_id == group, imports.c.state != Stage.ASKED)
    statement = select(*_FIELDS).where(*where).order_by(imports.c.id.desc())
    return [_import(row) for row in await tx.all(statement.limit(limit))]


async def change(tx: Tx, number: int, **values: Any) -> None:
    """Sets columns of an import."""
    await tx.execute(update(imports).where(imports.c.id == number).values(**values))


async def advance(
    tx: Tx, job: Import, *, done: int, added: int = 0, known: int = 0, found: int = 0
) -> None:
    """Notes how far an import is."""
    counted = {
        "added": imports.c.added + added,
        "known": imports.c.known + known,
        "found": imports.c.found + found,
    }
    await change(tx, job.id, done=done, **counted)


async def keep_file(tx: Tx, number: int, data: bytes, now: datetime) -> None:
    """Keeps a file until it is read; those that nobody said yes to are let go after a day."""
    old = (imports.c.state == Stage.ASKED, imports.c.made_at < now - WAITS)
    for row in await tx.all(select(imports.c.id).where(*old)):
        await drop(tx, row.id)
    await tx.put(files, {"import_id": number, "data": data})


async def file_of(tx: Tx, number: int) -> bytes | None:
    """The file of an import, while it is kept."""
    data: bytes | None = await tx.scalar(select(files.c.data).where(files.c.import_id == number))
    return data


async def let_go(tx: Tx, number: int) -> None:
    """The file is no longer needed."""
    await tx.execute(delete(files).where(files.c.import_id == number))


async def drop(tx: Tx, number: int) -> None:
    """Nothing of an import stays but what it brought."""
    await let_go(tx, number)
    await tx.execute(delete(imports).where(imports.c.id == number))
