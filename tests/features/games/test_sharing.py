"""The game of the day, played by a whole community."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import select

from adapters.local.model import Group, Message
from adapters.local.people import Person
from bot.features.games.tables import plays
from bot.store.database import Database
from tests.features.games.neighbours import Neighbours, neighbours

START = "/game start guess"


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Neighbours]:
    async for made in neighbours(open_store):
        await made.gives(made.cal, made.lisbon, START)
        yield made


def board(town: Neighbours, group: Group) -> Message:
    return town.last(group, "We look for a word")


async def count(town: Neighbours) -> int:
    async with town.app.database.read() as tx:
        return len(await tx.all(select(plays)))


async def guesses(town: Neighbours, person: Person, group: Group, word: str) -> None:
    post = board(town, group)
    await town.says(person, post.chat, word, reply_to=post)


async def test_whoever_starts_it_elsewhere_joins_what_is_on(town: Neighbours) -> None:
    await town.gives(town.dia, town.porto, START)
    assert board(town, town.porto)
    assert await count(town) == 1


async def test_each_guess_stands_on_every_board(town: Neighbours) -> None:
    await town.gives(town.dia, town.porto, START)
    await guesses(town, town.cal, town.lisbon, "house")
    await guesses(town, town.dia, town.porto, "plant")
    for group in (town.lisbon, town.porto):
        assert "HOUSE" in str(board(town, group).text)
        assert "PLANT" in str(board(town, group).text)


async def test_who_joins_later_sees_what_was_guessed_before(town: Neighbours) -> None:
    await guesses(town, town.cal, town.lisbon, "house")
    await town.gives(town.dia, town.porto, START)
    assert "HOUSE" in str(board(town, town.porto).text)


async def test_people_of_other_groups_are_not_named(town: Neighbours) -> None:
    await town.gives(town.dia, town.porto, START)
    await guesses(town, town.cal, town.lisbon, "house")
    assert "Cal" in str(board(town, town.lisbon).text)
    assert "Cal" not in town.readable(town.porto)
    assert "somebody in ⁨Lisbon⁩" in str(board(town, town.porto).text)


async def test_a_group_that_has_it_already_is_told_so(town: Neighbours) -> None:
    other = await town.person("Gus", town.lisbon)
    room = town.world.add_room(town.lisbon.id, "games")
    await other.gives_command(room, START)
    await town.app.settle()
    told = [m for m in town.world.history(room, other.id, limit=100) if m.only_for == other.id]
    assert "Today's is on already" in str(told[-1].text)
    assert await count(town) == 1


async def test_on_the_next_day_there_is_a_new_one(town: Neighbours) -> None:
    await town.later(days=1, hours=1)
    await town.gives(town.dia, town.porto, START)
    assert await count(town) == 2


async def test_a_group_that_had_todays_waits_for_tomorrow(town: Neighbours) -> None:
    async with town.app.database.read() as tx:
        (row,) = await tx.all(select(plays))
    word = str(row.state.partition('"solution":"')[2].partition('"')[0])
    await guesses(town, town.cal, town.lisbon, word)
    await town.gives(town.cal, town.lisbon, START)
    assert "You had today's already" in await town.told(town.cal, town.lisbon)


async def test_a_group_of_another_language_has_its_own(town: Neighbours) -> None:
    lyon = await town.group("Lyon", with_=town.lisbon, language="fr")
    await town.choose(lyon)
    fay = await town.person("Fay", lyon)
    await town.gives(fay, lyon, START)
    assert await count(town) == 2


async def test_a_group_outside_the_community_has_its_own(town: Neighbours) -> None:
    faro = await town.group("Faro")
    fay = await town.person("Fay", faro)
    await town.gives(fay, faro, START)
    assert await count(town) == 2
    assert "Lisbon" not in town.readable(faro)


async def test_when_one_group_shows_the_bot_the_door_the_others_go_on(town: Neighbours) -> None:
    await town.gives(town.dia, town.porto, START)
    town.world.remove_bot(town.lisbon.id)
    await town.app.settle()
    await guesses(town, town.dia, town.porto, "plant")
    assert "PLANT" in str(board(town, town.porto).text)


async def test_when_the_group_that_began_is_gone_it_still_ends_in_time(town: Neighbours) -> None:
    await town.gives(town.dia, town.porto, START)
    town.world.remove_bot(town.lisbon.id)
    await town.app.settle()
    await town.later(days=1, hours=1)
    assert "The word was" in town.readable(town.porto)


async def test_a_group_that_stops_it_leaves_it_to_the_others(town: Neighbours) -> None:
    await town.gives(town.dia, town.porto, START)
    await town.gives(town.ben, town.porto, "/game stop")
    await town.presses(town.ben, town.whispers(town.ben, town.porto)[-1], "Stop the game")
    assert "goes on in other groups" in town.readable(town.porto)
    await guesses(town, town.cal, town.lisbon, "house")
    assert "HOUSE" in str(board(town, town.lisbon).text)
