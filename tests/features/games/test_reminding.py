"""Reminders in slow play: to those who asked, once a turn, while people are awake."""

from tests.dialogue import Actor, Talk
from tests.features.games.relay import LONG, Relay, relay
from tests.features.games.test_more import NO_MORE, REMIND
from tests.stages.base import Line

CALL = "your turn in"


async def asks(game: Relay, actor: Actor) -> None:
    await actor.presses(await game.panel(actor), REMIND)
    await game.told("I'll remind you once", to=actor)
    game.talk.bot.hears_nothing_more()


def calls(talk: Talk) -> list[Line]:
    return [line for line in talk.stage.lines() if CALL in line.text and "asked me" in line.text]


async def test_nobody_is_reminded_unasked(talk: Talk) -> None:
    await relay(talk)
    await talk.later(hours=23)
    assert calls(talk) == []


async def test_whoever_asked_is_reminded_once_half_way_through(talk: Talk) -> None:
    game = await relay(talk)
    await asks(game, game.writer)
    await talk.later(hours=11)
    assert calls(talk) == []
    await talk.later(hours=12)
    (line,) = calls(talk)
    assert line.only_for == game.writer.name
    assert "Friends" in line.text


async def test_who_moved_meanwhile_is_not_reminded(talk: Talk) -> None:
    game = await relay(talk)
    first = game.writer
    await asks(game, first)
    await first.presses(game.board, "Pass")
    await talk.later(hours=14)
    assert calls(talk) == []


async def test_the_next_turn_is_reminded_of_again(talk: Talk) -> None:
    game = await relay(talk)
    first, second = game.writer, game.other
    await asks(game, first)
    await talk.later(hours=13)
    await first.says(LONG, reply_to=game.board)
    await second.says(LONG, reply_to=game.board)
    await talk.later(hours=20)
    assert len(calls(talk)) == 2


async def test_one_tap_under_the_reminder_ends_it(talk: Talk) -> None:
    game = await relay(talk)
    first, second = game.writer, game.other
    await asks(game, first)
    await talk.later(hours=13)
    await first.presses(calls(talk)[0], NO_MORE)
    await game.told("No more reminders", to=first)
    assert calls(talk) == []  # the answer took its place
    await first.says(LONG, reply_to=game.board)
    await second.says(LONG, reply_to=game.board)
    await talk.later(hours=20)
    assert calls(talk) == []


async def test_who_can_not_be_written_to_is_mentioned_in_the_room(talk: Talk) -> None:
    game = await relay(talk, private=False)
    first = game.writer
    if talk.platform == "telegram":
        return  # the panel itself is private there
    await first.presses(await game.panel(first), REMIND)
    await talk.later(hours=13)
    (line,) = calls(talk)
    assert not line.only_for
    assert line.pings == (first.name,)


async def test_nobody_is_reminded_while_people_sleep(talk: Talk) -> None:
    game = await relay(talk)
    await talk.later(hours=13)  # 20:00, so that half of the next turn ends at night
    await game.writer.says(LONG, reply_to=game.board)
    await asks(game, game.writer)
    await talk.later(hours=12)
    assert calls(talk) == []
    await talk.later(hours=3)
    assert len(calls(talk)) == 1


async def test_who_is_away_is_left_alone(talk: Talk) -> None:
    game = await relay(talk)
    first = game.writer
    await asks(game, first)
    await first.says("/away 2 weeks")
    await talk.later(hours=23)
    assert calls(talk) == []


async def test_a_reminder_survives_a_restart(talk: Talk) -> None:
    game = await relay(talk)
    await asks(game, game.writer)
    await talk.restarts()
    await talk.later(hours=13)
    assert len(calls(talk)) == 1


async def test_a_paused_group_is_not_reminded(talk: Talk) -> None:
    game = await relay(talk)
    dora = await talk.person("Dora", moderator=True)
    await asks(game, game.writer)
    await dora.says("/pause")
    await talk.later(hours=13)
    assert calls(talk) == []


async def test_whoever_asks_in_the_lobby_is_reminded_of_the_first_turn(talk: Talk) -> None:
    game = await relay(talk)
    await game.ann.says("/game leave")
    await game.ben.says("/game leave")
    await game.ann.says("/game start story slow")
    for actor in (game.ann, game.ben):
        await actor.presses(game.board, "Join")
        await asks(game, actor)
    await game.ann.presses(game.board, "Begin")
    await talk.later(hours=13)
    assert [line.only_for for line in calls(talk)] == [game.writer.name]
