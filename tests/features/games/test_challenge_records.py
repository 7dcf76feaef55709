"""Challenges as they are kept, on each database."""

from bot.features.games import challenge_records as records
from bot.features.games.challenge_records import Challenge, State
from bot.play import Pace
from bot.refs import MemberRef
from bot.store.database import Database
from tests.games.players import START

ANN = MemberRef("local", "ann")


async def challenged(database: Database, home: int = 1, there: int = 2) -> int:
    async with database.write() as tx:
        return await records.create(
            tx,
            game="connect",
            pace=Pace.SLOW,
            home=home,
            room="general",
            there=there,
            member=str(ANN),
            at=START,
        )


async def test_a_challenge_is_read_as_it_was_made(database: Database) -> None:
    number = await challenged(database)
    async with database.write() as tx:
        found = await records.by_id(tx, number)
    assert found == Challenge(number, "connect", Pace.SLOW, 1, "general", 2, ANN, State.OPEN, START)


async def test_one_that_is_settled_is_open_no_more(database: Database) -> None:
    number = await challenged(database)
    async with database.write() as tx:
        assert await records.open_at(tx, 2)
        await records.settle(tx, number, State.DECLINED)
        assert not await records.open_at(tx, 2)
        assert await records.open_of(tx, 1) == []


async def test_those_of_a_group_are_by_it_and_to_it(database: Database) -> None:
    by, to, _ = [await challenged(database, *both) for both in ((1, 2), (3, 1), (2, 3))]
    async with database.read() as tx:
        assert [challenge.id for challenge in await records.open_of(tx, 1)] == [by, to]


async def test_the_latest_between_two_groups_is_that_of_the_same_direction(
    database: Database,
) -> None:
    for both in ((1, 2), (1, 2), (2, 1)):
        last = await challenged(database, *both)
    async with database.read() as tx:
        found = await records.latest(tx, 1, 2)
        assert found
        assert found.id == last - 1
        assert await records.latest(tx, 1, 3) is None


async def test_forgetting_who_challenged_leaves_the_challenge(database: Database) -> None:
    number = await challenged(database)
    async with database.write() as tx:
        await records.forget(tx, ANN)
        found = await records.by_id(tx, number)
    assert found
    assert found.member is None
    assert found.state is State.OPEN


async def test_a_new_challenge_takes_the_place_of_one_that_is_settled(database: Database) -> None:
    first = await challenged(database)
    async with database.write() as tx:
        await records.settle(tx, first, State.LAPSED)
    second = await challenged(database)
    async with database.read() as tx:
        assert [challenge.id for challenge in await records.of_member(tx, ANN)] == [second]
