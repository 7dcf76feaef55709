"""How the table of quiet people is kept true while a group lives."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from adapters.local.client import EVERYTHING
from bot.features.quiet import feature, reviewing, settings
from bot.features.quiet.reasons import Kind
from bot.features.quiet.tables import outages, people
from bot.ports import Can
from bot.store import due
from bot.store.activity import Act
from bot.store.schema import roster
from tests.dialogue import Talk
from tests.features.quiet.library import WEEKLY, Crowd, crowd

MakeTalk = Callable[..., Awaitable[Talk]]


class Scene:
    """A dialogue in which nothing but the floor is running, with a past."""

    def __init__(self, talk: Talk, people_: Crowd) -> None:
        self.talk, self.crowd = talk, people_

    async def looks(self) -> None:
        """The review begins, as it does when a group is ready."""
        await self.talk.restarts()
        await self.talk.later(seconds=10)

    async def kinds(self) -> dict[str, Kind]:
        return await self.crowd.kinds()

    async def planned(self) -> datetime:
        """When the next review comes."""
        async with self.talk.app.database.read() as tx:
            (row,) = await due.of_group(tx, "quiet", self.crowd.group.id)
        planned: datetime = row.due_at
        return planned

    async def reviews(self) -> int:
        """How many reviews are planned."""
        async with self.talk.app.database.read() as tx:
            planned = await due.of_group(tx, "quiet", self.crowd.group.id)
        return sum(row.kind == "quiet.review" for row in planned)


MakeScene = Callable[..., Awaitable[Scene]]


@pytest.fixture
def scene_with(on_local: MakeTalk) -> MakeScene:
    async def make(can: Can = EVERYTHING) -> Scene:
        talk = await on_local(systems=[feature()], can=can)
        return Scene(talk, await crowd(talk))

    return make


@pytest.fixture
async def scene(scene_with: MakeScene) -> Scene:
    return await scene_with()


async def test_the_first_look_judges_everybody_by_their_past(scene: Scene) -> None:
    ann = await scene.crowd.person("Ann", wrote=range(12, 60))
    await scene.crowd.person("Ben", wrote=WEEKLY)
    cid = await scene.crowd.person("Cid", joined=30)
    dot = await scene.crowd.person("Dot", reacted=[3, 40])
    eve = await scene.crowd.person("Eve", wrote=range(100, 300, 2))
    await scene.looks()
    assert await scene.kinds() == {
        ann: Kind.OVERDUE,
        cid: Kind.NEW,
        dot: Kind.READER,
        eve: Kind.FADED,
    }


async def test_who_was_found_there_is_not_new_before_two_weeks(scene: Scene) -> None:
    ann = await scene.crowd.person("Ann")
    await scene.looks()
    assert await scene.kinds() == {}
    await scene.talk.later(days=15)
    assert await scene.kinds() == {ann: Kind.NEW}


async def test_a_large_past_is_looked_at_in_steps(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ACTED", "LISTED", "DUE"):
        monkeypatch.setattr(reviewing, name, 2)
    for number in range(5):
        await scene.crowd.person(f"Old{number}", wrote=range(12, 60))
        await scene.crowd.person(f"New{number}", joined=30)
    await scene.looks()
    assert sorted((await scene.kinds()).values()) == [Kind.NEW] * 5 + [Kind.OVERDUE] * 5


async def test_silence_makes_overdue_without_anybody_looking(scene: Scene) -> None:
    ann = await scene.crowd.person("Ann", wrote=range(1, 60))
    await scene.looks()
    await scene.talk.later(days=5)
    assert await scene.kinds() == {}
    await scene.talk.later(days=4)
    assert await scene.kinds() == {ann: Kind.OVERDUE}


async def test_who_writes_again_is_not_quiet_the_next_day(scene: Scene) -> None:
    ann = await scene.crowd.person("Ann", wrote=range(12, 60))
    await scene.looks()
    await scene.crowd.acts(ann)
    await scene.talk.later(hours=25)
    assert await scene.kinds() == {}


async def test_who_only_reacts_from_the_start_is_a_reader(scene: Scene) -> None:
    await scene.looks()
    ann = await scene.crowd.person("Ann")
    await scene.crowd.acts(ann, act=Act.REACTION)
    await scene.talk.later(hours=25)
    assert await scene.kinds() == {ann: Kind.READER}


async def test_who_joins_is_new_after_two_weeks(scene: Scene) -> None:
    await scene.looks()
    await scene.talk.person("Ann")
    await scene.talk.later(days=13)
    assert await scene.kinds() == {}
    await scene.talk.later(days=2)
    assert list((await scene.kinds()).values()) == [Kind.NEW]


async def test_who_leaves_is_quiet_no_more_at_once(scene: Scene) -> None:
    await scene.looks()
    ann = await scene.talk.person("Ann")
    await scene.talk.later(days=15)
    await ann.leaves()
    async with scene.talk.app.database.read() as tx:
        assert await tx.all(select(people)) == []


async def test_an_outage_is_no_silence(scene: Scene) -> None:
    ann = await scene.crowd.person("Ann", wrote=range(1, 60))
    await scene.looks()
    scene.talk.clock.advance(timedelta(days=12))
    await scene.talk.settled()
    assert await scene.kinds() == {}
    await scene.talk.later(days=8)
    assert await scene.kinds() == {ann: Kind.OVERDUE}


async def test_an_outage_is_kept_once(scene: Scene) -> None:
    await scene.looks()
    scene.talk.clock.advance(timedelta(days=2))
    await scene.talk.later(days=2)
    async with scene.talk.app.database.read() as tx:
        (row,) = await tx.all(select(outages))
    assert timedelta(days=0.9) < row.until - row.since <= timedelta(days=2)


async def test_what_is_told_after_an_outage_still_counts(scene: Scene) -> None:
    ann = await scene.crowd.person("Ann", wrote=range(12, 60))
    await scene.looks()
    scene.talk.clock.advance(timedelta(days=1))
    await scene.talk.settled()
    assert await scene.kinds() == {ann: Kind.OVERDUE}
    await scene.crowd.acts(ann, ago=-0.5)
    await scene.talk.later(hours=2)
    assert await scene.kinds() == {}


async def test_a_group_that_the_bot_cannot_see_is_not_judged(scene_with: MakeScene) -> None:
    scene = await scene_with(EVERYTHING & ~Can.READ)
    await scene.crowd.person("Ann", wrote=range(12, 60))
    await scene.looks()
    await scene.talk.later(days=20)
    assert await scene.kinds() == {}
    async with scene.talk.app.database.read() as tx:
        chosen = await settings.of_group(tx, scene.crowd.group.id)
    assert chosen.reviewed_at is None


async def test_a_restart_plans_no_second_review(scene: Scene) -> None:
    await scene.looks()
    await scene.talk.restarts()
    assert await scene.reviews() == 1


async def test_a_lively_group_is_looked_at_every_hour(scene: Scene) -> None:
    ann = await scene.crowd.person("Ann", wrote=range(12, 60))
    await scene.looks()
    await scene.crowd.acts(ann, ago=-0.01)
    await scene.talk.later(days=1, hours=1)
    await scene.crowd.acts(ann, ago=-1.04)
    planned = await scene.planned()
    assert planned - scene.talk.clock.now() <= timedelta(hours=1)


async def test_a_group_that_is_not_ready_is_not_looked_at(on_local: MakeTalk) -> None:
    talk = await on_local(systems=[feature()])
    await talk.person("Ann")
    await talk.later(days=20)
    async with talk.app.database.read() as tx:
        assert await tx.all(select(people)) == []


async def test_nobody_is_overdue_before_what_is_usual_here(scene: Scene) -> None:
    for number in range(5):
        await scene.crowd.person(f"P{number}", wrote=range(3, 300, 40))
    ann = await scene.crowd.person("Ann", wrote=range(10, 60))
    await scene.looks()
    assert await scene.kinds() == {}
    await scene.talk.later(days=35)
    assert await scene.kinds() == {ann: Kind.OVERDUE}


async def test_a_year_of_silence_ends_in_peace(scene: Scene) -> None:
    await scene.crowd.person("Ann", wrote=[364 + n for n in range(30)])
    await scene.looks()
    assert list((await scene.kinds()).values()) == [Kind.OVERDUE]
    await scene.talk.later(days=2)
    assert await scene.kinds() == {}


async def test_bots_are_not_among_the_quiet(scene: Scene) -> None:
    ann = await scene.crowd.person("Ann", wrote=range(12, 60), joined=100)
    async with scene.talk.app.database.write() as tx:
        await tx.execute(update(roster).where(roster.c.member == ann).values(is_bot=True))
    await scene.looks()
    assert await scene.kinds() == {}
