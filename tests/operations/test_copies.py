"""Backup, restore, export and moving: nothing is lost, and nothing is said twice."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select

from bot.commands import Command
from bot.context import Context
from bot.effects import AnyEffect, Post
from bot.events import CommandGiven, Due
from bot.feature import Feature
from bot.i18n import Words
from bot.operations.backup import backup
from bot.operations.export import export
from bot.operations.failure import Failure
from bot.operations.moving import move
from bot.operations.restore import restore
from bot.store.database import open_database
from bot.store.migrate import DatabaseTooNew
from bot.store.rollups import activity
from bot.store.schema import outbox
from bot.store.sqlite_file import StoreInUse
from bot.text import Text
from scheduler.clock import VirtualClock
from tests.core.house import NOON, House, echo, house


def daily() -> Feature:
    """A feature that posts every day and arms the next day when it does."""
    feature = Feature("daily")

    @feature.command(Command("start", "Starts", ()))
    async def start(ctx: Context, event: CommandGiven) -> None:
        ctx.arm("daily:1", ctx.now + timedelta(days=1), "day")

    @feature.due("day")
    async def day(ctx: Context, event: Due) -> list[AnyEffect]:
        ctx.arm("daily:1", event.due_at + timedelta(days=1), "day")
        return [Post(chat=ctx.here.chat, text=Text.of("a new day"))]

    return feature


async def busy(url: str) -> None:
    """A store with history: two messages, one answer sent, one that still waits."""
    async with house(url, lambda: [echo()]) as h:
        ann = await h.person("Ann")
        await ann.says(h.chat, "hello")
        await ann.gives_command(h.chat, "/say")
        await h.settle()
        await ann.gives_command(h.chat, "/say")
        await h.app.engine.step()


async def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of some telling tables."""
    database = open_database(url)
    async with database.read() as tx:
        found = {t.name: [tuple(r) for r in await tx.all(select(t))] for t in (activity, outbox)}
    await database.close()
    return found


async def test_a_restored_backup_holds_what_was_there(store_url: str, tmp_path: Path) -> None:
    await busy(store_url)
    before = (await contents(store_url))["activity"]
    await backup(make_url(store_url), tmp_path / "b")
    await restore(tmp_path / "b", make_url(store_url), force=True)
    assert (await contents(store_url))["activity"] == before


async def test_a_backup_is_one_file(store_url: str, tmp_path: Path) -> None:
    await busy(store_url)
    folder = tmp_path / "backups"
    folder.mkdir()
    await backup(make_url(store_url), folder / "b")
    assert [f.name for f in folder.iterdir()] == ["b"]


async def test_a_backup_can_be_made_while_convive_runs(sqlite_url: str, tmp_path: Path) -> None:
    async with house(sqlite_url, lambda: [echo()]) as h:
        ann = await h.person("Ann")
        await ann.says(h.chat, "hello")
        await h.settle()
        await backup(make_url(sqlite_url), tmp_path / "b")
    with closing(sqlite3.connect(tmp_path / "b")) as made:
        assert made.execute("SELECT count(*) FROM activity").fetchone()[0] > 0


async def test_what_waited_to_be_sent_is_given_up_by_a_restore(
    store_url: str, tmp_path: Path
) -> None:
    await busy(store_url)
    await backup(make_url(store_url), tmp_path / "b")
    await restore(tmp_path / "b", make_url(store_url), force=True)
    async with house(store_url, lambda: [echo()]) as h:
        await h.settle()
        assert [(r.state, r.error) for r in await h.rows(outbox)] == [("failed", "restored")]
        assert h.said() == []


