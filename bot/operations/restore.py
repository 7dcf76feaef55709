"""Back to a backup, without saying anything twice.

What waited to be sent when the backup was made was very likely sent since. The backup is opened
aside, with no platform: moments that have passed meanwhile are handled there, so that every plan
goes on from now, and whatever wants to be sent is given up. Only then does it replace the store.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.engine import URL

from bot.app import App
from bot.commands import N_
from bot.operations.backup import snapshot, sqlite_url
from bot.operations.copying import copy, is_empty
from bot.operations.failure import Failure
from bot.store.database import Database, open_database
from bot.store.migrate import migrate
from bot.store.outbox import FAILED
from bot.store.schema import outbox
from scheduler.clock import Clock

REASON = "restored"


async def restore(
    file: Path, url: URL, *, force: bool = False, clock: Clock | None = None
) -> dict[str, int]:
    """Replaces what the store holds, in one transaction; returns the rows by table.

    Raises Failure for a file that is no backup, and for a store in use unless `force`;
    StoreInUse while Convive runs; DatabaseTooNew for the backup of a newer Convive.
    """
    _refuse_others(file)
    target = open_database(url.render_as_string(hide_password=False))
    try:
        await migrate(target)
        if not force and not await is_empty(target):
            raise Failure(
                N_("The store is not empty. With --force it is replaced by {file}."), file=str(file)
            )
        with tempfile.TemporaryDirectory(prefix="convive-") as folder:
            aside = Path(folder) / "aside.sqlite"
            snapshot(file, aside)
            source = open_database(sqlite_url(aside))
            try:
                await quieten(source, clock)
                return await copy(source, target, replace=True)
            finally:
                await source.close()
    finally:
        await target.close()


async def quieten(database: Database, clock: Clock | None = None) -> None:
    """Lets what is due pass and gives up what waits to be sent."""
    app = App(database, [], clock=clock)
    await app.prepare()
    await app.settle()
    async with database.write() as tx:
        given_up = update(outbox).where(outbox.c.state != FAILED)
        await tx.execute(given_up.values(state=FAILED, error=REASON))


def _refuse_others(file: Path) -> None:
    if not file.exists():
        raise Failure(N_("There is no file {file}."), file=str(file))
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as backup:
            backup.execute("SELECT version_num FROM alembic_version")
    except sqlite3.DatabaseError:
        raise Failure(N_("{file} is not a backup of Convive."), file=str(file)) from None
