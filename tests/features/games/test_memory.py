"""What games keep of somebody: told, forgotten, and let go when it is long over."""

import json
from typing import Any

import msgspec
from sqlalchemy import select

from bot.features.games import plays, tables
from bot.features.games.memory import forget, kept
from bot.features.games.plays import Played
from bot.refs import MemberRef
from tests.dialogue import Actor, Talk
from tests.features.games.relay import LONG, Relay, relay

MINE = "The cat had known it all along."


async def played(talk: Talk, number: int = 1) -> Played:
    async with talk.app.database.read() as tx:
        found = await plays.load(tx, number)
    assert found
    return found


async def everything(talk: Talk) -> str:
    """All that the tables of games hold."""
    found = []
    async with talk.app.database.read() as tx:
        for table in (tables.plays, tables.rooms, tables.seats, tables.held, tables.moves):
            found += [str(row) for row in await tx.all(select(table))]
    return "\n".join(found)


async def who_is(talk: Talk, actor: Actor) -> MemberRef:
    seats = (await played(talk)).seats
    return next(seat.member for seat in seats if seat.name == actor.name and seat.member)


async def written(talk: Talk) -> tuple[Relay, MemberRef]:
    """A relay in which both wrote; whose MINE is."""
    game = await relay(talk)
    await game.first.says(MINE, reply_to=game.board)
    await game.writer.says(LONG, reply_to=game.board)
    return game, await who_is(talk, game.first)


async def told(talk: Talk, member: MemberRef) -> dict[str, Any]:
    async with talk.app.database.read() as tx:
        return dict(await kept(tx, member))


async def test_people_are_told_where_they_sit_and_what_they_wrote(talk: Talk) -> None:
    _, member = await written(talk)
    (line,) = (await told(talk, member))["Games you were in"]
    assert (line["game"], line["group"]) == ("story", "Friends")
    assert line["what you wrote"] == [MINE]
    assert LONG not in json.dumps(await told(talk, member))


async def test_forgetting_leaves_neither_the_account_nor_the_words(talk: Talk) -> None:
    _, member = await written(talk)
    async with talk.app.database.write() as tx:
        await forget(tx, member)
    left = await everything(talk)
    assert MINE not in left
    assert str(member) not in left
    assert LONG in left
    assert not any((await told(talk, member)).values())


async def test_an_open_game_goes_on_with_somebody(talk: Talk) -> None:
    game, member = await written(talk)
    async with talk.app.database.write() as tx:
        await forget(tx, member)
    await talk.later(hours=25)
    assert "somebody" in game.board.text
    assert MINE not in game.board.text
    assert "Take somebody's place" in (await game.panel(game.cleo)).buttons


async def test_the_forgotten_host_hands_the_game_to_whoever_plays(talk: Talk) -> None:
    game, _ = await written(talk)
    member = await who_is(talk, game.ann)
    async with talk.app.database.write() as tx:
        await forget(tx, member)
    assert (await played(talk)).host is None
    await game.ben.says("/game stop")
    await game.told("can't be undone", to=game.ben)


async def test_the_answers_of_the_forgotten_leave_what_the_game_is_made_of(talk: Talk) -> None:
    _, member = await written(talk)
    seat = next(s.seat for s in (await played(talk)).seats if s.member == member)
    table = (await played(talk)).table
    assert table
    items = ({"text": MINE, "by": seat}, {"text": LONG, "by": 1 - seat})
    laid = json.loads(msgspec.json.encode(table)) | {"items": items}
    async with talk.app.database.write() as tx:
        await plays.change(tx, 1, table=json.dumps(laid))
        await forget(tx, member)
    now = (await played(talk)).table
    assert now
    assert [item.text for item in now.items] == ["", LONG]


async def test_a_month_after_the_end_the_words_are_let_go(talk: Talk) -> None:
    game, _ = await written(talk)
    await game.ann.says("/game leave")
    await game.ben.says("/game leave")
    await talk.later(days=29)
    assert MINE in await everything(talk)
    await talk.later(days=3)
    assert MINE not in await everything(talk)
    assert (await played(talk)).seats[0].member is not None
