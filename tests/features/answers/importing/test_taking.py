"""Messages of the past as activity, on both databases."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.events import MessagePosted
from bot.features.answers.importing import taking
from bot.features.answers.importing.taking import Taken
from bot.refs import ChatRef, MemberRef
from bot.store import activity, groups, members
from bot.store.activity import Act
from bot.store.database import Database
from bot.store.groups import Group
from bot.store.migrate import migrate
from bot.store.rollups import activity as activity_table
from bot.store.rollups import member_month, member_state, pairs, room_state
from bot.store.schema import roster, to_ms

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
ANN, BEN, CAT = (MemberRef("local", name) for name in ("ann", "ben", "cat"))


def said(number: int, who: MemberRef, *, days: int = 100, to: MemberRef | None = None) -> Any:
    """A message of so many days ago."""
    return MessagePosted(
        id=f"l:m:{number}",
        at=NOW - timedelta(days=days),
        chat=ChatRef("local", "friends", "general"),
        member=who,
        name=who.id.title(),
        message=str(number),
        text="Hello",
        reply_to_member=to,
    )


@pytest.fixture
async def group(database: Database) -> Group:
    await migrate(database)
    async with database.write() as tx:
        return await groups.create(tx, ChatRef("local", "friends"), NOW)


async def take(
    database: Database, group: Group, events: Sequence[MessagePosted], *, whole: bool = False
) -> Taken:
    async with database.write() as tx:
        left_out = await taking.to_leave_out(tx, group.id, events)
        return await taking.take_in(tx, group, events, left_out, whole_roster=whole)


async def heard_live(database: Database, group: Group, event: MessagePosted) -> None:
    async with database.write() as tx:
        where = (group.id, "general", str(event.member), to_ms(event.at), None, event.message)
        await activity.append(tx, [(event.id, int(Act.MESSAGE), *where)])
        await activity.fold(tx)


async def all_of(database: Database, table: Any) -> list[Any]:
    async with database.read() as tx:
        return list(await tx.all(select(table)))


async def test_taking_in_twice_changes_nothing(database: Database, group: Group) -> None:
    events = [said(1, ANN), said(2, BEN, to=ANN)]
    assert await take(database, group, events) == Taken(2, 0)
    assert await take(database, group, events) == Taken(0, 2)
    assert [row.messages for row in await all_of(database, member_state)] == [1, 1]


async def test_what_was_heard_live_is_known(database: Database, group: Group) -> None:
    await heard_live(database, group, said(1, ANN))
    assert await take(database, group, [said(1, ANN), said(2, ANN)]) == Taken(1, 1)


async def test_old_messages_widen_the_span_of_a_member(database: Database, group: Group) -> None:
    await heard_live(database, group, said(9, ANN, days=1))
    await take(database, group, [said(1, ANN, days=400), said(2, ANN, days=30)])
    [state] = await all_of(database, member_state)
    first, last = to_ms(NOW - timedelta(days=400)), to_ms(NOW - timedelta(days=1))
    assert (state.first_at, state.last_at, state.last_spoke_at) == (first, last, last)
    assert len(await all_of(database, member_month)) == 3


async def test_who_answered_whom_is_known(database: Database, group: Group) -> None:
    await take(database, group, [said(1, BEN, to=ANN), said(2, BEN, to=ANN, days=300)])
    [pair] = await all_of(database, pairs)
    assert (pair.member, pair.peer, pair.messages) == ("local:ben", "local:ann", 2)
    assert pair.first_at == to_ms(NOW - timedelta(days=300))


async def test_the_last_message_of_a_room_is_still_what_was_heard_live(
    database: Database, group: Group
) -> None:
    await heard_live(database, group, said(9, ANN, days=1))
    await take(database, group, [said(1, ANN)])
    [room] = await all_of(database, room_state)
    assert room.last_message == "9"


async def test_programs_are_left_out(database: Database, group: Group) -> None:
    async with database.write() as tx:
        await members.joined(tx, group.id, CAT, "Cat", None, True)
    assert await take(database, group, [said(1, CAT), said(2, ANN)]) == Taken(1, 0)


async def test_who_had_themselves_forgotten_does_not_come_back(
    database: Database, group: Group
) -> None:
    await heard_live(database, group, said(1, ANN))
    async with database.write() as tx:
        await tx.execute(activity_table.update().values(member="", peer=None))
    events = [said(1, ANN), said(2, ANN), said(3, BEN, to=ANN)]
    assert await take(database, group, events) == Taken(1, 0)
    [row] = [row for row in await all_of(database, activity_table) if row.member]
    assert (row.member, row.peer) == ("local:ben", None)


@pytest.mark.parametrize(("whole", "left"), [(True, True), (False, False)])
async def test_unknown_people_have_left_where_the_platform_lists_all(
    database: Database, group: Group, whole: bool, left: bool
) -> None:
    await take(database, group, [said(1, ANN)], whole=whole)
    [row] = await all_of(database, roster)
    assert (row.name, row.left_at is not None) == ("Ann", left)


async def test_people_who_are_known_keep_their_name(database: Database, group: Group) -> None:
    async with database.write() as tx:
        await members.seen(tx, [(group.id, str(ANN), "Annette")])
    await take(database, group, [said(1, ANN)], whole=True)
    [row] = await all_of(database, roster)
    assert (row.name, row.left_at) == ("Annette", None)


async def test_many_messages_come_in_at_once(database: Database, group: Group) -> None:
    events = [said(number, ANN) for number in range(1_000)]
    assert await take(database, group, [*events, *events[:5]]) == Taken(1_000, 0)
