"""What happens between the choice and the sending, or in two groups at once."""

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.features.quiet import settings
from bot.features.quiet.reasons import Kind
from bot.features.quiet.tables import occasions as occasions_table
from bot.features.quiet.tables import people
from bot.store import groups, members
from bot.store.schema import calls, pings
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.features.quiet.naming_library import draws, host, posted
from tests.features.quiet.steered import SUBJECT, quiet_person, ref_of
from tests.stages.local import LocalStage


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    """Ann has a prompt ready, and it is day."""
    ann = await host(talk)
    await ann.says(f"/prompt add {SUBJECT}")
    await talk.later(hours=3)
    talk.bot.hears_nothing_more()
    return ann


async def under_way(talk: Talk) -> None:
    """Ann's prompt is decided on, with its names, and not sent yet."""
    await talk.stage.says("Ann", "/prompt now")
    await talk.stage.delivered()
    while talk.app.engine.backlog:
        await talk.app.engine.step()
    (draw,) = await draws(talk)
    assert draw.named


async def test_who_leaves_before_the_post_is_sent_is_not_in_it(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await under_way(talk)
    await ben.leaves()
    line = posted(talk)
    assert "Ben" not in line.text
    assert "Not me" not in line.buttons


async def test_who_says_never_before_the_post_is_sent_is_not_in_it(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await under_way(talk)
    await ben.says("/pings never")
    line = posted(talk)
    assert "Ben" not in line.text
    assert line.pings == ()


async def test_the_others_stay_in_the_post(talk: Talk, ann: Actor) -> None:
    ben = await quiet_person(talk, "Ben")
    await quiet_person(talk, "Cleo")
    await talk.stage.says("Ann", "/prompt now")
    await ben.says("/pings never")
    line = posted(talk)
    assert "Cleo" in line.text
    assert line.pings == ("Cleo",)


async def test_a_restart_before_the_sending_names_once(talk: Talk, ann: Actor) -> None:
    await quiet_person(talk, "Ben")
    await under_way(talk)
    await talk.restarts()
    assert sum("Ben" in line.pings for line in talk.stage.lines()) == 1
    async with talk.app.database.read() as tx:
        assert len(await tx.all(select(calls))) == 1


async def second_group(talk: Talk, native: str) -> int:
    """A group in which Ben is quiet as well."""
    async with talk.app.database.write() as tx:
        row = await groups.by_native(tx, "local", native)
        assert row
        ben = await ref_of(talk, "Ben")
        now = talk.clock.now()
        await members.joined(tx, row.id, ben, "Ben", now, is_bot=False)
        await groups.change(tx, row.id, ready=True)
        await settings.change(tx, row.id, switched_on=True, reviewed_at=now)
        found = {"kind": Kind.NEW, "since": now, "due_at": None, "draw": 0.5}
        await tx.put(people, {"group_id": row.id, "member": str(ben)} | found)
        return row.id


async def test_two_groups_in_the_same_second_name_a_person_once(on_local: MakeTalk) -> None:
    talk = await on_local()
    stage = talk.stage
    assert isinstance(stage, LocalStage)
    ann = await host(talk)
    await quiet_person(talk, "Ben")
    sister = stage.world.add_group("Sister")
    person = stage._people["Ann"]
    await person.joins(sister)
    stage.world.set_moderator(sister.id, person.id)
    await talk.settled()
    await second_group(talk, sister.id)
    await talk.until(datetime.fromisoformat("2026-11-23T12:00:00+00:00"))
    home = stage.world.home(sister.id)
    await ann.says(f"/prompt add {SUBJECT}")
    await person.gives_command(home, f"/prompt add {SUBJECT}")
    await talk.settled()
    await stage.says("Ann", "/prompt now")
    await person.gives_command(home, "/prompt now")
    await talk.settled()
    async with talk.app.database.read() as tx:
        assert len(await tx.all(select(pings))) == 1
        assert len(await tx.all(select(occasions_table))) == 1
    assert sum(line.text.startswith(SUBJECT) for line in stage.lines()) == 2
