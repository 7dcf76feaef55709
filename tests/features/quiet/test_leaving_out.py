"""People whom moderators don't want to be named in a group."""

import pytest

from bot.features.quiet.leaving_out import left_out
from bot.refs import MemberRef
from bot.store import groups, identities, members
from bot.store.groups import Group
from tests.dialogue import Actor, Talk
from tests.features.quiet.steered import group_of, moderator, ref_of
from tests.stages.base import Line


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await moderator(talk)


async def left_out_here(talk: Talk, name: str) -> bool:
    member = str(await ref_of(talk, name))
    async with talk.app.database.read() as tx:
        (group,) = await groups.active(tx)
        return await left_out(tx, group.id, [member]) == {member}


async def leaves_out(talk: Talk, ann: Actor, name: str) -> Line:
    await ann.says(f"/quiet leave-out @{name}")
    return await talk.bot.replies("I leave", name, "Nobody else is told", to=ann)


async def test_who_is_left_out_stands_in_a_list_for_the_moderator_alone(
    talk: Talk, ann: Actor
) -> None:
    await talk.person("Ben")
    line = await leaves_out(talk, ann, "Ben")
    assert "• \u2068Ben" in line.text
    assert line.only_for == "Ann"
    assert await left_out_here(talk, "Ben")


async def test_it_is_taken_back_from_the_list_in_place(talk: Talk, ann: Actor) -> None:
    await talk.person("Ben")
    line = await leaves_out(talk, ann, "Ben")
    await ann.presses(line, "Ben")
    after = await talk.bot.replies("may be named again", "Nobody is left out", to=ann)
    assert after.id == line.id
    assert not await left_out_here(talk, "Ben")


async def test_the_list_says_when_nobody_is_in_it(talk: Talk, ann: Actor) -> None:
    await ann.says("/quiet leave-out")
    await talk.bot.replies("Nobody is left out here", to=ann)


async def test_somebody_unknown_is_not_left_out(talk: Talk, ann: Actor) -> None:
    if talk.platform == "discord":
        pytest.skip("there a member is picked from a list")
    await ann.says("/quiet leave-out @nobody_at_all")
    await talk.bot.replies("I don't know", to=ann)


async def test_members_leave_nobody_out(talk: Talk, ann: Actor) -> None:
    ben = await talk.person("Ben")
    await ben.says("/quiet leave-out @Ann")
    await talk.bot.replies("Only moderators", to=ben)
    assert not await left_out_here(talk, "Ann")


async def test_somebody_is_left_out_under_every_linked_account(talk: Talk, ann: Actor) -> None:
    await talk.person("Ben")
    await leaves_out(talk, ann, "Ben")
    other = MemberRef("elsewhere", "ben")
    group: Group = await group_of(talk)
    async with talk.app.database.write() as tx:
        await identities.link(tx, await ref_of(talk, "Ben"), other, talk.clock.now())
        assert await left_out(tx, group.id, [str(other)]) == {str(other)}


async def test_another_group_is_not_concerned(talk: Talk, ann: Actor) -> None:
    await talk.person("Ben")
    await leaves_out(talk, ann, "Ben")
    group = await group_of(talk)
    async with talk.app.database.read() as tx:
        assert await left_out(tx, group.id + 1, [str(await ref_of(talk, "Ben"))]) == set()


async def test_who_left_the_group_can_still_be_taken_back(talk: Talk, ann: Actor) -> None:
    ben = await talk.person("Ben")
    await leaves_out(talk, ann, "Ben")
    await ben.leaves()
    await ann.says("/quiet leave-out")
    line = await talk.bot.replies("somebody who left", to=ann)
    await ann.presses(line, "somebody who left")
    await talk.bot.replies("may be named again", to=ann)
    async with talk.app.database.read() as tx:
        assert await members.preference(tx, await ref_of(talk, "Ben")) is None
