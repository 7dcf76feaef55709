"""A copy of everything in one SQLite file, also while Convive runs and whatever it runs on."""

import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy.engine import URL

from bot.commands import N_
from bot.operations.copying import copy
from bot.operations.failure import Failure
from bot.store.database import Database, open_database
from bot.store.migrate import HEAD, migrate, version

MIGRATE = "convive migrate"


async def backup(url: URL, file: Path) -> None:
    """Writes the file, all or nothing. Raises Failure if it is there already."""
    refuse_existing(file)
    partial = file.with_name(f"{file.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        if url.get_backend_name() == "sqlite":
            snapshot(Path(url.database or ""), partial)
        else:
            await _pour(url, partial)
        partial.replace(file)
    finally:
        for left in (partial, *beside(partial)):
            left.unlink(missing_ok=True)


def refuse_existing(file: Path) -> None:
    """Nothing is ever overwritten in passing."""
    if file.exists() and not (file.is_dir() and not any(file.iterdir())):
        raise Failure(N_("{file} is there already. Choose another name."), file=str(file))


def snapshot(source: Path, target: Path) -> None:
    """A consistent copy of an SQLite store that may be in use."""
    if not source.exists():
        raise Failure(N_("There is no database at {file} yet."), file=str(source))
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        if new.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Failure(N_("The database in {file} is damaged."), file=str(source))


@asynccontextmanager
async def opened_copy(url: URL) -> AsyncIterator[Database]:
    """The store for reading: an upgraded copy of an SQLite file, or PostgreSQL itself.

    Raises Failure for a PostgreSQL store that is not up to date; nothing in it is changed.
    """
    address = url.render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory(prefix="convive-") as folder:
        if url.get_backend_name() == "sqlite":
            file = Path(folder) / "copy.sqlite"
            snapshot(Path(url.database or ""), file)
            address = sqlite_url(file)
        database = open_database(address)
        try:
            if database.single_process:
                await migrate(database)
            elif await version(database) != HEAD:
                raise Failure(
                    N_("The database is not up to date. First run: {command}"), command=MIGRATE
                )
            yield database
        finally:
            await database.close()


def sqlite_url(file: Path) -> str:
    """The address of an SQLite store."""
    return URL.create("sqlite+aiosqlite", database=str(file)).render_as_string()


def beside(file: Path) -> list[Path]:
    """What SQLite and the lock leave beside a file."""
    return [Path(f"{file}{ending}") for ending in ("-wal", "-shm", "-journal", ".lock")]


async def _pour(url: URL, file: Path) -> None:
    async with opened_copy(url) as source:
        target = open_database(sqlite_url(file))
        try:
            await migrate(target)
            await copy(source, target)
        finally:
            await target.close()
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
