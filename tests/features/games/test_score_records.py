"""What is kept at the end of a play, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.events import CommunityChanged
from bot.features.games import bests, league_records, meeting_records, plays, score_communities
from bot.features.games.meeting_records import Meetings
from bot.features.games.plays import Phase, Played
from bot.features.games.score_tables import bests as bests_table
from bot.features.games.score_tables import met, results
from bot.play import Result, Score
from bot.refs import ChatRef, MemberRef
from bot.store import groups, identities, members
from bot.store.database import Database, Tx
from bot.store.groups import Group
from bot.store.rollups import member_state, pairs
from bot.store.schema import to_ms

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
RESULT = Result((Score(6, 10),), {0: 4, 1: 7})


def person(name: str) -> MemberRef:
    return MemberRef("local", name)


async def group(tx: Tx, title: str, *, with_: Group | None = None) -> Group:
    """A group, in the community of another one if that is named."""
    made = await groups.create(tx, ChatRef("local", title), NOW, title=title)
    if with_:
        await groups.join_community(tx, made.id, with_.community)
    found = await groups.by_id(tx, made.id)
    assert found
    return found


async def was_there(tx: Tx, where: Group, name: str, since: datetime) -> None:
    """Somebody who spoke at a moment for the first time, and just now."""
    row = {"group_id": where.id, "member": str(person(name)), "messages": 1, "reactions": 0}
    await tx.put(member_state, row | {"first_at": to_ms(since), "last_at": to_ms(NOW)})
    await members.joined(tx, where.id, person(name), name.title(), None, is_bot=False)


async def spoke(tx: Tx, where: Group, one: str, other: str, at: datetime = LONG_AGO) -> None:
    """One answered the other."""
    row = {"group_id": where.id, "member": str(person(one)), "peer": str(person(other))}
    await tx.put(pairs, row | {"first_at": to_ms(at), "messages": 1})


async def played(
    tx: Tx, where: Group, *names: str, key: str = "story", begun_at: datetime = NOW
) -> Played:
    """A play in which these people moved."""
    row: dict[str, Any] = {"community": where.community, "game": key, "phase": Phase.OVER}
    row |= {"pace": "live", "turn": 120, "language": "en", "seed": "s", "made_at": begun_at}
    place = {"group_id": where.id, "room": "general"}
    number = await plays.create(tx, row | {"begun_at": begun_at}, place)
    for name in names:
        now = await plays.load(tx, number)
        assert now
        await plays.sit(tx, now, person(name), where.id, NOW, moves=1)
    now = await plays.load(tx, number)
    assert now
    return now


async def met_in(tx: Tx, game: Played) -> list[tuple[str, str]]:
    """Who met for the first time; it is kept."""
    found = await meeting_records.of_play(tx, game, RESULT)
    await meeting_records.keep(tx, game, found.fresh, NOW)
    return [(str(one.member), str(other.member)) for one, other in found.fresh]


async def record(tx: Tx, game: Played, where: Group) -> dict[str, Any]:
    """The row of a play with a single side."""
    meetings = await meeting_records.of_play(tx, game, RESULT)
    await league_records.record(tx, game, RESULT, meetings, {where.id: where}, NOW)
    row = await tx.first(select(results).where(results.c.play == game.id))
    assert row
    return dict(row._mapping)


async def test_strangers_meet_once(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        first = await played(tx, home, "ann", "ben")
        assert await met_in(tx, first) == [("local:ann", "local:ben")]
        assert await met_in(tx, await played(tx, home, "ben", "ann")) == []


async def test_a_word_in_any_group_of_the_community_counts(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        await spoke(tx, await group(tx, "Sister", with_=home), "ben", "ann")
        assert await met_in(tx, await played(tx, home, "ann", "ben")) == []


async def test_a_word_in_another_community_is_not_known_here(database: Database) -> None:
    async with database.write() as tx:
        await spoke(tx, await group(tx, "Elsewhere"), "ben", "ann")
        home = await group(tx, "Home")
        assert len(await met_in(tx, await played(tx, home, "ann", "ben"))) == 1


async def test_a_word_during_the_play_does_not_count(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        await spoke(tx, home, "ann", "ben", NOW)
        game = await played(tx, home, "ann", "ben", begun_at=NOW - timedelta(hours=1))
        assert len(await met_in(tx, game)) == 1


async def test_a_word_under_another_account_counts(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        await identities.link(tx, person("ann"), person("anna"), NOW)
        await spoke(tx, home, "anna", "ben")
        assert await met_in(tx, await played(tx, home, "ann", "ben")) == []


async def test_two_accounts_of_one_person_do_not_meet(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        await identities.link(tx, person("ann"), person("anna"), NOW)
        assert await met_in(tx, await played(tx, home, "ann", "anna")) == []


async def test_people_met_are_told_by_name_and_the_latest_first(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        for name in ("ann", "ben", "cleo"):
            await members.joined(tx, home.id, person(name), name.title(), None, is_bot=False)
        for number, other in enumerate(("cleo", "ben")):
            game = await played(tx, home, "ann", other)
            found = await meeting_records.of_play(tx, game, RESULT)
            await meeting_records.keep(tx, game, found.fresh, NOW + timedelta(hours=number))
        assert await meeting_records.names(tx, ["local:ann"]) == ["Ben", "Cleo"]
        assert await meeting_records.names(tx, ["local:ann"], game.id) == ["Ben"]
        assert await meeting_records.names(tx, ["local:ben"]) == ["Ann"]


async def test_a_best_is_kept_until_it_is_beaten(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        first = await played(tx, home, "ann", "ben")
        for figures in ({0: 4, 1: 7}, {0: 3, 1: 7}, {0: 9}):
            await bests.keep(tx, first, Result((), figures), NOW)
        found = await tx.all(select(bests_table).order_by(bests_table.c.member))
        assert [(row.member, row.value, row.before) for row in found] == [
            ("local:ann", 9, 4),
            ("local:ben", 7, None),
        ]


async def test_what_two_people_did_at_a_seat_is_nobody_s_best(database: Database) -> None:
    async with database.write() as tx:
        game = await played(tx, await group(tx, "Home"), "ann", "ben")
        await plays.was_held(tx, game.id, 0, person("cleo"))
        await bests.keep(tx, game, RESULT, NOW)
        found = await tx.all(select(bests_table))
    assert [row.member for row in found] == ["local:ben"]


async def test_who_knows_everybody_still_gets_all_for_mixing_where_all_know_one_another(
    database: Database,
) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        for name in ("ann", "ben"):
            await was_there(tx, home, name, LONG_AGO)
        await spoke(tx, home, "ann", "ben")
        row = await record(tx, await played(tx, home, "ann", "ben"), home)
    assert (row["fresh"], row["pairs"], row["newcomers"]) == (0, 1, 0)
    assert row["league"] == pytest.approx(36 + 40)


async def test_veterans_who_stay_among_themselves_get_nothing_for_mixing(
    database: Database,
) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        for name in ("ann", "ben", "cleo"):
            await was_there(tx, home, name, LONG_AGO)
        await was_there(tx, home, "dora", NOW - timedelta(days=3))
        await spoke(tx, home, "ann", "ben")
        row = await record(tx, await played(tx, home, "ann", "ben"), home)
    assert row["league"] == pytest.approx(36)


async def test_a_newcomer_and_a_stranger_count_against_their_share_of_the_group(
    database: Database,
) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        for name in ("ann", "ben", "cleo"):
            await was_there(tx, home, name, LONG_AGO)
        await was_there(tx, home, "dora", NOW - timedelta(days=3))
        await spoke(tx, home, "ann", "ben")
        await spoke(tx, home, "ben", "ann")
        row = await record(tx, await played(tx, home, "ann", "ben", "dora"), home)
    assert (row["fresh"], row["pairs"], row["newcomers"], row["heads"]) == (2, 3, 1, 3)
    assert row["league"] == pytest.approx(36 + 20 * (2 / 3) / (5 / 6) + 20)


async def test_who_only_plays_is_active_too(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        row = await record(tx, await played(tx, home, "ann", "ben"), home)
    assert (row["newcomers"], row["fresh"]) == (2, 1)
    assert row["league"] == pytest.approx(36 + 40)


async def test_somebody_who_joined_long_ago_and_speaks_for_the_first_time_is_no_newcomer(
    database: Database,
) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        await was_there(tx, home, "ann", NOW)
        await members.joined(tx, home.id, person("ann"), "Ann", LONG_AGO, is_bot=False)
        row = await record(tx, await played(tx, home, "ann", "ben"), home)
    assert row["newcomers"] == 1


async def test_the_season_is_that_of_the_group_s_own_month(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        await groups.change(tx, home.id, zone="Pacific/Auckland")
        found = await groups.by_id(tx, home.id)
        assert found
        game = await played(tx, home, "ann", "ben")
        evening = datetime(2026, 11, 30, 20, tzinfo=UTC)
        await league_records.record(tx, game, RESULT, Meetings((), ()), {home.id: found}, evening)
        season = await tx.scalar(select(results.c.season))
    assert season == "2026-12"


async def test_two_teams_of_a_group_count_with_their_mean(database: Database) -> None:
    async with database.write() as tx:
        home = await group(tx, "Home")
        game = await played(tx, home, "ann", "ben", key="connect")
        await plays.change_seat(tx, game.id, 1, side=1)
        now = await plays.load(tx, game.id)
        assert now
        two = Result((Score(100, 100), Score(0, 100)))
        await league_records.record(tx, now, two, Meetings((), ()), {home.id: home}, NOW)
        found = await league_records.plays_of(tx, home.community, "2026-11")
    assert found == {home.id: [30.0]}


def moved(where: Group, after: int, *, emptied: bool) -> CommunityChanged:
    return CommunityChanged(
        id="e",
        at=NOW,
        chat=where.chat,
        group_id=where.id,
        before=where.community,
        after=after,
        emptied=emptied,
    )


class OnlyTx:
    """What the handler needs of a context."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx


@pytest.mark.parametrize("emptied", [True, False])
async def test_who_met_has_met_in_the_new_community_too(database: Database, emptied: bool) -> None:
    async with database.write() as tx:
        home, other = await group(tx, "Home"), await group(tx, "Other")
        for name in ("ann", "ben"):
            await members.joined(tx, home.id, person(name), name.title(), None, is_bot=False)
        game = await played(tx, home, "ann", "ben", "cleo")
        await met_in(tx, game)
        await record(tx, game, home)
        ctx: Any = OnlyTx(tx)
        await score_communities.changed(ctx, moved(home, other.community, emptied=emptied))
        found = await tx.all(select(met).order_by(met.c.member, met.c.peer))
        there = [(r.member, r.peer) for r in found if r.community == other.community]
        left = [r for r in found if r.community == home.community]
        assert await tx.scalar(select(results.c.community)) == other.community
    assert ("local:ann", "local:ben") in there
    assert len(there) == (3 if emptied else 1)
    assert len(left) == (0 if emptied else 3)
