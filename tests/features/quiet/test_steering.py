"""`/quiet settings`: one switch, and how carefully it is used."""

from datetime import timedelta

import pytest

from adapters.local.client import EVERYTHING
from bot.ports import Can
from bot.store import due
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.features.quiet.steered import choose, chosen, group_of, moderator
from tests.stages.base import Line

TRY = "Try it for a month without naming anybody"


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await moderator(talk)


async def opened(talk: Talk, ann: Actor) -> Line:
    await ann.says("/quiet settings")
    return await talk.bot.replies("Quiet members here", to=ann)


def shown(talk: Talk) -> Line:
    """The panel as it stands; what it said before may have come back."""
    return [line for line in talk.stage.lines() if "Quiet members here" in line.text][-1]


async def switched_on(talk: Talk, ann: Actor) -> Line:
    await ann.presses(await opened(talk, ann), "⬜ Name quiet members")
    return await talk.bot.replies("✅ Name quiet members", to=ann)


async def test_nobody_is_named_unless_somebody_switched_it_on(talk: Talk, ann: Actor) -> None:
    line = await opened(talk, ann)
    assert line.buttons == ("⬜ Name quiet members",)
    assert not (await chosen(talk)).switched_on


async def test_it_points_to_the_other_commands(talk: Talk, ann: Actor) -> None:
    line = await opened(talk, ann)
    assert all(f"/quiet {name}" in line.text for name in ("next", "leave-out", "effect"))


async def test_switching_on_tells_what_will_happen_and_offers_to_try_it(
    talk: Talk, ann: Actor
) -> None:
    line = await switched_on(talk, ann)
    assert "At most three people in a post" in line.text
    assert "with one tap" in line.text
    assert line.buttons == ("✅ Name quiet members", "⬜ Ask me first", TRY)
    assert (await chosen(talk)).switched_on


async def test_pressing_again_switches_it_off_in_place(talk: Talk, ann: Actor) -> None:
    line = await switched_on(talk, ann)
    await ann.presses(line, "✅ Name quiet members")
    off = shown(talk)
    assert off.buttons == ("⬜ Name quiet members",)
    assert off.id == line.id
    assert not (await chosen(talk)).switched_on


async def test_switching_on_sees_to_it_that_the_group_is_looked_at(talk: Talk, ann: Actor) -> None:
    group = await group_of(talk)
    key = f"quiet:review:{group.id}"
    async with talk.app.database.write() as tx:
        await due.disarm(tx, [key])
    await switched_on(talk, ann)
    async with talk.app.database.read() as tx:
        waiting = {row.key for row in await due.of_group(tx, "quiet", group.id)}
    assert key in waiting


async def test_moderators_can_ask_to_be_asked_first(talk: Talk, ann: Actor) -> None:
    await ann.presses(await switched_on(talk, ann), "⬜ Ask me first")
    line = await talk.bot.replies("✅ Ask me first", to=ann)
    assert (await chosen(talk)).approve
    await ann.presses(line, "✅ Ask me first")
    assert not (await chosen(talk)).approve


async def test_trying_it_out_shows_until_when(talk: Talk, ann: Actor) -> None:
    await ann.presses(await switched_on(talk, ann), TRY)
    line = await talk.bot.replies("only trying it out until Dec 23, 2026", to=ann)
    assert "Name people from now on" in line.buttons
    assert (await chosen(talk)).dry_until == talk.clock.now() + timedelta(days=30)


async def test_a_trial_can_be_ended_early(talk: Talk, ann: Actor) -> None:
    await ann.presses(await switched_on(talk, ann), TRY)
    line = await talk.bot.replies("only trying it out", to=ann)
    await ann.presses(line, "Name people from now on")
    assert "At most three people in a post" in shown(talk).text
    after = await chosen(talk)
    assert after.switched_on
    assert after.dry_until is None


async def test_switching_off_ends_the_trial(talk: Talk, ann: Actor) -> None:
    await ann.presses(await switched_on(talk, ann), TRY)
    line = await talk.bot.replies("only trying it out", to=ann)
    await ann.presses(line, "✅ Name quiet members")
    assert shown(talk).buttons == ("⬜ Name quiet members",)
    assert (await chosen(talk)).dry_until is None


async def test_an_old_panel_changes_nothing_that_was_settled_since(talk: Talk, ann: Actor) -> None:
    line = await switched_on(talk, ann)
    await choose(talk, switched_on=False)
    await ann.presses(line, "⬜ Ask me first")
    assert shown(talk).buttons == ("⬜ Name quiet members",)
    assert not (await chosen(talk)).approve


async def test_members_do_not_choose(talk: Talk, ann: Actor) -> None:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    await ben.says("/quiet settings")
    await talk.bot.replies("Only moderators", to=ben)


async def test_members_do_not_press_either(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL)  # the panel stands in the room
    ann, ben = await moderator(talk), await talk.person("Ben")
    line = await opened(talk, ann)
    await ben.presses(line, "⬜ Name quiet members")
    await talk.bot.replies("Only moderators", to=ben)
    assert not (await chosen(talk)).switched_on


async def test_where_the_bot_sees_nothing_it_says_so_and_is_not_switched_on(
    on_local: MakeTalk,
) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.READ)
    line = await opened(talk, await moderator(talk))
    assert "ordinary messages don't reach me" in line.text
    assert line.buttons == ()


async def test_where_the_bot_lost_its_sight_it_can_still_be_switched_off(
    on_local: MakeTalk,
) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.READ)
    ann = await moderator(talk)
    await choose(talk, switched_on=True)
    await ann.presses(await opened(talk, ann), "✅ Name quiet members")
    await talk.bot.replies("ordinary messages don't reach me", to=ann)
    assert not (await chosen(talk)).switched_on
