"""What moderators are told of what people need."""

from datetime import timedelta

import pytest

from bot.features.answers import topic_records
from bot.features.answers.rules import State
from bot.refs import MemberRef
from bot.store import groups
from tests.dialogue import Actor, Talk
from tests.features.answers.library import Library, library


class Scene:
    """A group with a moderator Ann, and what it keeps."""

    def __init__(self, talk: Talk, ann: Actor, shelf: Library) -> None:
        self.talk, self.bot, self.ann, self.shelf = talk, talk.bot, ann, shelf

    async def asks(self, people: int, topic: int | None = None) -> None:
        """So many people ask; the first two questions get an answer after an hour."""
        for number in range(people):
            asked = await self.shelf.question(
                f"Question {number} about {topic}?",
                by=MemberRef("local", f"p{number}"),
                topic=topic,
            )
            if number < 2:
                await self.shelf.answer(asked, "So.", after=timedelta(hours=1))

    async def has_a_moderators_room(self) -> None:
        await self.talk.stage.room("staff")
        await self.talk.settled()
        rooms = await self.talk.app.adapters[0].rooms(self.shelf.group.chat)
        room = next(place.chat.room for place in rooms if place.title == "staff")
        async with self.talk.app.database.write() as tx:
            await groups.change(tx, self.shelf.group.id, moderators_room=room)


@pytest.fixture
async def scene(talk: Talk) -> Scene:
    ann = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    return Scene(talk, ann, await library(talk.app.database, talk.clock.now()))


async def test_topics_are_shown_as_a_table_and_a_picture(scene: Scene) -> None:
    async with scene.talk.app.database.write() as tx:
        visa = await topic_records.create(
            tx, scene.shelf.group.community, "Visa", ["visa"], scene.shelf.now
        )
    await scene.asks(6, visa)
    repeated = await scene.shelf.question("Again?", state=State.REPEAT, same_as=1)
    assert repeated.same_as == 1
    await scene.ann.says("/answers needs")
    line = await scene.bot.replies("What people need", "Visa", to=scene.ann)
    assert "7 4 1 1 hour" in " ".join(line.text.split())
    assert line.files == ("needs.png",)


async def test_a_group_without_questions_is_told_so(scene: Scene) -> None:
    await scene.ann.says("/answers needs")
    await scene.bot.replies("Nothing was asked here", to=scene.ann)


async def test_topics_of_few_people_are_not_shown(scene: Scene) -> None:
    async with scene.talk.app.database.write() as tx:
        visa = await topic_records.create(
            tx, scene.shelf.group.community, "Visa", ["visa"], scene.shelf.now
        )
    await scene.asks(3, visa)
    await scene.ann.says("/answers needs")
    line = await scene.bot.replies("What people need", "all questions", to=scene.ann)
    assert "Visa" not in line.text


async def test_the_report_comes_on_monday_to_the_moderators_room(scene: Scene) -> None:
    await scene.has_a_moderators_room()
    await scene.ann.says("/ask Where is the tea shop?")
    scene.bot.hears_nothing_more()
    await scene.talk.later(days=7, hours=3)
    line = await scene.bot.posts("1 question was asked last week", "1 has no answer yet")
    assert line.room == "staff"


async def test_the_report_can_be_switched_off(scene: Scene) -> None:
    await scene.has_a_moderators_room()
    await scene.ann.says("/ask Where is the tea shop?")
    await scene.ann.says("/answers needs")
    line = await scene.bot.replies("What people need", to=scene.ann)
    await scene.ann.presses(line, "No weekly report")
    await scene.bot.replies("no weekly report any more", to=scene.ann)
    await scene.talk.later(days=8)
    assert all("last week" not in line.text for line in scene.bot.unheard())


async def test_a_week_without_questions_gives_no_report(scene: Scene) -> None:
    await scene.has_a_moderators_room()
    await scene.ann.says("/ask Where is the tea shop?")
    await scene.talk.later(days=8)
    scene.bot.hears_nothing_more()
    await scene.talk.later(days=14)
    assert all("last week" not in line.text for line in scene.bot.unheard())
