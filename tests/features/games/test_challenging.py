"""One group challenges another, and they play with a board in each."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import select

from bot.features.games import challenging
from bot.features.games.challenge_tables import challenges
from bot.features.games.tables import plays
from bot.refs import MemberRef
from bot.store.database import Database
from tests.features.games.neighbours import Neighbours, neighbours

CHALLENGE = "challenges you to a game"


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Neighbours]:
    async for made in neighbours(open_store):
        yield made


async def offered(town: Neighbours) -> list[str]:
    await town.gives(town.cal, town.lisbon, "/game start connect slow")
    menu = town.whispers(town.cal, town.lisbon)[-1].menu
    assert menu
    return [option.label for option in menu.options]


async def begun(town: Neighbours) -> int:
    async with town.app.database.read() as tx:
        return len(await tx.all(select(plays).where(plays.c.phase == "playing")))


async def test_the_ready_groups_of_the_community_are_offered_and_two_teams(
    town: Neighbours,
) -> None:
    await town.group("Unready", with_=town.lisbon)
    await town.choose(await town.group("Stranger"))
    assert await offered(town) == ["Two teams in this group", "Porto"]


async def test_a_group_on_its_own_plays_in_two_teams_at_once(town: Neighbours) -> None:
    alone = await town.group("Alone")
    fay = await town.person("Fay", alone)
    await town.gives(fay, alone, "/game start connect slow")
    assert "the blue team" in str(town.last(alone, "1️⃣").text)


async def test_two_teams_of_one_group_can_be_chosen_too(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon, "Two teams in this group")
    assert "the blue team" in str(town.last(town.lisbon, "1️⃣").text)
    assert town.said(town.porto, CHALLENGE) == []


async def test_the_other_group_is_asked_and_nobody_is_named(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    asked = town.last(town.porto, CHALLENGE)
    assert "Lisbon" in str(asked.text)
    assert "Cal" not in str(asked.text)
    assert town.labels(asked) == ["Accept", "Not now"]
    assert await begun(town) == 0


async def test_when_anybody_there_accepts_a_board_stands_in_both(town: Neighbours) -> None:
    await town.play()
    assert "Porto⁩ accepted" in town.readable(town.lisbon)
    home, there = town.boards()
    assert all("Lisbon" in str(board.text) for board in (home, there))
    assert all("Porto" in str(board.text) for board in (home, there))


async def test_it_can_be_accepted_once(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    asked = town.last(town.porto, CHALLENGE)
    for person in (town.dia, town.eva):
        await person.presses(asked, "Accept")
    await town.app.settle()
    assert await begun(town) == 1
    assert "not open any more" in await town.told(town.eva, town.porto)


async def test_a_moderator_there_can_decline_and_the_others_are_told_kindly(
    town: Neighbours,
) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.presses(town.ben, town.last(town.porto, CHALLENGE), "Not now")
    assert "would rather not play just now" in town.readable(town.lisbon)
    assert "was declined" in town.readable(town.porto)


async def test_who_does_not_moderate_can_not_decline_for_all(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.presses(town.dia, town.last(town.porto, CHALLENGE), "Not now")
    assert "moderators" in await town.told(town.dia, town.porto)
    assert town.labels(town.last(town.porto, CHALLENGE)) == ["Accept", "Not now"]


async def test_after_a_day_without_an_answer_it_lapses(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.later(hours=23)
    assert CHALLENGE in town.readable(town.porto)
    await town.later(hours=2)
    assert "found nobody in time" in town.readable(town.lisbon)
    assert "There will be others" in town.readable(town.porto)


async def test_one_that_is_to_be_played_at_once_lapses_after_half_an_hour(
    town: Neighbours,
) -> None:
    await town.challenges(town.cal, town.lisbon, pace="live")
    await town.later(minutes=29)
    assert CHALLENGE in town.readable(town.porto)
    await town.later(minutes=2)
    assert "found nobody in time" in town.readable(town.lisbon)


async def test_whoever_challenged_can_take_it_back(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.presses(town.cal, town.last(town.lisbon, "You challenged"), "Take it back")
    assert "took the challenge back" in town.readable(town.porto)


async def test_somebody_else_can_not_take_it_back(town: Neighbours) -> None:
    gus = await town.person("Gus", town.lisbon)
    await town.challenges(town.cal, town.lisbon)
    await town.presses(gus, town.last(town.lisbon, "You challenged"), "Take it back")
    assert "Whoever challenged" in await town.told(gus, town.lisbon)
    assert CHALLENGE in town.readable(town.porto)


async def test_a_moderator_of_the_own_group_can_take_it_back(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.presses(town.ann, town.last(town.lisbon, "You challenged"), "Take it back")
    assert "took the challenge back" in town.readable(town.porto)


async def test_a_group_has_one_challenge_at_a_time(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.challenges(town.ann, town.lisbon)
    assert "has a challenge to answer already" in await town.told(town.ann, town.lisbon)
    assert len(town.said(town.porto, CHALLENGE)) == 1


async def test_after_a_no_the_same_group_is_left_in_peace_for_two_days(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.presses(town.ben, town.last(town.porto, CHALLENGE), "Not now")
    await town.challenges(town.cal, town.lisbon)
    assert "You can ask again from" in await town.told(town.cal, town.lisbon)
    await town.later(days=2, minutes=1)
    await town.challenges(town.cal, town.lisbon)
    assert len(town.said(town.porto, CHALLENGE)) == 1


async def test_what_was_taken_back_can_be_asked_again_at_once(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.presses(town.cal, town.last(town.lisbon, "You challenged"), "Take it back")
    await town.challenges(town.cal, town.lisbon)
    assert len(town.said(town.porto, CHALLENGE)) == 1


async def test_while_a_game_is_on_in_their_room_it_waits(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.gives(town.dia, town.porto, "/game start connect slow")
    menu = town.whispers(town.dia, town.porto)[-1]
    await town.picks(town.dia, menu, "Two teams in this group")
    await town.presses(town.eva, town.last(town.porto, CHALLENGE), "Accept")
    assert "Another game is on" in await town.told(town.eva, town.porto)
    assert town.labels(town.last(town.porto, CHALLENGE)) == ["Accept", "Not now"]


async def test_while_a_game_is_on_at_home_it_waits_too(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.challenges(town.ann, town.lisbon, "Two teams in this group")
    await town.presses(town.eva, town.last(town.porto, CHALLENGE), "Accept")
    assert "Lisbon is in another game" in await town.told(town.eva, town.porto)


async def test_it_survives_a_restart(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.restart()
    await town.presses(town.dia, town.last(town.porto, CHALLENGE), "Accept")
    assert await begun(town) == 1


async def test_a_group_that_shows_the_bot_the_door_has_no_challenge_open(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    town.world.remove_bot(town.lisbon.id)
    await town.app.settle()
    assert "There will be others" in town.readable(town.porto)


async def test_a_group_that_leaves_the_community_has_no_challenge_open(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.gives(town.ben, town.porto, "/community leave")
    assert "found nobody in time" in town.readable(town.lisbon)


async def test_whoever_challenged_can_be_forgotten_and_the_challenge_stands(
    town: Neighbours,
) -> None:
    await town.challenges(town.cal, town.lisbon)
    await town.gives(town.cal, town.lisbon, "/forgetme")
    await town.presses(town.cal, town.whispers(town.cal, town.lisbon)[-1], "Delete everything")
    async with town.app.database.read() as tx:
        (row,) = await tx.all(select(challenges))
    assert row.member == ""
    await town.presses(town.dia, town.last(town.porto, CHALLENGE), "Accept")
    assert await begun(town) == 1


async def test_whoever_challenged_can_read_that_it_is_kept(town: Neighbours) -> None:
    await town.challenges(town.cal, town.lisbon)
    async with town.app.database.read() as tx:
        kept = await challenging.keeps(tx, MemberRef("local", town.cal.id))
    assert [made["game"] for made in kept["Challenges you made"]] == ["connect"]
