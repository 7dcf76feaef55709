"""One person, one seat; and a clear answer to whoever presses what is not for them."""

from datetime import UTC, datetime

from bot.events import ChoiceMade
from bot.features.games import plays
from bot.refs import MemberRef
from bot.store import identities, members
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.features.games.relay import LONG, relay
from tests.stages.local import LocalStage

NOW = datetime(2026, 11, 23, tzinfo=UTC)


async def member_of(talk: Talk, actor: Actor) -> MemberRef:
    """Somebody's account, by the seat that they have."""
    async with talk.app.database.read() as tx:
        played = await plays.load(tx, 1)
    assert played
    return next(s.member for s in played.seats if s.name == actor.name and s.member)


async def linked(talk: Talk, one: MemberRef, other: MemberRef) -> None:
    async with talk.app.database.write() as tx:
        await identities.link(tx, one, other, NOW)


async def seats(talk: Talk) -> list[str]:
    async with talk.app.database.read() as tx:
        played = await plays.load(tx, 1)
    return [seat.name for seat in played.players] if played else []


async def test_a_second_account_of_the_same_person_has_no_second_seat(talk: Talk) -> None:
    game = await relay(talk)
    await game.cleo.presses(game.board, "Join")
    other = await member_of(talk, game.cleo)
    await game.cleo.says("/game leave")
    await linked(talk, await member_of(talk, game.ann), other)
    talk.bot.hears_nothing_more()
    await game.cleo.presses(game.board, "Join")
    await game.told("You are in already, with your other account", to=game.cleo)
    assert sorted(await seats(talk)) == ["Ann", "Ben"]


async def test_pressing_join_twice_is_answered_once_with_a_seat(talk: Talk) -> None:
    game = await relay(talk)
    await game.cleo.presses(game.board, "Join")
    talk.bot.hears_nothing_more()
    await game.cleo.presses(game.board, "Join")
    await game.told("You are in already", to=game.cleo)
    assert len(await seats(talk)) == 3


async def test_who_watches_is_told_so(talk: Talk) -> None:
    game = await relay(talk)
    await game.cleo.presses(game.board, "Pass")
    await game.told("You are watching", to=game.cleo)


async def test_a_move_after_its_time_is_answered(talk: Talk) -> None:
    game = await relay(talk, "live")
    await game.first.presses(game.board, "Write the next sentence")
    await talk.later(minutes=3)
    await game.first.fills([LONG])
    await game.told("Keep your sentence", to=game.first)
    assert LONG not in game.board.text


async def test_a_double_press_counts_once(talk: Talk) -> None:
    game = await relay(talk)
    first = game.first
    await first.presses(game.board, "Pass")
    talk.bot.hears_nothing_more()
    await first.presses(game.board, "Pass")
    await game.told("turn now", to=first)
    assert game.writer is not first


async def test_a_stranger_can_not_press_from_another_conversation(talk: Talk) -> None:
    game = await relay(talk)
    dora = await talk.person("Dora")
    if talk.platform == "discord":
        return  # no link leads to a private conversation there
    await dora.opens_private("games-hand-1")
    await game.told("I don't see you in that game", to=dora)


async def test_a_bot_has_no_seat(talk: Talk) -> None:
    game = await relay(talk)
    await game.cleo.presses(game.board, "Join")
    robot = await member_of(talk, game.cleo)
    await game.cleo.says("/game leave")
    async with talk.app.database.write() as tx:
        await members.joined(tx, 1, robot, "Cleo", None, is_bot=True)
    talk.bot.hears_nothing_more()
    await game.cleo.presses(game.board, "Join")
    await game.told("for people", to=game.cleo)


async def test_a_game_is_not_joined_from_another_group(on_local: MakeTalk) -> None:
    talk = await on_local()
    await relay(talk)
    assert isinstance(talk.stage, LocalStage)
    world = talk.stage.world
    other = world.home(world.add_group("Elsewhere").id)
    eve = world.add_person("Eve")
    press = ChoiceMade(
        id="forged",
        at=talk.clock.now(),
        chat=other,
        member=MemberRef("local", eve.id),
        name="Eve",
        choice="games.join:1",
    )
    talk.app.engine.offer(press)
    await talk.settled()
    assert sorted(await seats(talk)) == ["Ann", "Ben"]


async def test_an_author_who_joins_sits_where_the_game_knows_them(talk: Talk) -> None:
    game = await relay(talk)
    await game.cleo.presses(game.board, "Join")
    await game.cleo.says("/game leave")
    async with talk.app.database.write() as tx:
        await plays.change_seat(tx, 1, 2, plays=False, left=False)
    await game.cleo.presses(game.board, "Join")
    assert await seats(talk) == ["Ann", "Ben", "Cleo"]


async def test_a_refused_move_makes_nobody_a_player_of_the_game(talk: Talk) -> None:
    game = await relay(talk)
    await game.other.says("It is not my turn at all.", reply_to=game.board)
    async with talk.app.database.read() as tx:
        played = await plays.load(tx, 1)
    assert played
    assert [seat.moves for seat in played.seats] == [0, 0]
