"""Two groups become one community, and part again."""

import re

import pytest

from adapters.local.people import Person
from adapters.local.world import World
from bot.refs import ChatRef
from bot.store import groups
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk


class Sisters:
    """The group Friends with Ann, and the group Sisters with Zoe; both moderate."""

    def __init__(self, talk: Talk, ann: Actor, zoe: Person, home: ChatRef) -> None:
        self.talk, self.ann, self.zoe, self.home = talk, ann, zoe, home

    @property
    def world(self) -> World:
        return self.talk.stage.world  # type: ignore[attr-defined,no-any-return]  # on_local gives a LocalStage

    async def zoe_says(self, line: str) -> None:
        await self.zoe.gives_command(self.home, line)
        await self.talk.settled()

    async def zoe_presses(self, label: str) -> None:
        await self.zoe.presses(self.world.history(self.home, self.zoe.id)[-1], label)
        await self.talk.settled()

    async def code(self) -> str:
        await self.ann.says("/community code")
        line = await self.talk.bot.replies("/community join")
        found = re.search(r"/community join (\w+)", line.text)
        assert found
        return found[1]

    async def united(self) -> bool:
        async with self.talk.app.database.read() as tx:
            return len({group.community for group in await groups.active(tx)}) == 1


@pytest.fixture
async def sisters(on_local: MakeTalk) -> Sisters:
    talk = await on_local()
    ann = await talk.person("Ann", moderator=True)
    world: World = talk.stage.world  # type: ignore[attr-defined]  # on_local gives a LocalStage
    group = world.add_group("Sisters")
    zoe = world.add_person("Zoe")
    await zoe.joins(group)
    world.set_moderator(group.id, zoe.id)
    await talk.settled()
    talk.bot.hears_nothing_more()
    return Sisters(talk, ann, zoe, world.home(group.id))


async def joined(sisters: Sisters) -> None:
    await sisters.zoe_says(f"/community join {await sisters.code()}")
    await sisters.zoe_presses("Ask to join")
    line = await sisters.talk.bot.posts("Sisters", "would like to join")
    await sisters.ann.presses(line, "Let them in")


async def test_two_groups_become_one_when_both_sides_agree(sisters: Sisters) -> None:
    await joined(sisters)
    await sisters.talk.bot.replies("Sisters", "one of you")
    await sisters.talk.bot.posts("part of", "Friends")
    assert await sisters.united()


async def test_one_side_alone_joins_nothing(sisters: Sisters) -> None:
    await sisters.zoe_says(f"/community join {await sisters.code()}")
    await sisters.zoe_presses("Ask to join")
    assert not await sisters.united()


async def test_the_other_side_may_decline(sisters: Sisters) -> None:
    await sisters.zoe_says(f"/community join {await sisters.code()}")
    await sisters.zoe_presses("Ask to join")
    line = await sisters.talk.bot.posts("would like to join")
    await sisters.ann.presses(line, "No")
    await sisters.talk.bot.posts("rather stay")
    assert not await sisters.united()


async def test_a_code_is_good_for_a_day(sisters: Sisters) -> None:
    code = await sisters.code()
    await sisters.talk.later(hours=24)
    await sisters.zoe_says(f"/community join {code}")
    await sisters.talk.bot.replies("not good")


async def test_a_code_works_once(sisters: Sisters) -> None:
    code = await sisters.code()
    await sisters.zoe_says(f"/community join {code}")
    await sisters.zoe_presses("Ask to join")
    await sisters.ann.presses(await sisters.talk.bot.posts("would like"), "No")
    sisters.talk.bot.hears_nothing_more()
    await sisters.zoe_says(f"/community join {code}")
    await sisters.talk.bot.replies("not good")


async def test_a_new_code_makes_the_old_one_worthless(sisters: Sisters) -> None:
    old = await sisters.code()
    await sisters.code()
    await sisters.zoe_says(f"/community join {old}")
    await sisters.talk.bot.replies("not good")


@pytest.mark.parametrize("code", ["?", "@everyone", "'; DROP TABLE groups", "Z" * 40])
async def test_garbage_is_no_code(sisters: Sisters, code: str) -> None:
    await sisters.zoe_says(f"/community join {code}")
    await sisters.talk.bot.replies("not good")


async def test_a_group_can_not_join_itself(sisters: Sisters) -> None:
    await sisters.ann.says(f"/community join {await sisters.code()}")
    await sisters.talk.bot.replies("not good")


async def test_a_group_that_leaves_stands_alone(sisters: Sisters) -> None:
    await joined(sisters)
    await sisters.zoe_says("/community leave")
    await sisters.talk.bot.replies("stands alone")
    assert not await sisters.united()


async def test_a_group_of_its_own_has_nothing_to_leave(sisters: Sisters) -> None:
    await sisters.ann.says("/community leave")
    await sisters.talk.bot.replies("already")


async def test_schedules_go_on_when_a_group_joins_and_leaves(sisters: Sisters) -> None:
    await sisters.zoe_says("/setup")
    for label in ("English", "London · 7:00\u202fAM", "Every day at 10:00", "Confirm"):
        await sisters.zoe_presses(label)
    sisters.talk.bot.hears_nothing_more()
    await joined(sisters)
    await sisters.talk.later(hours=4)
    await sisters.talk.bot.posts("?")
    await sisters.zoe_says("/community leave")
    sisters.talk.bot.hears_nothing_more()
    await sisters.talk.later(hours=24)
    line = await sisters.talk.bot.posts("?")
    assert line.room == "general"


async def test_a_community_is_called_as_it_likes(sisters: Sisters) -> None:
    await sisters.ann.says("/community name  The   @everyone Club ")
    line = await sisters.talk.bot.replies("The @everyone Club")
    assert line.pings == ()
