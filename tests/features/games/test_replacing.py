"""Somebody who watches takes the place of a player who let turns go by."""

from typing import Any

import msgspec
import pytest

from bot.features.games import plays, turns
from bot.features.games.plays import Played
from bot.games import game as game_of
from bot.play import Traits
from tests.dialogue import Actor, Talk
from tests.features.games.relay import LONG, Relay, relay

FREE = "may be busy elsewhere"


async def played(talk: Talk, number: int = 1) -> Played:
    async with talk.app.database.read() as tx:
        found = await plays.load(tx, number)
    assert found
    return found


async def sits_at(talk: Talk, actor: Actor) -> int | None:
    found = [s.seat for s in (await played(talk)).players if s.name == actor.name]
    return found[0] if found else None


@pytest.fixture
async def game(talk: Talk) -> Relay:
    """A slow relay whose first writer let the turn go by."""
    made = await relay(talk)
    await talk.later(hours=25)
    return made


def place(game: Relay) -> str:
    return f"Take {game.first.name}'s place"


async def test_the_board_says_kindly_that_a_seat_is_free(game: Relay) -> None:
    assert FREE in game.board.text
    assert game.first.name in game.board.text.rpartition("\n\n")[2]


async def test_whoever_moves_again_keeps_the_seat(talk: Talk, game: Relay) -> None:
    await game.writer.says(LONG, reply_to=game.board)
    await game.first.says(LONG, reply_to=game.board)
    assert FREE not in game.board.text
    assert place(game) not in (await game.panel(game.cleo)).buttons


async def test_who_watches_takes_the_place(talk: Talk, game: Relay) -> None:
    await game.cleo.presses(await game.panel(game.cleo), place(game))
    await game.told("The seat is yours", to=game.cleo)
    assert FREE not in game.board.text
    assert await sits_at(talk, game.cleo) is not None
    assert await sits_at(talk, game.first) is None


async def test_who_was_replaced_watches_and_may_come_back(talk: Talk, game: Relay) -> None:
    before = await sits_at(talk, game.first)
    await game.cleo.presses(await game.panel(game.cleo), place(game))
    assert "watching" in (await game.panel(game.first)).text
    await game.first.presses(game.board, "Join")
    assert await sits_at(talk, game.first) == before
    assert len((await played(talk)).players) == 3


async def test_a_player_is_not_offered_another_seat(game: Relay) -> None:
    assert place(game) not in (await game.panel(game.writer)).buttons


async def test_the_second_to_press_is_told_that_somebody_was_faster(
    talk: Talk, game: Relay
) -> None:
    dora = await talk.person("Dora")
    await dora.opens_private("hello")
    panel = await game.panel(dora)
    await game.cleo.presses(await game.panel(game.cleo), place(game))
    await dora.presses(panel, place(game))
    await game.told("taken again", to=dora)


async def test_live_it_takes_two_missed_turns(talk: Talk) -> None:
    game = await relay(talk, "live")
    await talk.later(minutes=2)
    assert FREE not in game.board.text
    await game.writer.says(LONG, reply_to=game.board)
    await talk.later(minutes=2)
    await game.panel(game.cleo)
    found = await played(talk)
    assert [seat.missed for seat in found.players] in ([2, 0], [0, 2])
    assert len(turns.free(found)) == 1


@pytest.fixture
def _closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The relay as a game that nobody joins later."""
    game: Any = game_of("story")
    monkeypatch.setattr(type(game), "traits", Traits(fewest=2, most=12, types=True))


@pytest.mark.usefixtures("_closed")
async def test_where_nobody_joins_later_the_seat_itself_changes_hands(talk: Talk) -> None:
    game = await relay(talk)
    first = game.writer
    await first.says(LONG, reply_to=game.board)
    await game.writer.says(LONG, reply_to=game.board)
    seat = await sits_at(talk, first)
    await talk.later(hours=25)
    await game.cleo.presses(await game.panel(game.cleo), f"Take {first.name}'s place")
    assert await sits_at(talk, game.cleo) == seat
    await first.says("/forgetme")
    question = await talk.bot.replies("can't be undone", to=first)
    await first.presses(question, "Delete everything")
    state = msgspec.json.encode((await played(talk)).play).decode()
    assert state.count(LONG) == 1
