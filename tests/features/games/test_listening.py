"""A live typed game hears what its players write in the room, and nothing else."""

from sqlalchemy import select

from adapters.local.client import EVERYTHING
from bot.features.games import tables
from bot.ports import Can
from tests.dialogue import Talk
from tests.features.conftest import MakeTalk
from tests.features.games.relay import LONG, relay

TOO = "just write here"


async def test_the_player_to_move_just_writes(talk: Talk) -> None:
    game = await relay(talk, "live")
    assert TOO in game.board.text
    await game.writer.says(LONG)
    assert LONG in game.board.text


async def test_who_waits_can_talk_without_a_word_from_the_bot(talk: Talk) -> None:
    game = await relay(talk, "live")
    await game.other.says("I can't wait for this one.")
    await game.cleo.says("What are you all doing?")
    await talk.bot.is_silent()


async def test_an_answer_to_somebody_else_is_no_move(talk: Talk) -> None:
    game = await relay(talk, "live")
    message = await game.cleo.says("Shall we meet on Friday?")
    await game.writer.answers(message, "Yes, at seven, like last time.")
    assert "at seven" not in game.board.text


async def test_a_slow_game_hears_only_replies(talk: Talk) -> None:
    game = await relay(talk, "slow")
    assert TOO not in game.board.text
    await game.writer.says(LONG)
    assert LONG not in game.board.text


async def test_after_the_end_the_room_is_a_room_again(talk: Talk) -> None:
    game = await relay(talk, "live")
    await game.ann.says("/game leave")
    await game.ben.says("/game leave")
    talk.bot.hears_nothing_more()
    await game.ann.says(LONG)
    await talk.bot.is_silent()


async def test_it_still_hears_after_a_restart(talk: Talk) -> None:
    game = await relay(talk, "live")
    await talk.restarts()
    await game.writer.says(LONG)
    assert LONG in game.board.text


async def test_another_room_is_not_heard(talk: Talk) -> None:
    game = await relay(talk, "live")
    await talk.stage.room("quiet corner")
    await game.writer.says(LONG, room="quiet corner")
    assert LONG not in game.board.text


async def test_a_second_game_in_the_same_room_is_heard_after_the_first(talk: Talk) -> None:
    game = await relay(talk, "live")
    await game.ann.says("/game leave")
    await game.ben.says("/game leave")
    await game.begins("live")
    await game.writer.says(LONG)
    assert LONG in game.board.text


async def test_where_the_bot_may_not_read_the_board_asks_for_a_reply(on_local: MakeTalk) -> None:
    game = await relay(await on_local(can=EVERYTHING & ~Can.READ), "live")
    assert TOO not in game.board.text
    assert "reply to this message" in game.board.text


async def test_talk_among_players_is_not_kept(talk: Talk) -> None:
    ann = await talk.person("Ann")
    await ann.says("/game start chain live")
    board = await talk.bot.replies("🔗")
    await ann.says("Good evening to all of you!", reply_to=board)
    await ann.says("What a week this was, I could tell you a lot about it.")
    async with talk.app.database.read() as tx:
        log = [row.move for row in await tx.all(select(tables.moves))]
    assert not any("What a week" in move for move in log)
