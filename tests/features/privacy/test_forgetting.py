"""Everything that names a person can be told, and is forgotten on demand."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Column, String, Table, Text, insert, select

from bot.app import features
from bot.effects import Whisper, to_json
from bot.feature import Feature
from bot.recall import Recall
from bot.refs import ChatRef, MemberRef
from bot.router import Router
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.schema import Moment, communities, groups, metadata
from bot.surroundings import Around
from bot.text import Text as Words

ANN, BEN = MemberRef("local", "ann"), MemberRef("local", "ben")
NAME = "Ann of Green Gables"
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
SYSTEMS: list[Feature] = features()

PEOPLE = {
    *("member", "peer", "author", "decided_by", "solved_by", "thanked_by"),
    *("person", "taken_by"),
}
"""Columns that hold a member; a new one belongs here, or the second test fails."""
NAMES = {"member_name", "author_name"}
LISTS = {"quiet_proposals.candidates", "quiet_proposals.without"}
"""Columns that hold several people as JSON."""
ONE_OF_A_FEW = {"games_challenges.pace": "live", "games_challenges.state": "open"}
"""Columns that hold one of a few words."""
NO_PEOPLE = {"leases.owner", "groups.room", "groups.moderators_room"}


def is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, String | Text)


def names_somebody(table: Table) -> bool:
    return any(column.name in PEOPLE or str(column) in LISTS for column in table.columns)


def listed(column: Column[Any], person: str) -> str:
    """This one and somebody else, as the column holds them."""
    if column.name == "without":
        return json.dumps([person, "local:zed"])
    return json.dumps([candidate(person), candidate("local:zed")])


def candidate(person: str) -> dict[str, Any]:
    """Somebody who could be named in a post."""
    name = NAME if person == str(ANN) else "Ben"
    return {"member": person, "name": name, "kind": "new", "why": "joined"}


def row_about(table: Table, person: str, number: int) -> dict[str, Any]:
    """A row of any table in which every column about people is about this one."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name in PEOPLE:
            row[column.name] = person
        elif column.name in NAMES:
            row[column.name] = NAME if person == str(ANN) else "Ben"
        elif str(column) in LISTS:
            row[column.name] = listed(column, person)
        elif str(column) in ONE_OF_A_FEW:
            row[column.name] = ONE_OF_A_FEW[str(column)]
        elif column.name == "chosen":
            row[column.name] = "{}"
        elif isinstance(column.type, Moment):
            row[column.name] = NOW
        elif is_text(column):
            row[column.name] = f"{column.name[:3]}{number}"
        elif column.type.python_type in (int, bytes, bool, float):
            row[column.name] = column.type.python_type(number) if column.name != "id" else number
    if table.name == "activity":
        row["at"], row["kind"] = 1_764_000_000_000, 1
    return row


@pytest.fixture
async def filled(database: Database) -> Database:
    """Every table that names people has a row about Ann and one about Ben."""
    await migrate(database)
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
        for table in metadata.sorted_tables:
            if names_somebody(table):
                await tx.execute(insert(table).values(row_about(table, str(ANN), 1)))
                await tx.execute(insert(table).values(row_about(table, str(BEN), 2)))
    return database


def around() -> Around:
    return Around(Router(SYSTEMS), {}, Recall(meaning=False))


async def found(database: Database, person: MemberRef, *texts: str) -> set[str]:
    """The columns in which a person is still named."""
    wanted = (str(person), *texts)
    hits = set()
    async with database.read() as tx:
        for table in metadata.sorted_tables:
            for row in await tx.all(select(table)):
                for column, value in row._mapping.items():
                    if isinstance(value, str) and any(text in value for text in wanted):
                        hits.add(f"{table.name}.{column}")
    return hits


async def test_nothing_names_who_was_forgotten(filled: Database) -> None:
    assert await found(filled, ANN, NAME)
    async with filled.write() as tx:
        await around().forgets(tx, ANN)
    left = await found(filled, ANN, NAME)
    assert left == {"preferences.member"}, "no_pings was set, and only that may stay"


