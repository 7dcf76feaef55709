"""What becomes of questions, thanks and answers that the platform did not take."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from adapters.local.client import EVERYTHING, LocalAdapter
from bot.effects import AnyEffect, Post, to_json
from bot.events import Undelivered
from bot.features.answers import carrying
from bot.features.answers.tables import carries
from bot.ports import Can, InDoubt, Unreachable
from bot.refs import MemberRef
from bot.store import groups
from bot.text import Text
from tests.dialogue import Talk
from tests.features.answers.kept import kept
from tests.features.answers.test_carrying import AGAIN, Scene, carried_lines
from tests.features.conftest import MakeTalk

BUS = "When does the last bus leave for the airport?"


@pytest.fixture
async def talk(on_local: MakeTalk) -> Talk:
    return await on_local(can=EVERYTHING & ~Can.DEDUPE)


@pytest.fixture
async def scene(talk: Talk) -> Scene:
    ann = await talk.person("Ann", moderator=True)
    ben, cal = await talk.person("Ben"), await talk.person("Cal")
    await talk.stage.room("side")
    talk.bot.hears_nothing_more()
    return Scene(talk, ann, ben, cal)


def faults(talk: Talk, breaks: Callable[[Post], Exception | None]) -> None:
    adapter = talk.app.adapters[0]
    assert isinstance(adapter, LocalAdapter)

    def fault(effect: AnyEffect, token: str, done: bool) -> Exception | None:
        return breaks(effect) if isinstance(effect, Post) and not done else None

    adapter.faults = fault


async def closed_side_room(scene: Scene) -> None:
    """A room that takes nothing of the bot's that bears a name."""
    home = scene.talk.stage.adapter.world.home  # type: ignore[attr-defined]  # the local stage
    main = home(scene.talk.stage.group.id)  # type: ignore[attr-defined]  # the local stage

    def closed(effect: Post) -> Exception | None:
        return Unreachable("closed") if effect.name and effect.chat.room != main.room else None

    faults(scene.talk, closed)


async def test_a_question_whose_room_is_closed_moves_to_the_first_room(scene: Scene) -> None:
    await closed_side_room(scene)
    await scene.cal.says(f"/ask {BUS}", room="side")
    line = await scene.bot.posts("Cal", "asks:", BUS, "Do you know?")
    assert line.room != "side"
    assert line.buttons == ("Answer", "It is solved")


async def test_a_question_that_moved_is_answered_there(scene: Scene) -> None:
    await closed_side_room(scene)
    await scene.cal.says(f"/ask {BUS}", room="side")
    line = await scene.bot.posts("Cal", "asks:", BUS)
    await scene.ben.says("At half past eleven.", reply_to=line)
    await scene.bot.posts("1 answer so far")


async def test_an_asker_who_agreed_is_told_that_it_moved(scene: Scene) -> None:
    await scene.cal.opens_private()
    scene.bot.hears_nothing_more()
    await closed_side_room(scene)
    await scene.cal.says(f"/ask {BUS}", room="side")
    line = await scene.bot.posts("was closed to me, so I moved it", BUS)
    assert line.only_for == "Cal"


async def test_a_question_that_no_room_takes_is_kept(scene: Scene) -> None:
    faults(scene.talk, lambda effect: Unreachable("closed") if effect.name else None)
    await scene.cal.says(f"/ask {BUS}")
    assert [row.state for row in await kept(scene.talk)] == ["open"]


async def test_people_whose_post_was_not_taken_count_as_not_asked(scene: Scene) -> None:
    await scene.solved_by_ben()
    await scene.ask(scene.cal, AGAIN)
    faults(scene.talk, lambda effect: Unreachable("closed") if effect.pings else None)
    await scene.talk.later(hours=5)
    assert carried_lines(scene.talk) == []
    async with scene.talk.app.database.read() as tx:
        assert await tx.all(select(carries)) == []


async def test_people_whose_post_is_in_doubt_are_not_asked_again(scene: Scene) -> None:
    await scene.solved_by_ben()
    await scene.ask(scene.cal, AGAIN)
    faults(scene.talk, lambda effect: InDoubt("cut") if effect.pings else None)
    await scene.talk.later(hours=5)
    faults(scene.talk, lambda effect: None)
    await scene.talk.later(days=9)
    assert carried_lines(scene.talk) == []


async def given_up(scene: Scene, reason: str) -> None:
    """The post to Ben was given up for this reason."""
    await scene.carried()
    row = (await kept(scene.talk))[-1]
    name = f"answers:{row.id}{carrying.ASKED}"
    async with scene.talk.app.database.read() as tx:
        people = await tx.all(select(carries.c.member))
    async with scene.talk.app.database.read() as tx:
        (group,) = await groups.active(tx)
    post = Post(
        chat=group.chat,
        name=name,
        text=Text.of("x"),
        pings=tuple(MemberRef.parse(row.member) for row in people),
    )
    event = Undelivered(
        id=f"o:test-{reason}",
        at=scene.talk.clock.now(),
        chat=group.chat,
        feature="answers",
        reason=reason,
        effect=to_json(post),
        name=name,
    )
    scene.talk.app.engine.offer(event)
    await scene.talk.settled()


async def test_what_came_too_late_for_people_is_tried_again(scene: Scene) -> None:
    await given_up(scene, "stale")
    assert (await kept(scene.talk))[-1].stage == carrying.PEOPLE


async def test_without_consent_the_same_person_is_not_asked_in_their_own_place(
    scene: Scene,
) -> None:
    await given_up(scene, "consent")
    assert len(carried_lines(scene.talk)) == 1
