"""`/setup` as moderators live it."""

from datetime import timedelta

import pytest

from adapters.local.client import EVERYTHING
from bot.ports import Can, Place, TryLater
from bot.refs import ChatRef
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.stages.base import Line

QUESTIONS = ("English", "lounge", "London", "Every weekday at 9:00", "staff")


@pytest.fixture
async def rooms(talk: Talk) -> Talk:
    await talk.stage.room("lounge")
    await talk.stage.room("staff")
    await talk.settled()
    talk.bot.hears_nothing_more()
    return talk


def option(line: Line, begin: str) -> str:
    """The button or menu line that begins so."""
    return next(label for label in (*line.buttons, *line.options) if label.startswith(begin))


async def asked(talk: Talk, who: Actor, upto: int) -> Line:
    """Answers the first questions; returns the next one."""
    await who.says("/setup")
    line = await talk.bot.replies("1/5")
    for number, answer in enumerate(QUESTIONS[:upto], 2):
        await who.presses(line, option(line, answer))
        line = await talk.bot.replies(f"{number}/5" if number <= 5 else "Is it right?")
    return line


async def ready(talk: Talk, who: Actor) -> None:
    await who.presses(await asked(talk, who, 5), "Confirm")
    talk.bot.hears_nothing_more()


async def test_a_new_group_is_greeted_once_and_told_how_to_begin(on_local: MakeTalk) -> None:
    talk = await on_local()
    line = await talk.bot.posts("I am Convive", "/setup")
    assert len(line.text) < 300
    await talk.bot.is_silent()


async def test_a_restart_is_no_arrival(talk: Talk) -> None:
    talk.bot.hears_nothing_more()
    await talk.restarts()
    await talk.bot.is_silent()


