"""Plays in SQL, on both databases: who is where, who held which seat, what is let go."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.features.games import memory, plays, pruning, tables
from bot.features.games.plays import Phase
from bot.games import game
from bot.play import SAYS, Move, Pace, Sitting, Table, advance, begin
from bot.refs import ChatRef, MemberRef
from bot.store import groups
from bot.store.database import Database, Tx

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ANN, BEN = MemberRef("local", "ann"), MemberRef("local", "ben")
SENTENCE = "It began like any other day."


async def begun(tx: Tx, host: MemberRef = ANN) -> int:
    """A relay of Ann and Ben in a group of its own, in which one sentence was written."""
    group = await groups.create(tx, ChatRef("local", f"g{await _count(tx)}"), NOW, title="Friends")
    row = {
        "community": group.community,
        "game": "story",
        "phase": Phase.PLAYING,
        "pace": Pace.SLOW,
        "turn": int(DAY.total_seconds()),
        "language": "en",
        "seed": "seed",
        "host": str(host),
        "made_at": NOW,
    }
    number = await plays.create(tx, row, {"group_id": group.id, "room": ""})
    for member in (ANN, BEN):
        played = await plays.load(tx, number)
        assert played
        await plays.sit(tx, played, member, group.id, NOW)
    story = game("story")
    table = Table((Sitting(0), Sitting(1)), 1, Pace.SLOW, DAY, "en")
    first = begin(story, table, "seed", NOW)
    (seat,) = story.awaited(first.state)
    done = advance(story, first, Move(SAYS, seat, text=SENTENCE), NOW)
    await plays.keep(tx, number, done.play, done.log, NOW, NOW + DAY)
    return number


async def _count(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).select_from(tables.plays)) or 0)


async def logged(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).select_from(tables.moves)) or 0)


async def group_of(tx: Tx, number: int) -> int:
    played = await plays.load(tx, number)
    assert played
    return played.rooms[0].group_id


async def test_open_games_are_found_by_who_sits_in_them(database: Database) -> None:
    async with database.write() as tx:
        number, other = await begun(tx), await begun(tx)
        assert await plays.open_with(tx, BEN, await group_of(tx, number)) == [number]
        await plays.change_seat(tx, other, 1, left=True)
        assert await plays.open_with(tx, BEN, await group_of(tx, other)) == []


async def test_open_games_are_found_by_who_began_them(database: Database) -> None:
    async with database.write() as tx:
        number = await begun(tx, MemberRef("local", "cleo"))
        cleo, group = MemberRef("local", "cleo"), await group_of(tx, number)
        assert await plays.open_with(tx, cleo, group) == [number]
        await plays.close(tx, number, NOW)
        assert await plays.open_with(tx, cleo, group) == []


async def test_what_was_written_before_a_seat_was_taken_over_is_forgotten(
    database: Database,
) -> None:
    async with database.write() as tx:
        number = await begun(tx)
        played = await plays.load(tx, number)
        assert played
        assert played.play
        writer = played.play.state.sentences[0].seat
        cleo, old = MemberRef("local", "cleo"), (ANN, BEN)[writer]
        await plays.was_held(tx, number, writer, old)
        await plays.change_seat(tx, number, writer, member=str(cleo))
        await memory.forget(tx, old)
        now = await plays.load(tx, number)
        assert now
        assert now.play
        assert SENTENCE not in str(now.play.state)
        assert now.seats[writer].member == cleo


@pytest.mark.parametrize(("days", "kept"), [(29, 1), (31, 0)])
async def test_the_log_of_what_is_long_over_is_let_go(
    database: Database, days: int, kept: int
) -> None:
    async with database.write() as tx:
        number = await begun(tx)
        await plays.close(tx, number, NOW)
        await pruning.let_go(tx, NOW + DAY * days - pruning.KEPT)
        assert await logged(tx) == kept
        played = await plays.load(tx, number)
        assert played
        assert len(played.seats) == 2
        assert (played.play is not None) == bool(kept)


async def test_what_goes_on_is_never_let_go(database: Database) -> None:
    async with database.write() as tx:
        await begun(tx)
        assert await pruning.let_go(tx, NOW + DAY * 400) == 0
        assert await logged(tx) == 1
