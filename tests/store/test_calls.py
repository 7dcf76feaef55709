"""Who was named where: kept, found again, taken back."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from bot.effects import Button, Call, Floor
from bot.refs import ChatRef, MemberRef
from bot.store import calls, groups, members, merge
from bot.store.database import Database
from bot.store.schema import calls as calls_table
from bot.text import Text, mention

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANN, BEN = MemberRef("local", "ann"), MemberRef("local", "ben")
NOT_ME = ((Button("Not me", "quiet.not"),),)


def line(who: MemberRef) -> Call:
    return Call(who, Text.of(mention(who, who.id), ", what do you think?"))


FLOOR = Floor((line(BEN), line(ANN)), NOT_ME)


async def test_a_post_keeps_its_names_in_their_order_and_its_buttons(database: Database) -> None:
    async with database.write() as tx:
        await calls.record(tx, FLOOR, 1, "prompt:1", NOW)
        assert await calls.floor_of(tx, 1, "prompt:1") == FLOOR


async def test_a_post_without_names_has_no_floor(database: Database) -> None:
    async with database.write() as tx:
        await calls.record(tx, Floor(()), 1, "prompt:1", NOW)
        await calls.record(tx, FLOOR, 2, "prompt:1", NOW)
        assert await calls.floor_of(tx, 1, "prompt:1") is None


async def test_who_is_deleted_is_no_longer_in_the_post(database: Database) -> None:
    async with database.write() as tx:
        await calls.record(tx, FLOOR, 1, "prompt:1", NOW)
        await tx.execute(delete(calls_table).where(calls_table.c.member == str(BEN)))
        assert await calls.floor_of(tx, 1, "prompt:1") == Floor((line(ANN),), NOT_ME)


async def test_calls_are_told_newest_first(database: Database) -> None:
    async with database.write() as tx:
        for days in (5, 1, 9):
            at = NOW - timedelta(days=days)
            await calls.record(tx, Floor((line(ANN),)), 1, f"prompt:{days}", at)
        found = await calls.since(tx, [str(ANN)], NOW - timedelta(days=9))
        assert [row.post for row in found] == ["prompt:1", "prompt:5"]


async def test_an_answer_is_noted_once_and_only_for_what_came_after(database: Database) -> None:
    async with database.write() as tx:
        for days in (30, 2):
            at = NOW - timedelta(days=days)
            await calls.record(tx, FLOOR, 1, f"prompt:{days}", at)
        for later in (timedelta(0), timedelta(hours=1)):
            after = NOW - timedelta(days=3)
            await calls.answered(tx, [str(ANN)], NOW + later, after=after)
        told = [
            row.answered_at
            for row in await calls.since(tx, [str(ANN)], NOW.min.replace(tzinfo=UTC))
        ]
        assert told == [NOW, None]
        assert [row.answered_at for row in await calls.in_post(tx, 1, "prompt:2")] == [None, NOW]


async def test_what_never_went_out_is_withdrawn_alone(database: Database) -> None:
    async with database.write() as tx:
        await calls.record(tx, FLOOR, 1, "prompt:1", NOW - timedelta(days=1))
        await calls.record(tx, FLOOR, 1, "prompt:1", NOW)
        await calls.withdraw(tx, 1, "prompt:1", NOW)
        assert len(await calls.in_post(tx, 1, "prompt:1")) == 2


async def test_names_stay_with_a_group_that_moves(database: Database) -> None:
    old, new = ChatRef("local", "old", "r"), ChatRef("local", "new", "r")
    async with database.write() as tx:
        first = await groups.create(tx, old, NOW)
        second = await groups.create(tx, new, NOW)
        await members.joined(tx, second.id, ANN, "Ann", None, False)
        await calls.record(tx, FLOOR, second.id, "prompt:1", NOW)
        await merge.moved(tx, first, new)
        assert await calls.floor_of(tx, first.id, "prompt:1") == FLOOR
