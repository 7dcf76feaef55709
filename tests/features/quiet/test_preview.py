"""`/quiet next`: who could be named in the coming post, for a moderator's eyes alone."""

import pytest

from adapters.local.client import EVERYTHING
from bot.features.quiet.leaving_out import left_out
from bot.ports import Can
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.features.quiet.steered import (
    SUBJECT,
    choose,
    group_of,
    moderator,
    prompt_comes,
    quiet_person,
    ref_of,
)
from tests.stages.base import Line


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    made = await moderator(talk)
    await choose(talk, switched_on=True)
    return made


async def foreseen(talk: Talk, ann: Actor) -> Line:
    """The preview, with Ben in it."""
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    return await previewed(talk, ann)


async def previewed(talk: Talk, ann: Actor) -> Line:
    talk.bot.hears_nothing_more()
    await ann.says("/quiet next")
    return await talk.bot.replies("Coming: ", to=ann)


async def test_it_shows_the_coming_post_with_its_moment(talk: Talk, ann: Actor) -> None:
    line = await foreseen(talk, ann)
    assert SUBJECT in line.text
    assert "Mon, Nov 23, 9:00" in line.text


async def test_it_shows_who_could_be_named_and_why_to_the_moderator_alone(
    talk: Talk, ann: Actor
) -> None:
    line = await foreseen(talk, ann)
    assert "Ben\u2069 joined in August 2026" in line.text
    assert line.only_for == "Ann"


async def test_it_says_that_a_lot_decides_and_that_all_is_checked_again(
    talk: Talk, ann: Actor
) -> None:
    line = await foreseen(talk, ann)
    assert "Chance of being named: 50%" in line.text
    assert "draw a lot" in line.text
    assert "checked once more" in line.text


async def test_somebody_can_be_left_out_from_it_in_place(talk: Talk, ann: Actor) -> None:
    line = await foreseen(talk, ann)
    (label,) = line.buttons
    assert "Leave" in label
    assert "Ben" in label
    await ann.presses(line, label)
    after = await talk.bot.replies("I leave", "Ben", "nobody whom I would name", to=ann)
    assert after.id == line.id
    group, ben = await group_of(talk), str(await ref_of(talk, "Ben"))
    async with talk.app.database.read() as tx:
        assert await left_out(tx, group.id, [ben]) == {ben}


async def test_where_nothing_is_coming_it_says_how_to_plan(talk: Talk, ann: Actor) -> None:
    await ann.says("/quiet next")
    await talk.bot.replies("Nothing is coming", "/prompt schedule", to=ann)


async def test_what_went_out_is_no_longer_coming(talk: Talk, ann: Actor) -> None:
    await ann.says("/prompt add What stands on your desk?")
    await ann.says("/prompt schedule Mondays at 9:00")
    await talk.later(hours=3)
    talk.bot.hears_nothing_more()
    await ann.says("/quiet next")
    await talk.bot.replies("Nothing is coming", to=ann)


async def test_where_nobody_is_quiet_it_says_so(talk: Talk, ann: Actor) -> None:
    await prompt_comes(talk, ann)
    line = await previewed(talk, ann)
    assert "nobody whom I would name" in line.text


async def test_where_naming_is_switched_off_it_says_so(talk: Talk, ann: Actor) -> None:
    await choose(talk, switched_on=False)
    line = await foreseen(talk, ann)
    assert "Naming is switched off here" in line.text


async def test_while_it_is_tried_out_it_says_so(talk: Talk, ann: Actor) -> None:
    await choose(talk, dry_until=talk.clock.now().replace(year=2027))
    line = await foreseen(talk, ann)
    assert "only trying it out" in line.text


async def test_members_see_nothing_of_it(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await ben.says("/quiet next")
    await talk.bot.replies("Only moderators", to=ben)


async def test_where_the_bot_sees_nothing_it_names_nobody(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.READ)
    ann = await moderator(talk)
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    talk.bot.hears_nothing_more()
    await ann.says("/quiet next")
    line = await talk.bot.replies("ordinary messages don't reach me", to=ann)
    assert "Ben" not in line.text


async def test_where_nothing_can_be_shown_privately_the_room_reads_no_names(
    on_local: MakeTalk,
) -> None:
    talk = await on_local(can=EVERYTHING & ~(Can.EPHEMERAL | Can.DM))
    ann = await moderator(talk)
    await choose(talk, switched_on=True)
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    talk.bot.hears_nothing_more()
    await ann.says("/quiet next")
    await talk.bot.replies("for you alone")
    assert all("Ben" not in line.text for line in talk.stage.lines())
