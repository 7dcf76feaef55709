"""Rooms that are lost, people who leave, groups that part."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.local.client import EVERYTHING, LocalAdapter
from bot.effects import AnyEffect, Edit, Post
from bot.features.games import plays
from bot.features.games.plays import Phase, Played
from bot.ports import Can, Rejected, Unreachable
from bot.store.database import Database
from tests.dialogue import Talk
from tests.features.conftest import MakeTalk
from tests.features.games.neighbours import Neighbours, neighbours
from tests.features.games.relay import LONG, Relay, relay
from tests.stages.local import LocalStage


async def played(database: Database, number: int = 1) -> Played:
    async with database.read() as tx:
        found = await plays.load(tx, number)
    assert found
    return found


@pytest.fixture
async def game(on_local: MakeTalk) -> Relay:
    """A slow relay where faults can be made."""
    return await relay(await on_local(can=EVERYTHING & ~Can.DEDUPE))


def breaks(game: Relay, fault: Callable[[AnyEffect], Exception | None]) -> None:
    adapter = game.talk.app.adapters[0]
    assert isinstance(adapter, LocalAdapter)
    adapter.faults = lambda effect, token, done: None if done else fault(effect)


def stage(game: Relay) -> LocalStage:
    assert isinstance(game.talk.stage, LocalStage)
    return game.talk.stage


async def phase(game: Relay) -> Phase:
    return (await played(game.talk.app.database)).phase


async def test_who_leaves_the_group_leaves_the_game(talk: Talk) -> None:
    game = await relay(talk)
    gone = game.first
    await gone.leaves()
    assert game.writer is not gone
    found = await played(talk.app.database)
    assert [seat.name for seat in found.players] == [game.writer.name]


async def test_a_host_who_leaves_hands_the_game_on(talk: Talk) -> None:
    game = await relay(talk)
    await game.ann.leaves()
    await game.ben.says("/game stop")
    await game.told("can't be undone", to=game.ben)


async def test_a_host_who_only_watched_hands_it_on_too(talk: Talk) -> None:
    game = await relay(talk)
    await game.ann.says("/game leave")
    await game.ben.says("/game leave")
    await game.cleo.says("/game start story slow")
    for actor in (game.ann, game.ben):
        await actor.presses(game.board, "Join")
    await game.cleo.leaves()
    found = await played(talk.app.database, 2)
    assert found.host == found.players[0].member


async def test_when_everybody_has_left_the_game_is_over(talk: Talk) -> None:
    game = await relay(talk)
    await game.ann.leaves()
    await game.ben.leaves()
    assert (await played(talk.app.database)).phase is Phase.OVER
    assert game.board.buttons == () or "⋯" not in game.board.buttons


async def test_a_board_that_was_deleted_is_posted_again(game: Relay) -> None:
    old = game.board.id
    broken = [old]

    def gone(effect: AnyEffect) -> Exception | None:
        mine = isinstance(effect, Edit) and effect.message and effect.message.id in broken
        return Rejected("no such message") if mine else None

    breaks(game, gone)
    await game.first.says(LONG, reply_to=game.board)
    assert game.board.id != old
    assert LONG in game.board.text
    await game.writer.presses(game.board, "Pass")
    assert await phase(game) is Phase.PLAYING


async def test_a_game_whose_room_is_closed_ends(game: Relay) -> None:
    breaks(game, lambda effect: Unreachable("closed") if isinstance(effect, Edit | Post) else None)
    await game.first.presses(game.board, "Pass")
    assert await phase(game) is Phase.OVER


async def test_a_lobby_that_can_not_be_posted_leaves_the_room_free(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.DEDUPE)
    ann = await talk.person("Ann")
    broken = Relay(talk, ann, ann, ann)
    breaks(broken, lambda effect: Rejected("no") if isinstance(effect, Post) else None)
    await ann.says("/game start story slow")
    breaks(broken, lambda effect: None)
    await ann.says("/game start story slow")
    assert "In so far" in broken.board.text


async def test_a_bot_that_was_sent_away_waits_for_nothing(game: Relay) -> None:
    stage(game).world.remove_bot(stage(game).group.id)
    await game.talk.settled()
    assert await phase(game) is Phase.OVER
    await game.talk.later(days=3)


async def test_a_group_that_moved_plays_on(game: Relay) -> None:
    world = stage(game).world
    world.move_group(stage(game).group.id)
    await game.talk.settled()
    await game.talk.later(hours=25)
    assert (await played(game.talk.app.database)).play is not None
    assert await phase(game) is Phase.PLAYING


async def test_a_paused_group_answers_who_plays(talk: Talk) -> None:
    game = await relay(talk)
    dora = await talk.person("Dora", moderator=True)
    await dora.says("/pause")
    await game.first.says(LONG, reply_to=game.board)
    assert LONG in game.board.text


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Neighbours]:
    async for made in neighbours(open_store):
        yield made


async def between(town: Neighbours) -> Played:
    """A game between Lisbon and Porto."""
    await town.challenges(town.cal, town.lisbon)
    asked = town.last(town.porto, "challenges you to a game")
    await town.presses(town.dia, asked, "Accept")
    return await played(town.app.database)


async def test_groups_that_part_end_their_game_kindly(town: Neighbours) -> None:
    begun = await between(town)
    assert len(begun.rooms) == 2
    await town.gives(town.ben, town.porto, "/community leave")
    assert (await played(town.app.database)).phase is Phase.OVER
    for group in (town.lisbon, town.porto):
        assert "no longer with us" in str(town.last(group, "Connect four", "ended early").text)


async def test_the_other_group_is_told_when_the_bot_was_sent_away(town: Neighbours) -> None:
    await between(town)
    town.world.remove_bot(town.porto.id)
    await town.app.settle()
    assert (await played(town.app.database)).phase is Phase.OVER
    assert "no longer with us" in str(town.last(town.lisbon, "ended early").text)
