"""Large exports from the command line, on both databases."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import reader
from bot.features.answers.importing.offline import Terminal, import_file
from bot.features.answers.importing.tables import imports, proposals
from bot.features.answers.tables import questions
from bot.i18n import Words
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.rollups import activity, member_state
from bot.store.schema import due
from bot.text import Text
from tests.exports.samples import t, t_chat
from tests.features.answers.importing.past import rows

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


class Stopped(Exception):
    """The power went."""


class Listener:
    """A terminal that says yes, and stops after so many lines."""

    def __init__(self, *, yes: bool = True, stop_after: int = 10_000) -> None:
        self.lines: list[str] = []
        self._yes, self._stop_after = yes, stop_after

    @property
    def terminal(self) -> Terminal:
        return Terminal(Words(), self._tell, lambda _: self._yes)

    def _tell(self, text: Text) -> None:
        self.lines.append(str(text))
        if len(self.lines) > self._stop_after:
            raise Stopped


@pytest.fixture
async def ready(database: Database) -> Database:
    await migrate(database)
    async with database.write() as tx:
        made = await groups.create(tx, ChatRef("telegram", "-1001234"), NOW)
        await groups.change(tx, made.id, title="Friends", active=True)
    return database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """2,500 messages; every 25th is a question that the next one answers."""
    messages = []
    for number in range(1, 2_501):
        if number % 25 == 1:
            messages.append(t(number, f"How do I open door {number}?", who=11))
        elif number % 25 == 2:
            answer = f"With the key number {number}."
            messages.append(t(number, answer, who=12, reply_to_message_id=number - 1))
        else:
            messages.append(t(number, f"Line {number}", who=13))
        messages[-1]["date_unixtime"] = str(1_780_000_000 + number)
    made = tmp_path / "result.json"
    made.write_text(json.dumps(t_chat(*messages)), "utf-8")
    return made


def holds(file: Path, data: Any) -> Path:
    """The file with another content."""
    file.write_text(json.dumps(data), "utf-8")
    return file


def cut_off(file: Path) -> Path:
    """The file without its end."""
    file.write_bytes(file.read_bytes()[:-9_000])
    return file


async def take(database: Database, file: Path, listener: Listener, **more: Any) -> bool:
    return await import_file(database, file, reader, listener.terminal, NOW, **more)


async def test_a_file_is_taken_in(ready: Database, file: Path) -> None:
    listener = Listener()
    assert await take(ready, file, listener)
    assert "2,500 messages of 3 people" in listener.lines[0]
    assert any("40%" in line for line in listener.lines)
    assert "2,500 messages were new. 100 questions" in listener.lines[-1]
    assert len(await rows(ready, activity)) == 2_500
    assert len(await rows(ready, questions)) == 100
    assert sum(row["messages"] for row in await rows(ready, member_state)) == 2_500


async def test_a_preview_changes_nothing(ready: Database, file: Path) -> None:
    assert await take(ready, file, Listener(), preview=True)
    assert await rows(ready, imports) == []
    assert await rows(ready, activity) == []


async def test_no_means_no(ready: Database, file: Path) -> None:
    listener = Listener(yes=False)
    assert await take(ready, file, listener)
    assert listener.lines[-1] == "Nothing was imported."
    assert await rows(ready, activity) == []


async def test_a_second_time_says_that_nothing_is_new(ready: Database, file: Path) -> None:
    await take(ready, file, Listener())
    again = Listener()
    assert await take(ready, file, again)
    assert "2,500 of them are known already" in again.lines[0]
    assert "Nothing in it was new" in again.lines[-1]
    assert len(await rows(ready, proposals)) == 100


@pytest.mark.parametrize("after", [1, 2])
async def test_a_stop_in_the_middle_is_resumed(ready: Database, file: Path, after: int) -> None:
    with pytest.raises(Stopped):
        await take(ready, file, Listener(stop_after=after))
    assert 0 < len(await rows(ready, activity)) < 2_500
    listener = Listener()
    await take(ready, file, listener)
    [job] = await rows(ready, imports)
    assert (job["done"], job["added"], job["found"]) == (2_500, 2_500, 100)
    assert len(await rows(ready, proposals)) == 100
    assert sum(row["messages"] for row in await rows(ready, member_state)) == 2_500


async def test_what_is_not_reviewed_will_be_deleted(ready: Database, file: Path) -> None:
    await take(ready, file, Listener())
    [row] = await rows(ready, due)
    assert (row["kind"], (row["due_at"] - NOW).days) == ("answers.importstale", 30)


async def test_a_cut_off_file_is_refused_whole(ready: Database, file: Path) -> None:
    listener = Listener()
    assert not await take(ready, cut_off(file), listener)
    assert "ends in the middle" in listener.lines[0]
    assert await rows(ready, activity) == []


async def test_the_newest_first_is_refused(ready: Database, file: Path) -> None:
    messages = [t(n, who=11, date_unixtime=str(1_790_000_000 - n * 90_000)) for n in range(1, 50)]
    listener = Listener()
    assert not await take(ready, holds(file, t_chat(*messages)), listener)
    assert "newest messages first" in listener.lines[0]


async def test_of_several_groups_one_is_named(ready: Database, file: Path) -> None:
    async with ready.write() as tx:
        other = await groups.create(tx, ChatRef("telegram", "-1009"), NOW)
    listener = Listener()
    assert not await take(ready, file, listener)
    assert listener.lines[0].startswith("Which group?")
    assert len(listener.lines) == 3
    assert await take(ready, file, Listener(), group=other.id - 1)


async def test_an_accounts_export_gives_this_group_alone(ready: Database, file: Path) -> None:
    account = {"chats": {"list": [t_chat(t(1, "x"), id=77), t_chat(t(1, "y"), t(2, "z"))]}}
    await take(ready, holds(file, account), Listener())
    ids = {row["event"] for row in await rows(ready, activity)}
    assert ids == {"t:m:-1001234:1", "t:m:-1001234:2"}


async def test_several_other_groups_are_refused(ready: Database, file: Path) -> None:
    account = {"chats": {"list": [t_chat(t(1), id=77), t_chat(t(1), id=78)]}}
    listener = Listener()
    assert not await take(ready, holds(file, account), listener)
    assert "several others" in listener.lines[0]
