"""What will be posted is told exactly, also where several groups draw from one deck."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import pytest

from adapters.local.model import Group
from adapters.local.people import Person
from bot.store.database import Database
from tests.features.prompts.town import SUNDAY, Town, fill


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Town]:
    """An empty world with the prompts in it."""
    made = Town(open_store)
    await made.begin()
    yield made
    await made.end()


async def home(town: Town, count: int = 12) -> tuple[Group, Person]:
    """A group with a moderator and prompts, shuffled."""
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await fill(town, group, count, shuffled=True)
    return group, ann


def told(week: str) -> list[str]:
    """The prompts that a week names, in order."""
    return [line.split(" · ")[1] for line in week.splitlines() if " · Q" in line]


def posted(town: Town, group: Group) -> list[str]:
    """The prompts that came."""
    return [str(m.text) for m in town.prompts(group)]


@pytest.mark.parametrize("count", [3, 12], ids=["the deck ends within the week", "it does not"])
async def test_the_week_is_what_then_comes(town: Town, count: int) -> None:
    group, ann = await home(town, count)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    week = await town.gives(ann, group, "/prompt week")
    await town.later(days=7)
    assert told(week) == posted(town, group)


async def test_the_week_is_right_for_two_schedules_of_one_deck(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every weekday at 9:00")
    await town.gives(ann, group, "/prompt schedule Mondays and Fridays at 18:30")
    week = await town.gives(ann, group, "/prompt week")
    await town.later(days=7)
    assert told(week) == posted(town, group)


async def test_the_week_is_right_where_another_group_draws_too(town: Town) -> None:
    group, ann = await home(town)
    other = await town.group("Others", "America/Lima", with_=group)
    await ann.joins(other)
    town.world.set_moderator(other.id, ann.id)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.gives(ann, other, "/prompt schedule every day at 7:15")
    weeks = [await town.gives(ann, g, "/prompt week") for g in (group, other)]
    await town.later(days=7)
    assert [told(week) for week in weeks] == [posted(town, group), posted(town, other)]


async def test_groups_that_draw_apart_get_their_own_prompts(town: Town) -> None:
    group, ann = await home(town)
    other = await town.group("Others", with_=group)
    await ann.joins(other)
    town.world.set_moderator(other.id, ann.id)
    await town.gives(ann, group, '/prompt schedule when="every day at 9:00" together=off')
    await town.gives(ann, other, '/prompt schedule when="every day at 9:00" together=off')
    await town.later(days=5)
    assert not set(posted(town, group)) & set(posted(town, other))


async def test_a_moved_prompt_stands_at_its_new_time(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(
        ann, group, "/prompt schedule every day at 9:00", "/prompt move tomorrow 15:00"
    )
    week = await town.gives(ann, group, "/prompt week")
    assert "3:00\u202fPM · " in week.splitlines()[1]
    assert week.splitlines()[1].endswith("moved")


async def test_a_paused_plan_is_named_and_has_no_days(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00", "/prompt pause")
    week = await town.gives(ann, group, "/prompt week")
    assert told(week) == []
    assert "Paused: every day at 9:00" in week


async def test_the_preview_shows_a_poll_with_its_options(town: Town) -> None:
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await town.gives(ann, group, '/prompt add text="Q tea?" options="tea | coffee"')
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    assert "Q tea?\n▫ tea\n▫ coffee" in await town.gives(ann, group, "/prompt preview")


async def test_a_schedule_every_two_weeks_keeps_its_weeks_when_it_is_edited(town: Town) -> None:
    group, ann = await home(town)
    home_room = town.world.home(group.id)
    await town.gives(ann, group, "/prompt schedule every 2 weeks on Monday at 9:00")
    await town.until(SUNDAY + timedelta(days=9))
    await town.gives(ann, group, "/prompt schedules")
    await ann.presses(ann.notes(home_room)[-1], "Change")
    await town.app.settle()
    await ann.fills(ann.forms()[-1], {"jitter": "0"})
    await town.app.settle()
    await town.until(SUNDAY + timedelta(days=30))
    days = [m.at.date().isoformat() for m in town.prompts(group)]
    assert days == ["2026-11-23", "2026-12-07", "2026-12-21"]


async def test_jitter_stays_within_its_minutes(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, '/prompt schedule when="every day at 9:00" jitter=30')
    await town.later(days=10)
    times = [m.at for m in town.prompts(group)]
    nine = [at.replace(hour=9, minute=0, second=0, microsecond=0) for at in times]
    assert all(
        timedelta() <= at - base <= timedelta(minutes=30)
        for at, base in zip(times, nine, strict=True)
    )
    assert len({at.minute for at in times}) > 2


async def test_quiet_hours_are_told_and_kept(town: Town) -> None:
    group, ann = await home(town)
    said = await town.gives(ann, group, '/prompt schedule when="every day at 5:00" quiet=22-7')
    await town.later(days=1)
    assert "within the quiet hours" in said
    assert [m.at for m in town.prompts(group)] == [
        datetime.fromisoformat("2026-11-23T07:00:00+00:00")
    ]
