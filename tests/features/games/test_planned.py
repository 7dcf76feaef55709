"""Games that come by themselves: "Fridays at 18:00 trivia"."""

from sqlalchemy import select

from bot.features.games.tables import rooms
from bot.store import groups
from tests.dialogue import Talk


async def planned(talk: Talk, what: str = "Fridays at 18:00 game=story") -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says(f"/prompt schedule {what}")
    await talk.bot.replies("Planned.", "Story", to=ann)


async def its_room_is_the_group_s(talk: Talk) -> None:
    """The group's room, as moderators choose it, is the one in which a game stands."""
    async with talk.app.database.write() as tx:
        (place,) = await tx.all(select(rooms))
        await groups.change(tx, place.group_id, room=place.room)


async def test_a_planned_game_opens_its_lobby_at_its_time(talk: Talk) -> None:
    await planned(talk)
    await talk.later(days=4, hours=11)
    line = await talk.bot.posts("Story relay", "In so far: nobody yet")
    assert "Join" in line.buttons


async def test_a_planned_game_is_found_in_the_room_where_it_stands(talk: Talk) -> None:
    await planned(talk)
    await talk.later(days=4, hours=11)
    await talk.bot.posts("Story relay")
    mia = await talk.person("Mia", moderator=True)
    await mia.says("/game start connect slow")
    await talk.bot.replies("There is a game in this room already", to=mia)
    await mia.says("/game stop")
    await talk.bot.replies("Stop Story relay for everybody?", to=mia)


async def test_a_planned_game_is_shown_before_it_comes(talk: Talk) -> None:
    await planned(talk)
    ann = await talk.person("Mia", moderator=True)
    await ann.says("/prompt preview")
    await talk.bot.replies("Fri, Nov 27", "Story relay", to=ann)


async def test_the_week_names_the_game(talk: Talk) -> None:
    await planned(talk)
    mia = await talk.person("Mia", moderator=True)
    await mia.says("/prompt week")
    await talk.bot.replies("6:00", "Story relay", to=mia)


async def test_a_planned_game_begins_by_itself_when_enough_have_joined(talk: Talk) -> None:
    await planned(talk)
    await talk.later(days=4, hours=11)
    line = await talk.bot.posts("Story relay")
    for name in ("Bob", "Cleo"):
        person = await talk.person(name)
        await person.presses(line, "Join")
    await talk.later(minutes=16)
    await talk.bot.replies("Story relay", "Until")


async def test_a_planned_game_for_which_nobody_comes_closes_kindly(talk: Talk) -> None:
    await planned(talk)
    await talk.later(days=4, hours=11)
    await talk.bot.posts("Story relay")
    await talk.later(minutes=20)
    await talk.bot.replies("It didn't come about this time.")


async def test_a_paused_group_is_spared(talk: Talk) -> None:
    await planned(talk)
    ann = await talk.person("Mia", moderator=True)
    await ann.says("/pause")
    talk.bot.hears_nothing_more()
    await talk.later(days=4, hours=12)
    assert not [line for line in talk.bot.unheard() if "Story relay" in line.text]


async def test_a_game_that_stands_in_the_room_comes_first(talk: Talk) -> None:
    await planned(talk)
    bob = await talk.person("Bob")
    await talk.later(days=4, hours=10, minutes=55)
    await bob.says("/game start connect slow")
    await talk.bot.posts("Connect four")
    await its_room_is_the_group_s(talk)
    await talk.later(minutes=10)
    assert not [line for line in talk.bot.unheard() if "Story relay" in line.text]
