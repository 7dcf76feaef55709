"""Who is quiet, as the tables tell it, on both databases."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.features.quiet import people
from bot.features.quiet.reasons import NAMED, Kind
from bot.refs import ChatRef, MemberRef
from bot.store import groups, identities, members
from bot.store.activity import Act
from bot.store.database import Database
from tests.features.quiet.library import Crowd

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def crowd(database: Database) -> Crowd:
    async with database.write() as tx:
        group = await groups.create(tx, ChatRef("local", "friends", "home"), NOW)
    return Crowd(database, group, NOW)


async def test_only_the_quiet_ones_have_a_kind(crowd: Crowd) -> None:
    ann = await crowd.quiet("Ann", Kind.FADED)
    async with crowd.database.read() as tx:
        assert await people.kinds(tx, crowd.group.id, [ann, "local:ben"]) == {ann: Kind.FADED}


async def test_who_acted_since_is_not_quiet_any_more(crowd: Crowd) -> None:
    ann = await crowd.quiet("Ann", Kind.OVERDUE, since=30)
    await crowd.acts(ann)
    async with crowd.database.read() as tx:
        assert await people.kinds(tx, crowd.group.id, [ann]) == {}
        assert await people.drawn(tx, crowd.group.id, NAMED, Random(1), 3) == []
        assert await people.names(tx, crowd.group.id, Kind.OVERDUE, 10, NOW) == []


async def test_no_more_are_drawn_than_asked_for(crowd: Crowd) -> None:
    for number in range(9):
        await crowd.quiet(f"P{number}", NAMED[number % 3], draw=number / 9)
    async with crowd.database.read() as tx:
        found = await people.drawn(tx, crowd.group.id, NAMED, Random(1), 4)
    assert len({member for member, _ in found}) == 4


async def test_only_the_wanted_kinds_are_drawn(crowd: Crowd) -> None:
    ann = await crowd.quiet("Ann", Kind.NEW)
    await crowd.quiet("Ben", Kind.READER)
    await crowd.quiet("Cid", Kind.FADED)
    async with crowd.database.read() as tx:
        found = await people.drawn(tx, crowd.group.id, [Kind.NEW], Random(1), 9)
    assert found == [(ann, Kind.NEW)]


async def test_everybody_comes_round_whatever_their_place(crowd: Crowd) -> None:
    for number in range(4):
        await crowd.quiet(f"P{number}", Kind.NEW, draw=number / 4 + 0.1)
    async with crowd.database.read() as tx:
        draws = [
            await people.drawn(tx, crowd.group.id, [Kind.NEW], Random(seed), 1)
            for seed in range(100)
        ]
    seen = Counter(member for draw in draws for member, _ in draw)
    assert len(seen) == 4
    assert min(seen.values()) > 10


async def test_people_are_counted_by_kind(crowd: Crowd) -> None:
    await crowd.quiet("Ann", Kind.NEW)
    await crowd.quiet("Ben", Kind.NEW)
    await crowd.quiet("Cid", Kind.READER)
    async with crowd.database.read() as tx:
        assert await people.counts(tx, crowd.group.id) == {Kind.NEW: 2, Kind.READER: 1}


async def test_names_come_in_pages_that_do_not_overlap(crowd: Crowd) -> None:
    for number in range(5):
        await crowd.quiet(f"P{number}", Kind.NEW, draw=0.5)
    async with crowd.database.read() as tx:
        pages = [
            await people.names(tx, crowd.group.id, Kind.NEW, 2, NOW, start) for start in (0, 2, 4)
        ]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({name for page in pages for _, name in page}) == 5


async def test_who_left_is_not_named(crowd: Crowd) -> None:
    await crowd.left(await crowd.quiet("Ann", Kind.NEW))
    async with crowd.database.read() as tx:
        assert await people.names(tx, crowd.group.id, Kind.NEW, 2, NOW) == []


@pytest.mark.parametrize("under", ["local:ann", "discord:7"])
async def test_who_is_away_under_any_account_counts_as_away(crowd: Crowd, under: str) -> None:
    ann, other = MemberRef("local", "ann"), MemberRef("discord", "7")
    await crowd.quiet("Ann", Kind.FADED)
    async with crowd.database.write() as tx:
        await identities.link(tx, ann, other, NOW)
        await members.prefer(tx, MemberRef.parse(under), away_until=NOW + timedelta(days=3))
        assert await people.away(tx, crowd.group.id, NOW) == {"faded": 1}
        assert await people.names(tx, crowd.group.id, Kind.FADED, 2, NOW) == []
        later = NOW + timedelta(days=4)
        assert await people.away(tx, crowd.group.id, later) == {}


async def test_earlier_days_and_messages_are_counted_up_to_yesterday(crowd: Crowd) -> None:
    ann = await crowd.person("Ann", wrote=[0, 1, 1.01, 5, 84, 85], reacted=[7])
    async with crowd.database.read() as tx:
        found = await people.earlier(tx, crowd.group.id, [ann, "local:ben"], NOW)
    assert found == {ann: (4, 4), "local:ben": (0, 0)}


async def test_a_vote_is_a_day_but_no_message(crowd: Crowd) -> None:
    ann = await crowd.person("Ann")
    await crowd.acts(ann, ago=3, act=Act.REACTION)
    async with crowd.database.read() as tx:
        assert await people.earlier(tx, crowd.group.id, [ann], NOW) == {ann: (1, 0)}
