"""Brings a database to the schema that this program knows.

Alembic is loaded only when there is something to do: a current database is told by one query.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.store.database import Database

HEAD = "0005"
"""The newest migration; a test holds it to the folder."""
_FOLDER = Path(__file__).with_name("migrations")


class DatabaseTooNew(Exception):
    """A newer Convive made this database; `args[0]` is its version."""


async def migrate(database: Database) -> str:
    """Makes or upgrades the schema; returns the version found ("" for an empty database).

    Raises DatabaseTooNew, changing nothing, if the version is not one of ours.
    """
    async with database.write() as tx:
        found = await tx.connection.run_sync(_version)
        if found != HEAD:
            await tx.connection.run_sync(_upgrade, found)
    return found


async def version(database: Database) -> str:
    """The version of the schema; "" for an empty database."""
    async with database.read() as tx:
        return await tx.connection.run_sync(_version)


def known_versions() -> set[str]:
    """The versions that this program can read and upgrade."""
    return {path.name[:4] for path in (_FOLDER / "versions").glob("[0-9]*.py")}


def _version(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def _upgrade(connection: Connection, found: str) -> None:
    if found and found not in known_versions():
        raise DatabaseTooNew(found)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