async def test_five_answers_and_a_confirmation_lead_to_the_first_prompt(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    line = await asked(rooms, ann, 5)
    for chosen in ("English", "lounge", "Europe/London", "every weekday at 9:00", "staff"):
        assert chosen in line.text
    await ann.presses(line, "Confirm")
    await rooms.bot.replies("All set")
    await rooms.bot.replies("Planned")
    await rooms.bot.replies("Mon, Nov 23, 9:00", "?")
    await rooms.later(hours=3)
    post = await rooms.bot.posts("?")
    assert post.room == "lounge"


async def test_a_group_may_begin_without_a_schedule(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    line = await asked(rooms, ann, 3)
    await ann.presses(line, "None yet")
    line = await rooms.bot.replies("5/5")
    await ann.presses(line, "Nowhere for now")
    line = await rooms.bot.replies("none yet")
    await ann.presses(line, "Confirm")
    await rooms.bot.replies("All set", "/prompt schedule")
    await rooms.bot.is_silent()


async def test_a_city_in_any_language_is_a_time_zone(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    line = await asked(rooms, ann, 2)
    await ann.presses(line, "Another place")
    await ann.fills(["lisbonne"])
    await rooms.bot.replies("4/5")


async def test_an_unknown_city_is_asked_for_again_with_proposals(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    line = await asked(rooms, ann, 2)
    await ann.presses(line, "Another place")
    await ann.fills(["Lisbonn"])
    await rooms.bot.replies("Lisbonn", "Europe/Lisbon", "3/5")


async def test_an_impossible_time_is_asked_for_again(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    line = await asked(rooms, ann, 3)
    await ann.presses(line, "Another time")
    await ann.fills(["every day at 25:00"])
    await rooms.bot.replies("25:00", "4/5")


async def test_a_schedule_in_own_words_is_shown_before_it_counts(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    line = await asked(rooms, ann, 3)
    await ann.presses(line, "Another time")
    await ann.fills(["Tuesdays 12:00"])
    line = await rooms.bot.replies("5/5")
    await ann.presses(line, "staff")
    await rooms.bot.replies("Tuesdays 12:00", "Is it right?")


async def test_a_button_works_after_a_restart(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    line = await asked(rooms, ann, 5)
    await rooms.restarts()
    await ann.presses(line, "Confirm")
    await rooms.bot.replies("All set")


async def test_the_command_goes_on_where_the_setup_stopped(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    await asked(rooms, ann, 3)
    await ann.says("/setup")
    await rooms.bot.replies("4/5")


async def test_a_cancelled_setup_changes_nothing(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    await ann.presses(await asked(rooms, ann, 5), "Cancel")
    await rooms.bot.replies("Cancelled")
    await ann.says("/setup")
    await rooms.bot.replies("1/5")


async def test_a_second_moderator_is_told_who_is_at_it(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    ben = await rooms.person("Ben", moderator=True)
    await asked(rooms, ann, 2)
    await ben.says("/setup")
    line = await rooms.bot.replies("Ann", "at the moment", to=ben)
    await ben.presses(line, "Take over")
    await rooms.bot.replies("3/5", to=ben)


async def test_who_lost_the_setup_to_another_is_told(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    ben = await rooms.person("Ben", moderator=True)
    hers = await asked(rooms, ann, 1)
    await ben.says("/setup")
    await ben.presses(await rooms.bot.replies("Ann"), "Take over")
    await rooms.bot.replies("2/5")
    await ann.presses(hers, "lounge")
    await rooms.bot.replies("Ben", "at the moment")


async def test_a_setup_left_alone_can_be_taken_up_by_anybody(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    ben = await rooms.person("Ben", moderator=True)
    await asked(rooms, ann, 1)
    await rooms.later(minutes=20)
    await ben.says("/setup")
    await rooms.bot.replies("2/5", to=ben)


async def test_a_button_of_a_finished_setup_says_so(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    ben = await rooms.person("Ben", moderator=True)
    last = await asked(rooms, ann, 5)
    await ben.says("/setup")
    busy = await rooms.bot.replies("Ann", "at the moment")
    await ann.presses(last, "Confirm")
    await rooms.bot.replies("All set")
    await ben.presses(busy, "Take over")
    await rooms.bot.replies("over", "/setup")


async def test_a_change_of_a_setting_counts_at_once(rooms: Talk) -> None:
    ann = await rooms.person("Ann", moderator=True)
    await ready(rooms, ann)
    await ann.says("/setup")
    line = await rooms.bot.replies("lounge", "Europe/London")
    await ann.presses(line, "Room …")
    line = await rooms.bot.replies("In which room")
    await ann.presses(line, "staff")
    await rooms.bot.replies("Saved", "Room: staff")


async def test_a_group_with_one_room_is_not_asked_for_it(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/setup")
    line = await talk.bot.replies("1/5")
    await ann.presses(line, "English")
    await talk.bot.replies("3/5")


async def test_a_member_who_presses_a_moderators_button_is_refused(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL)
    ann, cy = await talk.person("Ann", moderator=True), await talk.person("Cy")
    await ann.says("/setup")
    line = await talk.bot.replies("1/5")
    await cy.presses(line, "English")
    await talk.bot.replies("Only moderators", to=cy)


async def test_without_private_answers_the_questions_stay_in_the_group(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL)
    ann = await talk.person("Ann", moderator=True)
    await ann.opens_private()
    await ann.says("/setup")
    line = await talk.bot.replies("1/5")
    assert line.room == "general"
    await ann.presses(line, "English")
    assert (await talk.bot.replies("3/5")).id == line.id


async def test_a_platform_that_can_not_tell_its_rooms_stops_nobody(on_local: MakeTalk) -> None:
    talk = await on_local()
    ann = await talk.person("Ann", moderator=True)

    async def rooms(chat: ChatRef) -> list[Place]:
        raise TryLater(timedelta(minutes=1))

    talk.stage.adapter.rooms = rooms  # type: ignore[method-assign]  # the fault to test
    await ann.says("/setup")
    line = await talk.bot.replies("1/5")
    await ann.presses(line, "English")
    await talk.bot.replies("3/5")


async def test_a_room_that_went_away_is_asked_for_again(on_local: MakeTalk) -> None:
    talk = await on_local()
    await talk.stage.room("lounge")
    await talk.stage.room("staff")
    ann = await talk.person("Ann", moderator=True)
    line = await asked(talk, ann, 1)
    world = talk.stage.world  # type: ignore[attr-defined]  # on_local gives a LocalStage
    for chat in [chat for chat in world.rooms if chat.room == "lounge"]:
        del world.rooms[chat]
    await ann.presses(line, "lounge")
    line = await talk.bot.replies("not there any more", "2/5")
    assert "lounge" not in line.options
