"""Trying it out for a month: moderators read whom the bot would have named, and nobody is."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.features.quiet import dry
from bot.features.quiet.tables import occasions, tried
from tests.dialogue import Actor, Talk
from tests.features.quiet.steered import (
    SUBJECT,
    chosen,
    lines_with,
    moderator,
    prompt_comes,
    quiet_person,
    staff_room,
)
from tests.stages.base import Line

TRY = "Try it for a month without naming anybody"
WOULD = "I would have named in this post"
SPAN = timedelta(days=2)
OVER = "The trial with quiet members is over"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial takes two days, so that there is less to live through."""
    monkeypatch.setattr(dry, "SPAN", SPAN)


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    made = await moderator(talk)
    await staff_room(talk)
    return made


async def trial(talk: Talk, ann: Actor) -> None:
    """Ann switches it on, as a trial."""
    await ann.says("/quiet settings")
    line = await talk.bot.replies("Quiet members here", to=ann)
    await ann.presses(line, "⬜ Name quiet members")
    await ann.presses(await talk.bot.replies("✅ Name quiet members", to=ann), TRY)
    talk.bot.hears_nothing_more()


async def tried_with_ben(talk: Talk, ann: Actor) -> None:
    """A prompt went out in which Ben could have been named."""
    await trial(talk, ann)
    await quiet_person(talk, "Ben")
    await prompt_comes(talk, ann)
    await talk.later(hours=3)


async def ended(talk: Talk, ann: Actor) -> Line:
    """The summary after the month."""
    await tried_with_ben(talk, ann)
    talk.bot.hears_nothing_more()
    await talk.later(days=2)
    return await talk.bot.posts(OVER)


async def count(talk: Talk, table: str = "tried") -> int:
    async with talk.app.database.read() as tx:
        counted = {"tried": tried, "occasions": occasions}[table]
        return int(await tx.scalar(select(func.count()).select_from(counted)) or 0)


async def test_moderators_read_whom_it_would_have_named_and_why(talk: Talk, ann: Actor) -> None:
    await tried_with_ben(talk, ann)
    line = await talk.bot.posts(WOULD, SUBJECT, "Ben\u2069 joined in August 2026")
    assert line.room == "staff" or line.thread


async def test_nobody_is_named_and_nothing_is_measured(talk: Talk, ann: Actor) -> None:
    await tried_with_ben(talk, ann)
    assert all(not line.pings for line in talk.stage.lines())
    assert await count(talk, "occasions") == 0


async def test_without_a_room_of_their_own_only_the_number_is_told(talk: Talk) -> None:
    await tried_with_ben(talk, await moderator(talk))
    await talk.bot.posts("I would have given 1 person the floor", "/quiet next")
    assert lines_with(talk, "Ben") == []


async def test_nobody_would_be_named_twice_in_three_weeks(talk: Talk, ann: Actor) -> None:
    await tried_with_ben(talk, ann)
    await talk.later(days=14)
    assert len(lines_with(talk, WOULD)) == 1
    await talk.later(days=7)
    assert len(lines_with(talk, WOULD)) == 2


@pytest.mark.usefixtures("short")
async def test_at_its_end_it_is_summed_up(talk: Talk, ann: Actor) -> None:
    line = await ended(talk, ann)
    assert "given somebody the floor: 1. Different people: 1. Names in all: 1." in line.text
    assert line.buttons == ("Name people from now on", "Another month", "Switch it off")


@pytest.mark.usefixtures("short")
async def test_until_somebody_decides_nobody_is_named(talk: Talk, ann: Actor) -> None:
    await ended(talk, ann)
    await talk.later(days=7)
    assert await count(talk, "occasions") == 0
    assert await count(talk) == 1


@pytest.mark.usefixtures("short")
async def test_people_are_named_from_now_on(talk: Talk, ann: Actor) -> None:
    line = await ended(talk, ann)
    await ann.presses(line, "Name people from now on")
    after = await talk.bot.posts("Ann\u2069 decided: I name people", "Names in all: 1")
    assert after.id == line.id
    assert after.buttons == ()
    await talk.later(days=7)
    assert await count(talk, "occasions") == 1


@pytest.mark.usefixtures("short")
async def test_it_can_go_on_for_as_long_again(talk: Talk, ann: Actor) -> None:
    await ann.presses(await ended(talk, ann), "Another month")
    assert (await chosen(talk)).dry_until == talk.clock.now() + SPAN
    talk.bot.hears_nothing_more()
    await talk.later(days=3)
    await talk.bot.posts(OVER, "Until a moderator decides")


@pytest.mark.usefixtures("short")
async def test_it_can_be_switched_off_and_what_was_counted_is_forgotten(
    talk: Talk, ann: Actor
) -> None:
    await ann.presses(await ended(talk, ann), "Switch it off")
    await talk.bot.posts("Ann\u2069 switched it off")
    assert not (await chosen(talk)).switched_on
    assert await count(talk) == 0


@pytest.mark.usefixtures("short")
async def test_a_late_press_under_the_summary_is_answered(talk: Talk, ann: Actor) -> None:
    line = await ended(talk, ann)
    bea = await talk.person("Bea", moderator=True)
    await ann.says("/quiet settings")
    await ann.presses(await talk.bot.replies("The trial ended", to=ann), "Switch it off")
    await bea.presses(line, "Name people from now on")
    await talk.bot.replies("settled in the meantime", to=bea)
    assert not (await chosen(talk)).switched_on


@pytest.mark.usefixtures("short")
async def test_members_decide_nothing_about_it(talk: Talk, ann: Actor) -> None:
    line = await ended(talk, ann)
    dan = await talk.person("Dan")
    await dan.presses(line, "Name people from now on")
    await talk.bot.replies("Only moderators", to=dan)
    assert (await chosen(talk)).is_over(talk.clock.now())


@pytest.mark.usefixtures("short")
async def test_an_empty_trial_says_so(talk: Talk, ann: Actor) -> None:
    await trial(talk, ann)
    await talk.later(days=3)
    await talk.bot.posts(OVER, "no post in which I would have named anybody")


@pytest.mark.usefixtures("short")
async def test_what_was_switched_off_is_not_summed_up(talk: Talk, ann: Actor) -> None:
    await trial(talk, ann)
    await ann.says("/quiet settings")
    line = await talk.bot.replies("only trying it out", to=ann)
    await ann.presses(line, "✅ Name quiet members")
    await talk.later(days=3)
    assert lines_with(talk, OVER) == []


@pytest.mark.usefixtures("short")
async def test_the_trial_outlives_a_restart(talk: Talk, ann: Actor) -> None:
    await trial(talk, ann)
    await talk.restarts()
    await talk.later(days=3)
    await talk.bot.posts(OVER)
