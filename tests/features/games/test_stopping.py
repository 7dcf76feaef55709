"""Stopping a game: who may, and only after a question."""

import pytest

from tests.dialogue import Talk
from tests.features.games.relay import Relay, relay


@pytest.fixture
async def game(talk: Talk) -> Relay:
    return await relay(talk)


async def test_the_host_stops_it_after_a_question(talk: Talk, game: Relay) -> None:
    await game.ann.presses(await game.panel(game.ann), "Stop the game")
    question = await game.told("can't be undone", to=game.ann)
    assert "⋯" in game.board.buttons
    await game.ann.presses(question, "Stop the game")
    await game.told("is stopped", to=game.ann)
    assert game.board.buttons == ()


async def test_the_host_may_think_again(talk: Talk, game: Relay) -> None:
    await game.ann.says("/game stop")
    await game.ann.presses(await game.told("can't be undone", to=game.ann), "Let it go on")
    await game.told("goes on", to=game.ann)
    assert "⋯" in game.board.buttons


async def test_somebody_else_is_told_who_can(talk: Talk, game: Relay) -> None:
    await game.ben.says("/game stop")
    await game.told("Ann", "can stop it", to=game.ben)
    assert "Stop the game" not in (await game.panel(game.ben)).buttons


async def test_a_moderator_can(talk: Talk, game: Relay) -> None:
    dora = await talk.person("Dora", moderator=True)
    await dora.says("/game stop")
    await dora.presses(await game.told("can't be undone", to=dora), "Stop the game")
    assert game.board.buttons == ()


async def test_after_the_host_left_the_next_player_can(talk: Talk, game: Relay) -> None:
    await game.ann.says("/game leave")
    await game.ben.says("/game stop")
    await game.told("can't be undone", to=game.ben)


async def test_the_question_of_one_is_not_answered_by_another(talk: Talk, game: Relay) -> None:
    await game.ann.says("/game stop")
    question = await game.told("can't be undone", to=game.ann)
    if not question.only_for:
        await game.ben.presses(question, "Stop the game")
        await game.told("can stop it", to=game.ben)
    assert "⋯" in game.board.buttons


async def test_a_lobby_is_stopped_too(talk: Talk) -> None:
    ann = await talk.person("Ann")
    await ann.says("/game start story live")
    await ann.says("/game stop")
    await ann.presses(await talk.bot.replies("can't be undone", to=ann), "Stop the game")
    await talk.bot.replies("didn't come about")
    await ann.says("/game stop")
    await talk.bot.replies("no game in this room", to=ann)
