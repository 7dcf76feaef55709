""" "Not me" and "Never mention me", from the post itself, at once and everywhere."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import consent
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.schema import calls
from tests.dialogue import Actor, Talk
from tests.features.quiet.naming_library import NEVER, NOT_ME, host, prompted
from tests.features.quiet.steered import group_of, quiet_person, ref_of
from tests.stages.base import Line

ELSEWHERE = MemberRef("elsewhere", "7")
SOON = timedelta(days=30)
"""After the three weeks in which nobody is named twice."""


class Scene:
    """Ben was named in Ann's prompt, where Cleo is too."""

    def __init__(self, talk: Talk, ann: Actor, ben: Actor, cleo: Actor, line: Line) -> None:
        self.talk, self.bot = talk, talk.bot
        self.ann, self.ben, self.cleo, self.line = ann, ben, cleo, line

    async def may_be_named(self, member: MemberRef | None = None, after: timedelta = SOON) -> bool:
        """Whether Ben (or somebody else) may be given the floor after a while."""
        who = member or await ref_of(self.talk, "Ben")
        group = await group_of(self.talk)
        at = self.talk.clock.now() + after
        async with self.talk.app.database.write() as tx:
            await members.joined(tx, group.id, who, "Ben", None, is_bot=False)
            return who in await consent.callable_now(tx, [who], at, group.id, "UTC")

    async def never(self) -> bool:
        """Whether Ben said that he is never to be mentioned."""
        async with self.talk.app.database.read() as tx:
            wish = await members.preference(tx, await ref_of(self.talk, "Ben"))
        return bool(wish and wish.no_pings)

    async def link(self) -> None:
        """Ben has another account."""
        async with self.talk.app.database.write() as tx:
            ben = await ref_of(self.talk, "Ben")
            await identities.link(tx, ben, ELSEWHERE, self.talk.clock.now())

    async def undo(self, label: str) -> None:
        """Takes back what was pressed: by a button, or by pressing again where it has no place."""
        answer = await self.bot.replies("", to=self.ben)
        if "Undo" in answer.buttons:
            await self.ben.presses(answer, "Undo")
        else:
            await self.talk.later(minutes=1)
            await self.ben.presses(self.line, label)


@pytest.fixture
async def scene(talk: Talk) -> Scene:
    ann = await host(talk)
    ben = await quiet_person(talk, "Ben")
    cleo = await talk.person("Cleo")
    line = await prompted(talk, ann)
    talk.bot.hears_nothing_more()
    return Scene(talk, ann, ben, cleo, line)


async def test_not_me_is_answered_to_that_person_alone(scene: Scene) -> None:
    await scene.ben.presses(scene.line, NOT_ME)
    line = await scene.bot.replies("All right", "90 days", to=scene.ben)
    assert line.only_for == "Ben"


async def test_not_me_holds_for_90_days(scene: Scene) -> None:
    await scene.ben.presses(scene.line, NOT_ME)
    assert not await scene.may_be_named(after=timedelta(days=89))
    assert await scene.may_be_named(after=timedelta(days=91))


async def test_not_me_holds_for_linked_accounts(scene: Scene) -> None:
    await scene.link()
    await scene.ben.presses(scene.line, NOT_ME)
    assert not await scene.may_be_named(ELSEWHERE)


async def test_not_me_is_taken_back(scene: Scene) -> None:
    await scene.ben.presses(scene.line, NOT_ME)
    await scene.undo(NOT_ME)
    await scene.bot.replies("All is as before", to=scene.ben)
    assert await scene.may_be_named()


async def test_two_taps_are_one(scene: Scene) -> None:
    await scene.ben.presses(scene.line, NOT_ME)
    await scene.ben.presses(scene.line, NOT_ME)
    assert not await scene.may_be_named()


async def test_never_is_answered_to_that_person_alone(scene: Scene) -> None:
    await scene.ben.presses(scene.line, NEVER)
    line = await scene.bot.replies("From now on I never mention you", "/pings", to=scene.ben)
    assert line.only_for == "Ben"


async def test_never_holds_at_once(scene: Scene) -> None:
    await scene.ben.presses(scene.line, NEVER)
    assert await scene.never()
    assert not await scene.may_be_named(after=timedelta(days=400))


async def test_never_holds_for_linked_accounts(scene: Scene) -> None:
    await scene.link()
    await scene.ben.presses(scene.line, NEVER)
    assert not await scene.may_be_named(ELSEWHERE)


async def test_never_is_taken_back(scene: Scene) -> None:
    await scene.ben.presses(scene.line, NEVER)
    line = await scene.bot.replies("never mention you", to=scene.ben)
    if "Undo" in line.buttons:
        await scene.ben.presses(line, "Undo")
    else:
        await scene.ben.says("/pings sometimes")
    assert not await scene.never()
    assert await scene.may_be_named()


@pytest.mark.parametrize("label", [NOT_ME, NEVER])
async def test_a_press_is_an_answer_to_the_call(scene: Scene, label: str) -> None:
    await scene.ben.presses(scene.line, label)
    async with scene.talk.app.database.read() as tx:
        assert await tx.scalar(select(calls.c.answered_at)) == scene.talk.clock.now()


@pytest.mark.parametrize("label", [NOT_ME, NEVER])
async def test_others_are_told_what_is_theirs(scene: Scene, label: str) -> None:
    await scene.cleo.presses(scene.line, label)
    line = await scene.bot.replies("the people who are named here", "/pings", to=scene.cleo)
    assert line.only_for == "Cleo"


async def test_others_change_nothing_for_who_is_named(scene: Scene) -> None:
    await scene.cleo.presses(scene.line, NEVER)
    assert await scene.may_be_named()


async def test_who_was_named_under_a_linked_account_can_decline(scene: Scene) -> None:
    async with scene.talk.app.database.write() as tx:
        ben, cleo = await ref_of(scene.talk, "Ben"), await ref_of(scene.talk, "Cleo")
        await identities.link(tx, ben, cleo, scene.talk.clock.now())
    await scene.cleo.presses(scene.line, NOT_ME)
    assert not await scene.may_be_named()


async def test_the_button_works_after_a_restart(scene: Scene) -> None:
    await scene.talk.restarts()
    await scene.ben.presses(scene.line, NOT_ME)
    await scene.bot.replies("90 days", to=scene.ben)
