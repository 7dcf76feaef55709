"""What is kept of ambassadors is told, is forgotten, and follows them into another community."""

from datetime import UTC, datetime

import pytest

from bot.events import CommunityChanged
from bot.features.ambassadors import ask_records, communities, memory, records
from bot.features.ambassadors.rules import Asked, State
from bot.refs import ChatRef, MemberRef
from bot.store import groups, members
from bot.store.database import Database
from bot.store.groups import Group
from tests.features.ambassadors.library import HOME, context

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANN, BEN = MemberRef("local", "ann"), MemberRef("local", "ben")


@pytest.fixture
async def home(database: Database) -> Group:
    """Ann and Ben are ambassadors; Ann wrote an opening."""
    async with database.write() as tx:
        group = await groups.create(tx, HOME, NOON, title="Friends")
        for member in (ANN, BEN):
            await members.joined(tx, group.id, member, member.id, NOON, is_bot=False)
            await records.note(tx, group.community, group.id, member, State.AGREED, NOON)
        ask = await ask_records.create(tx, group.id, "prompt:1:x", ANN, "What is new?", NOON)
        await ask_records.change(tx, ask, Asked.WRITTEN, written="A lot.")
    return group


async def test_everything_is_told(database: Database, home: Group) -> None:
    async with database.read() as tx:
        told = str(await memory.kept(tx, ANN))
    assert all(part in told for part in ("agreed", "What is new?", "A lot."))


async def test_everything_is_forgotten(database: Database, home: Group) -> None:
    async with database.write() as tx:
        await memory.forget(tx, ANN)
        assert not any((await memory.kept(tx, ANN)).values())


async def test_others_are_not_forgotten(database: Database, home: Group) -> None:
    async with database.write() as tx:
        await memory.forget(tx, ANN)
        assert await records.of(tx, home.community, BEN)


async def moved(database: Database, home: Group, *, emptied: bool) -> tuple[int, list[str]]:
    """The group joins another community; who is an ambassador there."""
    async with database.write() as tx:
        other = await groups.create(tx, ChatRef("local", "others"), NOON, title="Others")
        changed = CommunityChanged(
            id="c",
            at=NOON,
            chat=HOME,
            group_id=home.id,
            before=home.community,
            after=other.community,
            emptied=emptied,
        )
        await communities.changed(context(tx, home, NOON), changed)
        there = await records.of_community(tx, other.community)
        left = await records.of_community(tx, home.community)
    return len(left), [who.member for who in there]


async def test_a_group_takes_its_ambassadors_along(database: Database, home: Group) -> None:
    assert await moved(database, home, emptied=True) == (0, [str(ANN), str(BEN)])


async def test_a_group_that_leaves_others_behind_takes_a_copy(
    database: Database, home: Group
) -> None:
    assert await moved(database, home, emptied=False) == (2, [str(ANN), str(BEN)])


async def test_who_is_not_in_the_group_stays_where_they_were(
    database: Database, home: Group
) -> None:
    async with database.write() as tx:
        await members.left(tx, home.id, BEN, NOON)
    assert await moved(database, home, emptied=False) == (2, [str(ANN)])


async def test_a_stop_is_taken_along_too(database: Database, home: Group) -> None:
    async with database.write() as tx:
        await records.stop(tx, BEN, home.community, NOON)
    await moved(database, home, emptied=True)
    async with database.read() as tx:
        (group,) = [g for g in await groups.active(tx) if g.native == "others"]
        who = await records.of(tx, group.community, BEN)
    assert who is not None
    assert who.state == State.STOPPED
