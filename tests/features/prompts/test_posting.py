"""Exactly one post for each local slot, whatever happens to clocks and processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.local.model import Group
from bot.events import Due, Event
from bot.store import due, groups
from bot.store.database import Database
from bot.store.schema import to_ms
from tests.features.prompts.town import Town, at, fill, home

PARIS = "Europe/Paris"


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Town]:
    """An empty world with the prompts in it."""
    made = Town(open_store)
    await made.begin()
    yield made
    await made.end()


def local_times(town: Town, group: Group, zone: str) -> list[str]:
    """When the prompts were posted, in local time."""
    return [m.at.astimezone(ZoneInfo(zone)).strftime("%a %H:%M") for m in town.prompts(group)]


async def test_a_prompt_is_posted_at_the_local_time_on_each_day(town: Town) -> None:
    group, ann = await home(town, PARIS)
    await town.gives(ann, group, "/prompt schedule every weekday at 9:00")
    await town.until(at("2026-11-29T00:00"))
    assert local_times(town, group, PARIS) == [
        f"{day} 09:00" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")
    ]


async def test_prompts_come_in_the_order_of_the_deck(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.later(days=3)
    assert [str(m.text)[:3] for m in town.prompts(group)] == ["Q1 ", "Q2 ", "Q3 "]


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [("2027-03-28", "2:30", "Sun 03:00"), ("2027-10-31", "2:30", "Sun 02:30")],
    ids=["an hour is missing", "an hour comes twice"],
)
async def test_a_slot_comes_once_when_clocks_change(
    town: Town, day: str, clock: str, expected: str
) -> None:
    group, ann = await home(town, PARIS)
    await town.until(at(f"{day}T00:00", PARIS) - timedelta(hours=3))
    await town.gives(ann, group, f"/prompt schedule every day at {clock}")
    await town.until(at(f"{day}T23:00", PARIS))
    assert local_times(town, group, PARIS) == [expected]


async def test_two_slots_that_fall_into_the_missing_hour_are_both_posted(town: Town) -> None:
    group, ann = await home(town, PARIS)
    await town.until(at("2027-03-27T20:00", PARIS))
    await town.gives(ann, group, "/prompt schedule every day at 2:00 and 3:00")
    await town.until(at("2027-03-28T12:00", PARIS))
    assert local_times(town, group, PARIS) == ["Sun 03:00", "Sun 03:00"]


async def test_groups_in_three_zones_get_the_same_prompt_at_their_own_nine(town: Town) -> None:
    zones = {"Tokyo": "Asia/Tokyo", "Paris": PARIS, "Lima": "America/Lima"}
    first, ann = await home(town, zones["Tokyo"], "Tokyo")
    others = [await town.group(name, zones[name], with_=first) for name in ("Paris", "Lima")]
    for group in others:
        await ann.joins(group)
        town.world.set_moderator(group.id, ann.id)
    for group in (first, *others):
        await town.gives(ann, group, "/prompt schedule every weekday at 9:00")
    await town.until(at("2026-11-25T00:00"))
    for group, zone in zip((first, *others), zones.values(), strict=True):
        assert local_times(town, group, zone)[:2] == ["Mon 09:00", "Tue 09:00"]
        assert [str(m.text)[:3] for m in town.prompts(group)][:2] == ["Q1 ", "Q2 "]


async def test_a_restart_between_two_slots_changes_nothing(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    for _ in range(4):
        await town.restart()
        await town.later(hours=12)
    assert len(town.prompts(group)) == 2


async def test_the_same_moment_told_twice_is_posted_once(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    moment = at("2026-11-23T09:00")
    town.clock.set(moment)
    async with town.app.database.read() as tx:
        rows = await due.take(tx, moment, 10)
    events: list[Event] = [
        Due(
            id=f"due:{row.key}@{to_ms(row.due_at)}{process}",
            at=moment,
            chat=town.world.home(group.id),
            key=row.key,
            kind=row.kind,
            arg=row.arg,
            due_at=row.due_at,
        )
        for row in rows
        for process in ("", "", " of another process")
    ]
    for event in events:
        town.app.engine.offer(event)
    await town.app.settle()
    assert len(town.prompts(group)) == 1


async def test_a_clock_that_is_set_back_brings_no_slot_again(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.until(at("2026-11-23T09:30"))
    town.clock.set(at("2026-11-23T08:00"))
    await town.gives(ann, group, "/prompt pause", "/prompt resume")
    await town.restart()
    await town.until(at("2026-11-23T20:00"))
    assert len(town.prompts(group)) == 1


async def test_a_clock_that_leaps_ahead_posts_the_last_slot_only(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00, 10:00 and 11:00")
    town.clock.set(at("2026-11-23T11:30"))
    await town.app.settle()
    assert local_times(town, group, "UTC") == ["Mon 11:30"]


async def test_an_outage_of_three_days_is_told_once_and_not_posted_late(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.gives(ann, group, "/prompt schedule every day at 18:00")
    await town.sleeps_until(at("2026-11-25T22:00"))
    await town.later(hours=1)
    told = [str(m.text) for m in town.posts(group) if "left out" in str(m.text)]
    assert (len(told), town.prompts(group)) == (1, [])
    assert all(count in told[0] for count in ("3 prompts", "4 prompts"))


async def test_after_an_outage_the_plan_goes_on(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.sleeps_until(at("2026-11-25T22:00"))
    await town.until(at("2026-11-26T12:00"))
    assert local_times(town, group, "UTC") == ["Thu 09:00"]


async def test_a_slot_that_is_an_hour_late_is_still_posted(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.sleeps_until(at("2026-11-23T10:00"))
    assert len(town.prompts(group)) == 1


async def test_what_waits_too_long_for_a_platform_is_told_and_counts_as_missed(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    town.clock.set(at("2026-11-23T09:00"))
    fired = asyncio.ensure_future(town.app.agenda.fire(town.clock.now()))
    while not fired.done():
        await (town.app.engine.step() if town.app.engine.backlog else asyncio.sleep(0))
    town.clock.set(at("2026-11-23T12:00"))
    await town.later(hours=1)
    assert town.prompts(group) == []
    assert any("left out" in str(m.text) for m in town.posts(group))


async def test_a_paused_group_gets_nothing_and_later_no_burst(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await _set_paused(town, group, paused=True)
    await town.later(days=3)
    await _set_paused(town, group, paused=False)
    assert town.posts(group) == []
    await town.until(at("2026-11-26T09:30"))
    assert [str(m.text)[:3] for m in town.prompts(group)] == ["Q1 "]


async def _set_paused(town: Town, group: Group, *, paused: bool) -> None:
    async with town.app.database.write() as tx:
        row = await groups.by_native(tx, "local", group.id)
        assert row
        await groups.change(tx, row.id, paused=paused)


async def test_a_group_that_the_bot_left_gets_its_prompts_again_on_return(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    town.world.remove_bot(group.id)
    await town.later(days=2)
    town.world.bring_bot(group.id)
    await town.later(days=1)
    assert [str(m.text)[:3] for m in town.prompts(group)] == ["Q1 "]


async def test_an_empty_deck_pauses_the_plan_and_is_told_once(town: Town) -> None:
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await town.gives(ann, group, "/deck new Empty", "/prompt schedule every day at 9:00")
    await town.later(days=4)
    assert [str(m.text)[:26] for m in town.posts(group)] == ["The deck ⁨Empty⁩ has no pr"]


async def test_a_low_deck_is_told_once_in_a_round(town: Town) -> None:
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await fill(town, group, 7)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.later(days=7)
    told = [m for m in town.posts(group) if "left before they come again" in str(m.text)]
    assert len(told) == 1


async def test_no_prompt_comes_again_before_the_deck_is_through(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.later(days=12)
    assert len({str(m.text) for m in town.prompts(group)}) == 12
