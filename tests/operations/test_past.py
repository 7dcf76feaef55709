"""The past of a group from the command line, killed in the middle and begun again."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.i18n import Words
from bot.operations.past import take_in
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import open_database
from bot.store.sqlite_file import StoreInUse
from tests.exports.samples import t, t_chat

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
MESSAGES = 3_000
RUN = """
import asyncio, sys
from pathlib import Path
from sqlalchemy import make_url
from bot.i18n import Words
from bot.operations.past import take_in
tell = lambda line: print(line, flush=True)
asyncio.run(take_in(make_url(sys.argv[1]), Path(sys.argv[2]), Words(), tell, input, sure=True))
"""


@pytest.fixture
async def store(sqlite_url: str) -> str:
    database = open_database(sqlite_url)
    async with database.write() as tx:
        await groups.create(tx, ChatRef("telegram", "-1001234"), NOW)
    await database.close()
    return sqlite_url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "result.json"
    messages = [
        t(n, f"Line {n}", date_unixtime=str(1_780_000_000 + n)) for n in range(1, MESSAGES + 1)
    ]
    made.write_text(json.dumps(t_chat(*messages)), "utf-8")
    return made


def count(url: str) -> int:
    with sqlite3.connect(make_url(url).database or "") as connection:
        return int(connection.execute("SELECT COUNT(*) FROM activity").fetchone()[0])


def test_a_killed_import_goes_on_where_it_was(store: str, file: Path) -> None:
    working = subprocess.Popen(
        [sys.executable, "-c", RUN, store, str(file)], stdout=subprocess.PIPE, text=True
    )
    assert working.stdout is not None
    for line in working.stdout:
        if "%" in line:
            os.kill(working.pid, signal.SIGKILL)
            break
    working.wait()
    working.stdout.close()
    assert 0 < count(store) < MESSAGES
    command = [sys.executable, "-c", RUN, store, str(file)]
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"{MESSAGES:,} messages were new" in again.stdout
    assert count(store) == MESSAGES


async def test_it_is_asked_first(store: str, file: Path) -> None:
    lines: list[str] = []
    assert await take_in(make_url(store), file, Words(), lines.append, lambda _: "no")
    assert lines[-1] == "Nothing was imported."
    assert count(store) == 0


async def test_the_bot_must_not_run_meanwhile(store: str, file: Path) -> None:
    running = open_database(store)
    try:
        with pytest.raises(StoreInUse):
            await take_in(make_url(store), file, Words(), print, input)
    finally:
        await running.close()
