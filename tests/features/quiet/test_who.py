"""`/quiet who`: counts for moderators, names for their eyes alone."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.local.client import EVERYTHING
from bot.features.quiet.reasons import Kind
from bot.ports import Can
from bot.refs import MemberRef
from bot.store import members
from bot.store.database import Database
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.features.quiet.library import DAY, WEEKLY, Crowd, crowd
from tests.stages.telegram import TelegramStage


class Scene:
    """A group with a moderator Mo, whom the bot may write to, and others with a past."""

    def __init__(self, talk: Talk, mo: Actor, people: Crowd) -> None:
        self.talk, self.bot, self.mo, self.people = talk, talk.bot, mo, people


async def scene_on(talk: Talk) -> Scene:
    mo = await talk.person("Mo", moderator=True)
    await mo.opens_private()
    people = await crowd(talk)
    talk.bot.hears_nothing_more()
    return Scene(talk, mo, people)


@pytest.fixture
async def scene(talk: Talk) -> Scene:
    return await scene_on(talk)


@pytest.fixture
async def telegram(open_store: Callable[[], Database]) -> AsyncIterator[Talk]:
    """A dialogue where buttons are seen by all, and where there is a privacy mode."""
    dialogue = Talk(TelegramStage, open_store)
    await dialogue.begin()
    yield dialogue
    await dialogue.end()


async def loses_its_rights(scene: Scene) -> None:
    """The bot is no administrator any more, so that privacy mode hides ordinary messages."""
    assert isinstance(scene.talk.stage, TelegramStage)
    await scene.talk.stage.is_demoted()
    await scene.talk.settled()


async def looked(scene: Scene) -> None:
    """The first review, which begins when somebody asks, is done."""
    await scene.mo.says("/quiet who")
    await scene.talk.later(seconds=10)
    scene.bot.hears_nothing_more()


async def test_moderators_see_how_many_are_quiet_in_which_way(scene: Scene) -> None:
    await scene.people.person("Ann", wrote=range(12, 60))
    await scene.people.person("Ben", wrote=WEEKLY)
    await scene.people.person("Cid", joined=30)
    await scene.people.person("Dot", reacted=[3])
    await scene.people.person("Eve", wrote=range(100, 300, 2))
    await looked(scene)
    await scene.mo.says("/quiet who")
    line = await scene.bot.replies(
        "Longer away than usual: 1",
        "Here a lot once: 1",
        "Not yet heard: 1",
        "Reading along: 1",
        to=scene.mo,
    )
    assert line.files == ("quiet.png",)
    assert all(name not in line.text for name in ("Ann", "Ben", "Cid", "Dot", "Eve"))


async def test_names_come_to_the_moderator_alone(scene: Scene) -> None:
    await scene.people.person("Ann", wrote=range(12, 60))
    await looked(scene)
    await scene.mo.says("/quiet who")
    line = await scene.bot.replies("Longer away than usual", to=scene.mo)
    await scene.mo.presses(line, "Show names: Longer away than usual")
    names = await scene.bot.replies("Ann", to=scene.mo)
    assert names.only_for == "Mo"


async def test_names_are_never_shown_in_the_room(talk: Talk) -> None:
    """Also where the moderator never opened the private conversation."""
    mo = await talk.person("Mo", moderator=True)
    people = await crowd(talk)
    await people.person("Ann", wrote=range(12, 60))
    scene = Scene(talk, mo, people)
    await looked(scene)
    await mo.says("/quiet who")
    line = await talk.bot.replies("Longer away than usual", to=mo)
    await mo.presses(line, "Show names: Longer away than usual")
    assert all(one.only_for == "Mo" for one in talk.stage.lines() if "Ann" in one.text)


async def test_many_names_come_in_pages(scene: Scene) -> None:
    for number in range(25):
        await scene.people.quiet(f"Person{number}", Kind.NEW, draw=number / 25)
    await scene.people.reviewed()
    await scene.mo.says("/quiet who")
    line = await scene.bot.replies("Not yet heard: 25", to=scene.mo)
    await scene.mo.presses(line, "Show names: Not yet heard")
    first = await scene.bot.replies("1. ", "20. ", to=scene.mo)
    await scene.mo.presses(first, "More")
    second = await scene.bot.replies("21. ", "25. ", to=scene.mo)
    assert second.buttons == ("Back",)
    await scene.mo.presses(second, "Back")
    await scene.bot.replies("1. ", "20. ", to=scene.mo)


async def test_who_is_away_on_notice_counts_as_nothing_else(scene: Scene) -> None:
    ann = await scene.people.quiet("Ann", Kind.FADED)
    await scene.people.quiet("Ben", Kind.FADED)
    await scene.people.reviewed()
    async with scene.talk.app.database.write() as tx:
        until = scene.talk.clock.now() + 9 * DAY
        await members.prefer(tx, MemberRef.parse(ann), away_until=until)
    await scene.mo.says("/quiet who")
    await scene.bot.replies("Here a lot once: 1", "Away on notice: 1", to=scene.mo)


async def test_what_was_done_since_the_last_review_is_seen(scene: Scene) -> None:
    ann = await scene.people.quiet("Ann", Kind.OVERDUE)
    await scene.people.reviewed()
    await scene.people.acts(ann)
    await scene.mo.says("/quiet who")
    line = await scene.bot.replies("In their own rhythm", to=scene.mo)
    assert "Longer away" not in line.text


async def test_members_are_not_told_who_is_quiet(scene: Scene) -> None:
    ben = await scene.talk.person("Ben")
    await scene.people.reviewed()
    await ben.says("/quiet who")
    line = await scene.bot.replies("moderators", to=ben)
    assert "rhythm" not in line.text


async def test_somebody_who_moderates_nothing_gets_no_names_by_a_press(telegram: Talk) -> None:
    talk = telegram
    mo, ben = await talk.person("Mo", moderator=True), await talk.person("Ben")
    scene = Scene(talk, mo, await crowd(talk))
    await scene.people.person("Ann", wrote=range(12, 60))
    await looked(scene)
    await mo.says("/quiet who")
    line = await scene.bot.replies("Longer away than usual", to=mo)
    await ben.presses(line, "Show names: Longer away than usual")
    await scene.bot.replies("Only moderators", to=ben)
    assert all("Ann" not in one.text for one in talk.stage.lines())


async def test_before_the_first_look_it_says_when(scene: Scene) -> None:
    await scene.mo.says("/quiet who")
    await scene.bot.replies("first look", "in a few minutes", to=scene.mo)


async def test_asking_begins_the_first_look(scene: Scene) -> None:
    await scene.people.person("Ann", wrote=range(12, 60))
    await scene.mo.says("/quiet who")
    await scene.talk.later(seconds=10)
    scene.bot.hears_nothing_more()
    await scene.mo.says("/quiet who")
    await scene.bot.replies("Longer away than usual: 1", to=scene.mo)


async def test_it_is_refused_where_messages_do_not_reach_the_bot(on_local: MakeTalk) -> None:
    scene = await scene_on(await on_local(can=EVERYTHING & ~Can.READ))
    await scene.people.quiet("Ann", Kind.OVERDUE)
    await scene.people.reviewed()
    await scene.mo.says("/quiet who")
    line = await scene.bot.replies("can't tell who is quiet", "/check", to=scene.mo)
    assert "1" not in line.text


async def test_the_first_word_alone_means_the_same(on_local: MakeTalk) -> None:
    scene = await scene_on(await on_local())
    await scene.people.reviewed()
    await scene.mo.says("/quiet")
    await scene.bot.replies("Who is quiet here", to=scene.mo)


async def test_it_is_refused_in_privacy_mode(telegram: Talk) -> None:
    scene = await scene_on(telegram)
    await scene.people.person("Ann", wrote=range(12, 60))
    await looked(scene)
    await loses_its_rights(scene)
    await scene.mo.says("/quiet who")
    line = await scene.bot.replies("can't tell who is quiet", "/check", to=scene.mo)
    assert line.files == ()


async def test_names_are_refused_in_privacy_mode_too(telegram: Talk) -> None:
    scene = await scene_on(telegram)
    await scene.people.person("Ann", wrote=range(12, 60))
    await looked(scene)
    await scene.mo.says("/quiet who")
    line = await scene.bot.replies("Longer away than usual", to=scene.mo)
    await loses_its_rights(scene)
    await scene.mo.presses(line, "Show names: Longer away than usual")
    await scene.bot.replies("can't tell who is quiet", to=scene.mo)
    assert all("Ann" not in one.text for one in scene.talk.stage.lines())
