"""Topics as moderators live them: suggested, taken, renamed, merged, deleted, brought back."""

import pytest
from sqlalchemy import select

from bot.features.answers import topic_records
from bot.features.answers.questions import Question
from bot.features.answers.tables import questions
from bot.store import groups
from tests.dialogue import Actor, Talk
from tests.features.answers.library import Library, library
from tests.features.answers.test_topic_rules import BIKES, VISA
from tests.stages.base import Line


class Scene:
    """A group with a moderator Ann, and what it keeps."""

    def __init__(self, talk: Talk, ann: Actor, shelf: Library) -> None:
        self.talk, self.bot, self.ann, self.shelf = talk, talk.bot, ann, shelf

    async def topic(self, name: str, *words: str) -> int:
        async with self.talk.app.database.write() as tx:
            community = self.shelf.group.community
            return await topic_records.create(tx, community, name, words, self.shelf.now)

    async def topic_of(self, question: Question) -> tuple[int | None, bool]:
        async with self.talk.app.database.read() as tx:
            row = await tx.first(
                select(questions.c.topic, questions.c.topic_fixed).where(
                    questions.c.id == question.id
                )
            )
        assert row
        return row.topic, row.topic_fixed

    async def overview(self) -> Line:
        await self.ann.says("/answers topics")
        return await self.bot.replies("Topics", to=self.ann)

    async def says(self, *parts: str) -> Line:
        return await self.bot.replies(*parts, to=self.ann)


@pytest.fixture
async def scene(talk: Talk) -> Scene:
    ann = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    return Scene(talk, ann, await library(talk.app.database, talk.clock.now()))


async def filled(scene: Scene) -> list[Question]:
    return [await scene.shelf.question(text) for text in [*VISA, *BIKES]]


async def test_a_suggestion_is_taken_with_its_questions(scene: Scene) -> None:
    kept = await filled(scene)
    await scene.ann.presses(await scene.overview(), "Suggest topics from the words")
    first = await scene.says("5 questions could stand under a topic", "Visa", "expires in May")
    await scene.ann.presses(first, "Take")
    second = await scene.says("Visa", "is a topic now, with 5 questions", "Bicycle")
    await scene.ann.presses(second, "No")
    await scene.says("will not be suggested again")
    assert [(await scene.topic_of(one))[0] is not None for one in kept] == [True] * 5 + [False] * 4


async def test_what_was_refused_is_not_suggested_again(scene: Scene) -> None:
    await filled(scene)
    await scene.ann.presses(await scene.overview(), "Suggest topics from the words")
    await scene.ann.presses(await scene.says("Visa"), "No")
    await scene.ann.presses(await scene.says("will not be", "Bicycle"), "No")
    await scene.ann.presses(await scene.overview(), "Suggest topics from the words")
    await scene.says("suggest no new topic")


async def test_a_suggestion_is_taken_under_another_name(scene: Scene) -> None:
    await filled(scene)
    await scene.ann.presses(await scene.overview(), "Suggest topics from the words")
    await scene.ann.presses(await scene.says("Visa"), "Rename")
    await scene.ann.fills(["Residence permits"])
    await scene.says("Residence permits", "is a topic now, with 5 questions")


async def test_the_moderators_room_hears_of_suggestions_next_morning(scene: Scene) -> None:
    await scene.talk.stage.room("staff")
    await scene.talk.settled()
    rooms = await scene.talk.app.adapters[0].rooms(scene.shelf.group.chat)
    room = next(place.chat.room for place in rooms if place.title == "staff")
    async with scene.talk.app.database.write() as tx:
        await groups.change(tx, scene.shelf.group.id, moderators_room=room)
    await filled(scene)
    await scene.ann.says("/ask Where is the tea shop?")
    scene.bot.hears_nothing_more()
    await scene.talk.later(days=1)
    line = await scene.bot.posts("suggest 2 topics", "Visa", "Bicycle")
    assert line.room == "staff"
    await scene.ann.presses(line, "Look at it")
    await scene.says("5 questions could stand under")


async def test_a_new_question_comes_under_its_topic(scene: Scene) -> None:
    visa = await scene.topic("Visa", "visa")
    await scene.ann.says("/ask How long does a visa take?")
    async with scene.talk.app.database.read() as tx:
        row = await tx.first(select(questions.c.topic).where(questions.c.state == "open"))
    assert row
    assert row.topic == visa


async def test_a_topic_is_renamed(scene: Scene) -> None:
    await scene.topic("Visa", "visa")
    await scene.ann.presses(await scene.overview(), "Visa")
    await scene.ann.presses(await scene.says("New questions come here"), "Rename")
    await scene.ann.fills(["Residence"])
    await scene.says("Residence", "0 questions")


async def test_a_name_that_is_taken_is_refused(scene: Scene) -> None:
    await scene.topic("Visa", "visa")
    await scene.topic("Travel", "travel")
    await scene.ann.presses(await scene.overview(), "Visa")
    await scene.ann.presses(await scene.says("New questions come here"), "Rename")
    await scene.ann.fills(["travel"])
    await scene.says("There is a topic", "already")


async def test_a_merge_moves_the_questions_and_can_be_undone(scene: Scene) -> None:
    visa, travel = await scene.topic("Visa", "visa"), await scene.topic("Travel", "travel")
    await scene.shelf.question("How do I renew my visa?", topic=visa)
    await scene.shelf.question("Travel by night train?", topic=travel)
    await scene.ann.presses(await scene.overview(), "Visa")
    await scene.ann.presses(await scene.says("New questions"), "Merge into another")
    await scene.ann.presses(await scene.says("go to another topic"), "Travel")
    done = await scene.says("is part of")
    await scene.ann.says("/answers topics")
    assert "2 questions" in (await scene.says("Travel")).text
    await scene.ann.presses(done, "Undo")
    await scene.says("Visa", "is back", "1 question")


async def test_a_deleted_topic_comes_back_with_its_questions(scene: Scene) -> None:
    visa = await scene.topic("Visa", "visa")
    await scene.shelf.question("How do I renew my visa?", topic=visa)
    await scene.ann.presses(await scene.overview(), "Visa")
    await scene.ann.presses(await scene.says("New questions"), "Delete")
    done = await scene.says("is deleted. Its questions are kept")
    await scene.ann.says("/answers topics")
    await scene.says("There are no topics yet", "1 question has no topic")
    await scene.ann.presses(done, "Undo")
    await scene.says("Visa", "is back", "1 question")


async def test_a_question_is_put_under_a_topic_and_stays_there(scene: Scene) -> None:
    visa = await scene.topic("Visa", "visa")
    bike = await scene.shelf.question("Where to park a bicycle?")
    await scene.ann.says(f"/answers topic {bike.id} Visa")
    await scene.says("This question is under", "Visa", "bicycle")
    assert await scene.topic_of(bike) == (visa, True)


async def test_a_question_is_found_by_its_words_and_a_new_topic_made(scene: Scene) -> None:
    bike = await scene.shelf.question("Where to park a bicycle?")
    await scene.ann.says('/answers topic "park bicycle" Getting around')
    await scene.says("Getting around")
    assert (await scene.topic_of(bike))[1]


async def test_a_question_nobody_knows_is_told(scene: Scene) -> None:
    await scene.ann.says("/answers topic 4711 Visa")
    await scene.says("found no question like that")


async def test_topics_are_for_moderators(scene: Scene) -> None:
    bea = await scene.talk.person("Bea")
    await bea.says("/answers topics")
    await scene.bot.replies("Only moderators", to=bea)
