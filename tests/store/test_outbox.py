"""What waits to be sent."""

from datetime import UTC, datetime

from bot.effects import AnyEffect, Edit, Post, from_json
from bot.refs import ChatRef
from bot.store import outbox
from bot.store.database import Database, Tx, open_database
from bot.text import Text

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HERE = ChatRef("local", "g1", "main")


def edit(text: str, name: str = "games:1", answering: str = "") -> Edit:
    return Edit(chat=HERE, name=name, text=Text.of(text), answering=answering)


async def added(tx: Tx, *effects: AnyEffect, group: int = 1) -> list[int]:
    return await outbox.add(tx, [outbox.row_of(effect, "e", group, NOW) for effect in effects])


async def waiting(tx: Tx) -> list[str]:
    rows = await outbox.pending(tx, "local")
    whole = await outbox.load(tx, [row.id for row in rows])
    return [str(from_json(row.effect).text) for row in whole]  # type: ignore[union-attr]  # all of these have a text


async def test_of_several_contents_of_a_post_the_newest_waits(database: Database) -> None:
    async with database.write() as tx:
        await added(tx, edit("one"))
        await added(tx, edit("two"))
        assert await waiting(tx) == ["two"]


async def test_of_several_contents_that_come_together_the_last_waits(database: Database) -> None:
    async with database.write() as tx:
        assert len(await added(tx, edit("one"), edit("two"))) == 1
        assert await waiting(tx) == ["two"]


async def test_the_same_post_in_another_group_is_another(database: Database) -> None:
    async with database.write() as tx:
        await added(tx, edit("one"), group=1)
        await added(tx, edit("two"), group=2)
        assert await waiting(tx) == ["one", "two"]


async def test_a_content_that_is_under_way_is_not_taken_back(database: Database) -> None:
    async with database.write() as tx:
        await outbox.mark_sending(tx, await added(tx, edit("one")), NOW)
        await added(tx, edit("two"))
        assert await waiting(tx) == ["one", "two"]


async def test_a_content_that_answers_a_press_stays(database: Database) -> None:
    async with database.write() as tx:
        await added(tx, edit("one", answering="i1"))
        await added(tx, edit("two", answering="i2"))
        assert await waiting(tx) == ["one", "two"]


async def test_posts_all_wait(database: Database) -> None:
    async with database.write() as tx:
        await added(tx, *(Post(chat=HERE, text=Text.of(t), name="games:1") for t in ("a", "b")))
        assert await waiting(tx) == ["a", "b"]


async def test_to_replace_a_content_the_queue_is_not_searched(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    async with database.write() as tx:
        plain = outbox._SUPERSEDED.compile(dialect=tx.connection.dialect)
        rows = await tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {plain}", ("n", 1, "w"))
        assert ["ix_outbox_edits" in row.detail for row in rows] == [True]
    await database.close()
