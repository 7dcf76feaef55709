"""The migrations make the schema that the program uses."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.app import features, metadata
from bot.store.database import open_database
from bot.store.migrate import HEAD, DatabaseTooNew, known_versions, migrate


def differences(connection: Connection) -> list[object]:
    features()
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_an_empty_database_becomes_exactly_the_schema_of_the_program(
    empty_store_url: str,
) -> None:
    database = open_database(empty_store_url)
    try:
        await migrate(database)
        async with database.write() as tx:
            assert await tx.connection.run_sync(differences) == []
    finally:
        await database.close()


async def test_migrating_twice_changes_nothing(empty_store_url: str) -> None:
    database = open_database(empty_store_url)
    try:
        assert await migrate(database) == ""
        assert await migrate(database) == HEAD
    finally:
        await database.close()


async def test_a_database_of_a_newer_program_is_refused(empty_store_url: str) -> None:
    database = open_database(empty_store_url)
    try:
        await migrate(database)
        async with database.write() as tx:
            await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(DatabaseTooNew):
            await migrate(database)
    finally:
        await database.close()


def test_the_newest_migration_is_the_one_the_program_names() -> None:
    assert max(known_versions()) == HEAD


async def test_a_copied_file_is_a_whole_database(tmp_path: Path, sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    await database.close()
    shutil.copy(sqlite_url.partition("///")[2], tmp_path / "copy.sqlite")
    copy = open_database(f"sqlite+aiosqlite:///{tmp_path}/copy.sqlite")
    assert await migrate(copy) == HEAD
    await copy.close()
