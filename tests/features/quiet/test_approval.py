"""Moderators agree to the names in a coming post, where they asked to be asked."""

import pytest
from sqlalchemy import update

from bot.features.quiet import leaving_out
from bot.features.quiet.tables import proposals
from bot.store import members
from tests.dialogue import Actor, Talk
from tests.features.quiet.steered import (
    ASKED,
    SUBJECT,
    asked,
    choose,
    drawn,
    group_of,
    lines_with,
    moderator,
    presses,
    prompt_comes,
    question,
    quiet_person,
    ref_of,
    staff_room,
)


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    """A moderator of a group whose moderators have a room and want to be asked first."""
    made = await moderator(talk)
    await staff_room(talk)
    await choose(talk, switched_on=True, approve=True)
    return made


async def test_the_moderators_room_reads_who_could_be_named_and_why(talk: Talk, ann: Actor) -> None:
    line = await asked(talk, ann)
    assert SUBJECT in line.text
    assert "Mon, Nov 23, 9:00" in line.text
    assert "Ben\u2069 joined in August 2026" in line.text
    assert line.room == "staff" or line.thread


async def test_who_was_agreed_to_takes_part_in_the_lot(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "All may be named")
    assert "Ann\u2069 agreed" in question(talk).text
    assert await drawn(talk) == {"Ben"}


async def test_without_an_answer_the_post_goes_out_without_names(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    assert await drawn(talk) == set()


async def test_moderators_can_want_no_names(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "Without names")
    line = question(talk)
    assert "Ann\u2069 decided: no names" in line.text
    assert "Ben" not in line.text
    assert await drawn(talk) == set()


async def test_one_person_can_be_taken_out_in_place(talk: Talk, ann: Actor) -> None:
    line = await asked(talk, ann, "Ben", "Cal")
    await presses(talk, ann, "Not Ben")
    assert "Ben\u2069: not this time" in question(talk).text
    assert question(talk).id == line.id
    await presses(talk, ann, "The others may be named")
    assert await drawn(talk) == {"Cal"}


async def test_who_was_taken_out_can_be_put_back(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "Not Ben")
    assert "All may be named" not in question(talk).buttons
    await presses(talk, ann, "Ben after all")
    await presses(talk, ann, "All may be named")
    assert await drawn(talk) == {"Ben"}


async def test_a_decision_can_be_taken_back_until_the_post_is_out(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "Without names")
    await presses(talk, ann, "Take it back")
    await presses(talk, ann, "All may be named")
    assert await drawn(talk) == {"Ben"}


async def test_after_the_post_is_out_nothing_can_be_decided(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    await talk.later(hours=3)
    talk.bot.hears_nothing_more()
    await presses(talk, ann, "All may be named")
    await talk.bot.replies("nothing to decide here any more", to=ann)


async def test_members_decide_nothing(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    dan = await talk.person("Dan")
    await presses(talk, dan, "All may be named")
    await talk.bot.replies("Only moderators", to=dan)
    assert await drawn(talk) == set()


async def test_who_is_left_out_afterwards_is_not_named(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "All may be named")
    group, ben = await group_of(talk), await ref_of(talk, "Ben")
    async with talk.app.database.write() as tx:
        await leaving_out.leave_out(tx, group.id, ben, talk.clock.now())
    assert await drawn(talk) == set()


async def test_who_says_never_afterwards_is_not_named(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "All may be named")
    async with talk.app.database.write() as tx:
        await members.prefer(tx, await ref_of(talk, "Ben"), no_pings=True)
    assert await drawn(talk) == set()


async def test_who_speaks_afterwards_is_not_named(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    await presses(talk, ann, "All may be named")
    await ben.says("Hello everybody.")
    assert await drawn(talk) == set()


async def test_what_says_something_else_than_was_agreed_to_goes_out_without_names(
    talk: Talk, ann: Actor
) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "All may be named")
    async with talk.app.database.write() as tx:
        await tx.execute(update(proposals).values(subject="What stands in your garden?"))
    assert await drawn(talk) == set()


async def test_what_comes_unannounced_is_not_named_in(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await ann.says(f"/prompt add {SUBJECT}")
    await ann.says("/prompt now")
    assert await drawn(talk) == set()


async def test_nobody_is_asked_where_nobody_could_be_named(talk: Talk, ann: Actor) -> None:
    await prompt_comes(talk, ann)
    assert lines_with(talk, ASKED) == []


async def test_nobody_is_asked_where_moderators_did_not_want_it(talk: Talk, ann: Actor) -> None:
    await choose(talk, approve=False)
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    assert lines_with(talk, ASKED) == []


async def test_what_is_coming_already_is_asked_about_as_soon_as_that_is_wanted(
    talk: Talk, ann: Actor
) -> None:
    await choose(talk, approve=False)
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    await ann.says("/quiet settings")
    line = await talk.bot.replies("Quiet members here", to=ann)
    await ann.presses(line, "⬜ Ask me first")
    await talk.bot.posts(ASKED, "Ben")


async def test_a_post_that_was_moved_is_not_asked_about_twice(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "All may be named")
    await ann.says("/prompt move today 11:00")
    await talk.later(minutes=1)
    assert len(lines_with(talk, "Coming: ", SUBJECT)) == 1
    assert "11:00" in question(talk).text
    assert "A moderator agreed" in question(talk).text


async def test_after_a_trial_it_asks_about_what_is_coming_already(talk: Talk, ann: Actor) -> None:
    await choose(talk, dry_until=talk.clock.now())
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    assert lines_with(talk, ASKED) == []
    await ann.says("/quiet settings")
    line = await talk.bot.replies("Quiet members here", to=ann)
    await ann.presses(line, "Name people from now on")
    await talk.bot.posts(ASKED, "Ben")


async def test_where_moderators_are_asked_once_other_switches_ask_nothing_anew(
    talk: Talk, ann: Actor
) -> None:
    await asked(talk, ann)
    await presses(talk, ann, "All may be named")
    await ann.says("/quiet settings")
    line = await talk.bot.replies("Quiet members here", to=ann)
    await ann.presses(line, "✅ Name quiet members")
    await ann.presses(lines_with(talk, "Quiet members here")[-1], "⬜ Name quiet members")
    assert "Ann\u2069 agreed" in question(talk).text
