"""Bringing a store up to date, and moving it to another database."""

from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from bot.commands import N_
from bot.operations.copying import copy, is_empty
from bot.operations.failure import Failure
from bot.settings import EXAMPLES, driver_url
from bot.store.database import Database, open_database
from bot.store.migrate import migrate


async def bring_up_to_date(url: URL) -> str:
    """Makes or upgrades the schema; returns the version found ("" for an empty database)."""
    database = _opened(url)
    try:
        return await migrate(database)
    finally:
        await database.close()


async def move(source: URL, address: str) -> dict[str, int]:
    """Copies everything into an empty store; returns the rows by table. The source stays.

    What waits to be sent moves along, so that the old store must not be used any more.
    """
    old = _opened(source)
    try:
        await migrate(old)
        new = _opened(_target(address))
        try:
            await migrate(new)
            if not await is_empty(new):
                raise Failure(N_("The other database is not empty."))
            return await copy(old, new)
        finally:
            await new.close()
    finally:
        await old.close()


def _target(address: str) -> URL:
    try:
        return driver_url(address)
    except (ArgumentError, KeyError):
        message = N_("The new url must look like {sqlite} or {postgresql}.")
        raise Failure(message, **EXAMPLES) from None


def _opened(url: URL) -> Database:
    return open_database(url.render_as_string(hide_password=False))
