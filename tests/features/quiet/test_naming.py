"""Quiet members are given the floor in posts that are worth answering."""

from datetime import timedelta

import pytest

from adapters.local.client import EVERYTHING
from bot.features.quiet.reasons import Kind, Why
from bot.features.quiet.tables import tried
from bot.ports import Can
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.features.quiet.naming_library import (
    NEVER,
    NOT_ME,
    asked,
    draws,
    host,
    named_by,
    posted,
    prompted,
)
from tests.features.quiet.steered import choose, quiet_person, ref_of
from tests.stages.base import Line

HILLS = "Who knows a good path in the hills?"


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await host(talk)


async def test_a_quiet_member_is_named_in_a_prompt_with_a_true_reason(
    talk: Talk, ann: Actor
) -> None:
    await quiet_person(talk, "Ben")
    line = await prompted(talk, ann)
    assert "Ben" in line.text
    assert "August 2026" in line.text
    assert line.pings == ("Ben",)
    assert line.buttons[-2:] == (NOT_ME, NEVER)


async def test_where_it_is_switched_off_nobody_is_named(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await choose(talk, switched_on=False)
    line = await prompted(talk, ann)
    assert "Ben" not in line.text
    assert line.pings == ()


async def test_who_is_left_out_by_lot_is_not_named_and_remembered(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await named_by(talk, 0.000001)
    line = await prompted(talk, ann)
    assert "Ben" not in line.text
    assert NOT_ME not in line.buttons
    (draw,) = await draws(talk)
    assert (draw.member, draw.named) == (str(await ref_of(talk, "Ben")), False)


async def test_the_draw_is_kept_with_its_chance_and_reason(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await named_by(talk, 0.75)
    await prompted(talk, ann)
    (draw,) = await draws(talk)
    assert (draw.kind, draw.why, draw.chance) == (Kind.NEW, Why.JOINED, 0.75)
    assert draw.spoke is None


async def again(talk: Talk, ann: Actor) -> Line:
    """Another prompt, at once."""
    await ann.says("/prompt add What made you laugh today?")
    await ann.says("/prompt now")
    return posted(talk, "What made you laugh today?")


async def test_a_second_post_on_the_same_day_names_nobody(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await prompted(talk, ann)
    await quiet_person(talk, "Cleo")
    await talk.later(hours=3)
    assert (await again(talk, ann)).pings == ()


async def test_the_next_day_names_others(talk: Talk, ann: Actor) -> None:
    for name in ("Ben", "Cleo", "Dan", "Eve"):
        await quiet_person(talk, name)
    first = await prompted(talk, ann)
    await talk.later(days=1)
    other = await again(talk, ann)
    assert {*first.pings, *other.pings} == {"Ben", "Cleo", "Dan", "Eve"}


async def test_nobody_is_named_at_night(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await ann.says("/prompt add What keeps you awake?")
    await talk.later(hours=16)
    talk.bot.hears_nothing_more()
    await ann.says("/prompt now")
    assert posted(talk, "What keeps you awake?").pings == ()


async def test_who_asked_for_the_topic_is_named_under_a_question(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await ben.says("/interests hills")
    await talk.later(hours=3)
    line = await asked(talk, ann, HILLS)
    assert "Ben" in line.text
    assert line.pings == ("Ben",)


async def test_who_has_nothing_to_do_with_a_question_is_not_named(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await talk.later(hours=3)
    assert (await asked(talk, ann, HILLS)).pings == ()


async def test_who_asks_is_not_named_in_the_own_question(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await ben.says("/interests hills")
    await talk.later(hours=3)
    line = await asked(talk, ben, HILLS)
    assert line.pings == ()
    assert await draws(talk) == []


async def test_an_edited_question_keeps_the_names(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await ben.says("/interests hills")
    await talk.later(hours=3)
    line = await asked(talk, ann, HILLS)
    cleo = await talk.person("Cleo")
    await cleo.says("The one behind the mill.", reply_to=line)
    again = await talk.bot.posts("1 answer so far")
    assert "Ben" in again.text
    assert NOT_ME in again.buttons


async def test_who_said_never_before_the_post_is_not_named(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await ben.says("/pings never")
    line = await prompted(talk, ann)
    assert "Ben" not in line.text


async def test_who_left_before_the_post_is_not_named(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await ben.leaves()
    line = await prompted(talk, ann)
    assert "Ben" not in line.text


async def test_while_it_is_tried_out_nobody_is_named(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await choose(talk, dry_until=talk.clock.now() + timedelta(days=30))
    line = await prompted(talk, ann)
    assert line.pings == ()
    assert "Ben" not in line.text
    async with talk.app.database.read() as tx:
        assert len(await tx.all(tried.select())) == 1


async def test_without_a_moderators_yes_nobody_is_named(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await choose(talk, approve=True)
    assert (await prompted(talk, ann)).pings == ()
    assert await draws(talk) == []


async def test_where_the_bot_cannot_read_nobody_is_named(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.READ)
    ann = await host(talk)
    await quiet_person(talk, "Ben")
    assert (await prompted(talk, ann)).pings == ()
    assert await draws(talk) == []


async def test_where_nobody_could_press_never_nobody_is_named(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.BUTTONS)
    ann = await host(talk)
    await quiet_person(talk, "Ben")
    assert (await prompted(talk, ann)).pings == ()


async def test_a_post_takes_three_names_at_most(talk: Talk, ann: Actor) -> None:
    for name in ("Ben", "Cleo", "Dan", "Eve", "Fay"):
        await quiet_person(talk, name)
    assert len((await prompted(talk, ann)).pings) == 3