def test_every_column_that_may_hold_a_person_is_known() -> None:
    suspicious = ("member", "peer", "author", "owner", "user", "person", "voter", "asker")
    unknown = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if is_text(column)
        and column.name not in NAMES
        and (column.name.endswith("_by") or any(word in column.name for word in suspicious))
        and column.name not in PEOPLE
    }
    assert unknown - NO_PEOPLE == set()


async def test_the_ids_of_events_do_not_give_somebody_away(database: Database) -> None:
    await migrate(database)
    table = metadata.tables["activity"]
    person = MemberRef("discord", "80351110224678912")
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
        for event in (f"d:r:7:{person.id}:x", f"d:r:8:{person.id}:x", "d:m:9"):
            row = row_about(table, str(person), 0) | {"event": event}
            del row["id"]
            await tx.execute(insert(table).values(row))
        await around().forgets(tx, person)
        events = [row.event for row in await tx.all(select(table.c.event))]
    assert len(set(events)) == 3
    assert "d:m:9" in events
    assert not any(person.id in event for event in events)


async def test_others_are_not_forgotten_with_somebody(filled: Database) -> None:
    before = await found(filled, BEN)
    async with filled.write() as tx:
        await around().forgets(tx, ANN)
    assert await found(filled, BEN) == before


async def test_forgetting_twice_is_harmless(filled: Database) -> None:
    async with filled.write() as tx:
        await around().forgets(tx, ANN)
        await around().forgets(tx, ANN)
    assert await found(filled, ANN, NAME) == {"preferences.member"}


async def test_the_wish_not_to_be_mentioned_outlives_everything(filled: Database) -> None:
    async with filled.write() as tx:
        await around().forgets(tx, ANN)
        preferences = metadata.tables["preferences"]
        row = await tx.first(select(preferences).where(preferences.c.member == str(ANN)))
    assert row is not None
    assert row.no_pings
    assert not row.dm_agreed
    assert (row.language, row.quiet_from, row.zone) == (None, None, None)


async def test_other_wishes_go(database: Database) -> None:
    await migrate(database)
    preferences = metadata.tables["preferences"]
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
        row = {"member": str(ANN), "language": "fr", "no_pings": False, "dm_agreed": True}
        await tx.execute(insert(preferences).values(row))
        await around().forgets(tx, ANN)
        assert await tx.all(select(preferences)) == []


async def test_a_message_that_could_not_be_sent_is_forgotten_with_its_reader(
    database: Database,
) -> None:
    from bot.store import outbox

    await migrate(database)
    note = Whisper(chat=ChatRef("local", "friends"), to=ANN, text=Words.of("for Ann"))
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
        row = outbox.row_of(note, "e", 1, NOW) | {"state": outbox.FAILED}
        await outbox.add(tx, [row, row | {"state": outbox.WAITING}])
        await around().forgets(tx, ANN)
        states = await tx.all(select(metadata.tables["outbox"].c.state))
    assert [row.state for row in states] == [outbox.WAITING]
    assert "ann" in to_json(note)


async def test_what_is_kept_is_told_and_can_be_written_as_json(filled: Database) -> None:
    async with filled.write() as tx:
        await tx.execute(insert(communities).values(id=1, name="Friends"))
        group = {"id": 1, "community": 1, "platform": "local", "native": "f", "title": "Friends"}
        await tx.execute(insert(groups).values(**group, created_at=NOW))
        kept = await around().keeps(tx, ANN)
    text = json.dumps(kept)
    assert "Friends" in text
    assert "tex1" in text, "answers and suggestions are told in their own words"


async def test_nothing_is_told_about_a_stranger(filled: Database) -> None:
    async with filled.write() as tx:
        assert await around().keeps(tx, MemberRef("local", "zoe")) == {}
