"""The end of a game between two groups: each reads its own people's names."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.local.model import Group, Message
from bot.store.database import Database
from tests.features.games.neighbours import Neighbours, neighbours


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Neighbours]:
    """Cal played for Lisbon, Dia and Eva for Porto, and the game is over."""
    async for made in neighbours(open_store):
        await made.play()
        for column in "1212121":
            await turn(made, column)
        yield made


async def turn(town: Neighbours, column: str) -> None:
    """Whoever's turn it is votes; nobody else does within the hour."""
    home, there = town.boards()
    if column in town.labels(home):
        await town.presses(town.cal, home, column)
    else:
        for voter in (town.dia, town.eva):
            await town.presses(voter, there, column)
    await town.later(hours=1)


def end(town: Neighbours, group: Group) -> Message:
    return town.last(group, "Thank you all for playing.")


async def test_both_read_what_each_group_reached(town: Neighbours) -> None:
    for group in (town.lisbon, town.porto):
        said = str(end(town, group).text)
        assert "Lisbon⁩: " in said
        assert "Porto⁩: " in said
        assert "100%" in said


async def test_who_met_is_named_in_their_own_group_alone(town: Neighbours) -> None:
    assert "⁨Dia⁩ & ⁨Eva⁩" in str(end(town, town.porto).text)
    assert "Dia" not in town.readable(town.lisbon)
    assert "Met here" not in str(end(town, town.lisbon).text)


async def test_people_of_two_groups_are_no_pair(town: Neighbours) -> None:
    await town.gives(town.cal, town.lisbon, "/game mine")
    assert "People you met" not in await town.told(town.cal, town.lisbon)


async def test_a_rematch_asks_the_other_group_again(town: Neighbours) -> None:
    await town.presses(town.cal, end(town, town.lisbon), "Rematch")
    asked = town.whispers(town.cal, town.lisbon)[-1]
    assert "Whom shall your group play against?" in str(asked.text)
    await town.picks(town.cal, asked, "Porto")
    await town.presses(town.eva, town.last(town.porto, "challenges you"), "Accept")
    assert all("Nobody has" in str(b.text) or "No vote" in str(b.text) for b in town.boards())