async def test_a_moment_that_passed_since_the_backup_is_not_posted_again(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.features", lambda: [daily()])
    async with house(store_url, lambda: [daily()]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/start")
        await h.settle()
    await backup(make_url(store_url), tmp_path / "b")
    later = VirtualClock(NOON + timedelta(days=1, minutes=5))
    await restore(tmp_path / "b", make_url(store_url), force=True, clock=later)
    async with house(store_url, lambda: [daily()]) as h:
        h.clock.set(later.now())
        await h.settle()
        said = h.said()
        h.clock.set(NOON + timedelta(days=2, minutes=5))
        await h.settle()
        assert (said, h.said()) == ([], ["a new day"])


async def test_a_restore_never_overwrites_in_passing(store_url: str, tmp_path: Path) -> None:
    await busy(store_url)
    await backup(make_url(store_url), tmp_path / "b")
    with pytest.raises(Failure, match="--force"):
        await restore(tmp_path / "b", make_url(store_url))


async def test_a_restore_waits_until_convive_is_stopped(sqlite_url: str, tmp_path: Path) -> None:
    await busy(sqlite_url)
    await backup(make_url(sqlite_url), tmp_path / "b")
    running = open_database(sqlite_url)
    with pytest.raises(StoreInUse):
        await restore(tmp_path / "b", make_url(sqlite_url), force=True)
    await running.close()


async def test_a_backup_of_a_newer_convive_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    await backup(make_url(sqlite_url), tmp_path / "b")
    with closing(sqlite3.connect(tmp_path / "b")) as made, made:
        made.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew):
        await restore(tmp_path / "b", make_url(sqlite_url), force=True)


@pytest.mark.parametrize("content", [None, b"", b"no database at all, but long enough" * 40])
async def test_a_file_that_is_no_backup_is_refused(
    sqlite_url: str, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "b").write_bytes(content)
    with pytest.raises(Failure):
        await restore(tmp_path / "b", make_url(sqlite_url), force=True)


async def test_a_backup_overwrites_no_file(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(Failure, match="already"):
        await backup(make_url(sqlite_url), tmp_path / "b")


async def test_an_export_holds_every_row_as_json(store_url: str, tmp_path: Path) -> None:
    await busy(store_url)
    await export(make_url(store_url), tmp_path / "out", Words())
    lines = (tmp_path / "out" / "activity.jsonl").read_text().splitlines()
    assert len(lines) == len((await contents(store_url))["activity"])
    assert json.loads(lines[0])["at"].startswith("2026-11-23T12:00:00")


async def test_an_export_names_the_groups(store_url: str, tmp_path: Path) -> None:
    await busy(store_url)
    await export(make_url(store_url), tmp_path / "out", Words())
    assert "Friends (local)" in (tmp_path / "out" / "README.txt").read_text()


@pytest.mark.postgres
async def test_a_store_moves_to_postgresql_with_all_rows(
    sqlite_url: str, postgres_url: str
) -> None:
    await busy(sqlite_url)
    await move(make_url(sqlite_url), postgres_url)
    assert await contents(postgres_url) == await contents(sqlite_url)


@pytest.mark.postgres
async def test_numbers_go_on_after_a_move(sqlite_url: str, postgres_url: str) -> None:
    await busy(sqlite_url)
    await move(make_url(sqlite_url), postgres_url)
    async with house(postgres_url, lambda: [echo()]) as h:
        await asks(h, before=20)
        await h.settle()
        assert len(h.said()) == 2


async def asks(h: House, before: int = 0) -> None:
    """Ann asks for an answer after some small talk, so that ids of the world differ."""
    ann = await h.person("Ann")
    for _ in range(before):
        await ann.says(h.chat, "hm")
    await ann.gives_command(h.chat, "/say")


@pytest.mark.postgres
async def test_a_store_moves_only_into_an_empty_one(sqlite_url: str, postgres_url: str) -> None:
    await busy(sqlite_url)
    await move(make_url(sqlite_url), postgres_url)
    with pytest.raises(Failure, match="not empty"):
        await move(make_url(sqlite_url), postgres_url)


async def test_a_number_of_a_row_that_is_gone_is_not_given_again(
    store_url: str, tmp_path: Path
) -> None:
    async with house(store_url, lambda: [echo()]) as h:
        await asks(h)
        await h.settle()
    await backup(make_url(store_url), tmp_path / "b")
    await restore(tmp_path / "b", make_url(store_url), force=True)
    async with house(store_url, lambda: [echo()]) as h:
        await asks(h, before=20)
        await h.app.engine.step()
        assert [row.id for row in await h.rows(outbox)] == [2]
