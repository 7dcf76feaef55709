"""Writes the next migration from the difference between the tables and the migrations so far.

Usage: python scripts/new_migration.py "what changes"
"""

import asyncio
import sys
import tempfile

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.app import features, metadata
from bot.store.database import open_database
from bot.store.migrate import _FOLDER, known_versions


def _generate(connection: Connection, message: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    if known_versions():
        command.upgrade(config, "head")
    number = f"{len(known_versions()) + 1:04d}"
    command.revision(config, message=message, autogenerate=True, rev_id=number)


async def main(message: str) -> None:
    """Compares against an empty database that went through the migrations so far."""
    features()  # each brings its tables
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite+aiosqlite:///{folder}/empty.sqlite")
        async with database.write() as tx:
            await tx.connection.run_sync(_generate, message)
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
