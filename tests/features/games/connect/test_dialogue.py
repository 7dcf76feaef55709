"""Connect four between two teams of one group, on every platform."""

import pytest

from bot.features.games import plays
from bot.features.games.plays import Played
from bot.games.connect.rules import Connect
from tests.dialogue import Actor, Talk
from tests.stages.base import Line


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    """Two people, each on a side; the game has just begun."""
    made = {name: await talk.person(name) for name in ("Ann", "Ben")}
    await made["Ann"].says("/game start game=connect pace=live")
    for actor in made.values():
        await actor.presses(board(talk), "4")
    await talk.later(seconds=15)
    talk.bot.hears_nothing_more()
    return made


def board(talk: Talk) -> Line:
    """The game's board as it stands."""
    return [line for line in talk.stage.lines() if "1️⃣2️⃣" in line.text][-1]


async def played(talk: Talk) -> Played:
    async with talk.app.database.read() as tx:
        kept = await plays.load(tx, 1)
    assert kept
    return kept


async def of_side(talk: Talk, people: dict[str, Actor], *, to_move: bool) -> Actor:
    """Whoever's side it is to move, or the other one."""
    kept = await played(talk)
    assert kept.play
    state = kept.play.state
    assert isinstance(state, Connect)
    wanted = state.side if to_move else 1 - state.side
    return next(people[seat.name] for seat in kept.seats if seat.side == wanted)


async def turn(talk: Talk, people: dict[str, Actor], column: str) -> None:
    """A vote, and the seconds in which others could have voted too."""
    voter = await of_side(talk, people, to_move=True)
    await voter.presses(board(talk), column)
    await talk.later(seconds=15)


async def test_whoever_presses_a_column_sits_down_by_it(
    talk: Talk, people: dict[str, Actor]
) -> None:
    assert sorted(seat.side for seat in (await played(talk)).seats) == [0, 1]
    assert "column 4, row 1 from the bottom" in board(talk).text


async def test_a_vote_is_confirmed_to_the_voter(talk: Talk, people: dict[str, Actor]) -> None:
    voter = await of_side(talk, people, to_move=True)
    await voter.presses(board(talk), "3")
    await talk.bot.replies("Your vote: column 3", to=voter)
    assert "1 vote so far." in board(talk).text


async def test_the_other_team_is_told_when_it_is_not_its_turn(
    talk: Talk, people: dict[str, Actor]
) -> None:
    early = await of_side(talk, people, to_move=False)
    await early.presses(board(talk), "3")
    await talk.bot.replies("The others are choosing now", to=early)
    assert "No vote so far." in board(talk).text


async def test_it_is_played_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    for column in "342414":
        await turn(talk, people, column)
    assert "four in a row" in board(talk).text
    assert not {"1", "7"} & set(board(talk).buttons)
    await talk.bot.replies("is ahead this time")


async def test_a_game_that_nobody_plays_comes_to_rest(talk: Talk, people: dict[str, Actor]) -> None:
    await talk.later(minutes=30)
    assert "the game rests" in board(talk).text


async def test_it_goes_on_after_a_restart(talk: Talk, people: dict[str, Actor]) -> None:
    voter = await of_side(talk, people, to_move=True)
    await voter.presses(board(talk), "3")
    await talk.restarts()
    await talk.later(seconds=20)
    assert "column 3, row 1 from the bottom" in board(talk).text
