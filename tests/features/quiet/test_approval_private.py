"""Moderators agree to names in private, where their room is not their own or not at hand."""

import pytest

from tests.dialogue import Actor, Talk
from tests.features.quiet.steered import (
    ASKED,
    SUBJECT,
    asked,
    choose,
    drawn,
    lines_with,
    moderator,
    presses,
    prompt_comes,
    quiet_person,
    staff_room,
)


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    """A moderator of a group whose moderators have a room and want to be asked first."""
    made = await moderator(talk)
    await staff_room(talk)
    await choose(talk, switched_on=True, approve=True)
    return made


async def test_without_a_room_of_their_own_no_names_stand_in_the_open(talk: Talk) -> None:
    ann = await moderator(talk)
    await choose(talk, switched_on=True, approve=True)
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    line = await talk.bot.posts("I could give 1 person the floor", "/quiet next")
    assert line.only_for == ""
    assert lines_with(talk, "Ben") == []


async def test_without_a_room_of_their_own_they_decide_in_private(talk: Talk) -> None:
    ann = await moderator(talk)
    await choose(talk, switched_on=True, approve=True)
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    await ann.says("/quiet next")
    line = await talk.bot.replies(ASKED, "Ben", to=ann)
    assert line.only_for == "Ann"
    await ann.presses(line, "All may be named")
    after = await talk.bot.replies("Ann\u2069 agreed", to=ann)
    assert after.id == line.id
    assert await drawn(talk) == {"Ben"}
    public = [n for n in talk.stage.lines() if not n.only_for and SUBJECT not in n.text]
    assert all("Ben" not in n.text for n in public)


async def test_what_is_decided_in_private_shows_in_the_moderators_room(
    talk: Talk, ann: Actor
) -> None:
    await asked(talk, ann)
    await ann.says("/quiet next")
    line = await talk.bot.replies(ASKED, "Ben", to=ann)
    await ann.presses(line, "All may be named")
    agreed = lines_with(talk, "Ann\u2069 agreed")
    assert {n.only_for for n in agreed} == {"Ann", ""}


async def test_names_do_not_come_into_the_open_when_moderators_get_a_room(talk: Talk) -> None:
    ann = await moderator(talk)
    await choose(talk, switched_on=True, approve=True)
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    await staff_room(talk)
    await ann.says("/quiet next")
    await ann.presses(await talk.bot.replies(ASKED, to=ann), "All may be named")
    hint = lines_with(talk, "I could give 1 person the floor")[-1]
    assert "Ben" not in hint.text


async def test_who_is_late_sees_what_was_decided(talk: Talk, ann: Actor) -> None:
    await asked(talk, ann)
    bea = await talk.person("Bea", moderator=True)
    await bea.opens_private()
    await bea.says("/quiet next")
    line = await talk.bot.replies(ASKED, to=bea)
    await presses(talk, ann, "Without names")
    await bea.presses(line, "All may be named")
    await talk.bot.replies("A moderator decided: no names", to=bea)
    assert await drawn(talk) == set()


async def test_who_takes_somebody_out_too_late_sees_what_was_decided(
    talk: Talk, ann: Actor
) -> None:
    await asked(talk, ann)
    bea = await talk.person("Bea", moderator=True)
    await bea.opens_private()
    await bea.says("/quiet next")
    line = await talk.bot.replies(ASKED, to=bea)
    await presses(talk, ann, "All may be named")
    await bea.presses(line, next(b for b in line.buttons if b.startswith("Not ")))
    await talk.bot.replies("A moderator agreed", to=bea)
    assert await drawn(talk) == {"Ben"}


async def test_in_a_trial_there_is_nothing_to_decide(talk: Talk, ann: Actor) -> None:
    line = await asked(talk, ann)
    await choose(talk, dry_until=talk.clock.now())
    await ann.presses(line, "All may be named")
    await talk.bot.replies("nothing to decide here any more", to=ann)
    await ann.says("/quiet next")
    after = await talk.bot.replies("only trying it out", to=ann)
    assert "All may be named" not in after.buttons
