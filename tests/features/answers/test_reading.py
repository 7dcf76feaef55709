"""Searching, browsing and reading what was asked and answered before."""

import pytest

from bot.features.answers import topic_records
from bot.features.answers.rules import State
from bot.features.answers.tables import thanks
from bot.refs import MemberRef
from tests.dialogue import Actor, Talk
from tests.features.answers.library import Library, library


class Scene:
    """A group with a member Cleo, and what it keeps."""

    def __init__(self, talk: Talk, cleo: Actor, shelf: Library) -> None:
        self.talk, self.bot, self.cleo, self.shelf = talk, talk.bot, cleo, shelf


@pytest.fixture
async def scene(talk: Talk) -> Scene:
    cleo = await talk.person("Cleo")
    talk.bot.hears_nothing_more()
    return Scene(talk, cleo, await library(talk.app.database, talk.clock.now()))


async def test_a_search_shows_the_earlier_question_with_its_answer(scene: Scene) -> None:
    visa = await scene.shelf.question("How do I renew my visa?")
    await scene.shelf.answer(visa, "Go to the prefecture with two photos.")
    await scene.cleo.says("/answers search renew visa")
    await scene.bot.replies("How do I renew my visa?", "Bea", "two photos", to=scene.cleo)


async def test_a_search_without_hits_says_how_to_ask(scene: Scene) -> None:
    await scene.cleo.says("/answers search hovercraft")
    await scene.bot.replies("Nothing here is like", "hovercraft", "/ask", to=scene.cleo)


@pytest.mark.parametrize("words", ["🙂🙂", "???", "'; DROP TABLE x; --", "{words} %s"])
async def test_any_words_can_be_searched(scene: Scene, words: str) -> None:
    await scene.cleo.says(f"/answers search {words}")
    await scene.bot.replies("Nothing here is like", to=scene.cleo)


async def test_a_hit_opens_in_full_with_every_answer(scene: Scene) -> None:
    visa = await scene.shelf.question("How do I renew my visa?")
    await scene.shelf.answer(visa, "Ask the embassy.", outdated=True)
    await scene.shelf.answer(visa, "Go to the prefecture.", solves=True, worked="yes")
    await scene.cleo.says("/answers search renew visa")
    await scene.cleo.presses(await scene.bot.replies("renew"), "1")
    full = await scene.bot.replies("asked on", "solved it · it worked", "perhaps outdated")
    assert full.text.index("prefecture") < full.text.index("embassy")


async def test_a_repeated_question_leads_to_the_one_it_repeats(scene: Scene) -> None:
    visa = await scene.shelf.question("How do I renew my visa?")
    await scene.shelf.question("Visa renewal: where to go?", state=State.REPEAT, same_as=visa.id)
    await scene.cleo.says("/answers search visa renewal where to go")
    line = await scene.bot.replies("How do I renew my visa?", to=scene.cleo)
    assert "renewal" not in line.text


@pytest.mark.parametrize("state", [State.DRAFT, State.PROPOSED])
async def test_what_was_not_posted_is_not_found(scene: Scene, state: State) -> None:
    await scene.shelf.question("How do I renew my visa?", state=state)
    await scene.cleo.says("/answers search renew visa")
    await scene.bot.replies("Nothing here is like", to=scene.cleo)


async def test_a_question_that_is_gone_is_told(scene: Scene) -> None:
    visa = await scene.shelf.question("How do I renew my visa?")
    await scene.cleo.says("/answers search renew visa")
    line = await scene.bot.replies("renew", to=scene.cleo)
    async with scene.talk.app.database.write() as tx:
        from bot.features.answers.memory import erase
        from bot.recall import Recall

        await erase(tx, Recall(meaning=False), [visa.id])
    await scene.cleo.presses(line, "1")
    await scene.bot.replies("no longer kept")


async def test_browsing_goes_from_topic_to_question_and_back(scene: Scene) -> None:
    async with scene.talk.app.database.write() as tx:
        topic = await topic_records.create(
            tx, scene.shelf.group.community, "Visa", ["visa"], scene.shelf.now
        )
    await scene.shelf.question("How do I renew my visa?", topic=topic)
    await scene.shelf.question("Where is the best tea?")
    await scene.cleo.says("/answers browse")
    topics = await scene.bot.replies("2 questions are kept", to=scene.cleo)
    await scene.cleo.presses(topics, "Visa (1)")
    shelf = await scene.bot.replies("Visa", "How do I renew my visa?", "no answer yet")
    assert "tea" not in shelf.text
    await scene.cleo.presses(shelf, "How do I renew my visa?")
    full = await scene.bot.replies("asked on", "How do I renew my visa?")
    await scene.cleo.presses(full, "◀ To the list")
    assert any(line.text == shelf.text for line in scene.talk.stage.lines())


async def test_a_long_topic_has_pages(scene: Scene) -> None:
    for number in range(10):
        await scene.shelf.question(f"Question number {number}?")
    await scene.cleo.says("/answers browse")
    first = await scene.bot.replies("Question number 9?", to=scene.cleo)
    assert "number 1?" not in first.text
    await scene.cleo.presses(first, "More ▶")
    await scene.bot.replies("Question number 1?", "Question number 0?")


async def test_a_group_without_questions_is_told_how_to_ask(scene: Scene) -> None:
    await scene.cleo.says("/answers browse")
    await scene.bot.replies("No question is kept here yet", "/ask", to=scene.cleo)


async def test_every_word_of_long_answers_can_be_read(scene: Scene) -> None:
    visa = await scene.shelf.question("How do I renew my visa?")
    await scene.shelf.answer(visa, "word " * 780 + "end")
    await scene.shelf.answer(visa, "other " * 650 + "finish")
    await scene.cleo.says("/answers search renew visa")
    await scene.cleo.presses(await scene.bot.replies("renew"), "1")
    line = await scene.bot.replies("asked on")
    for _ in range(12):
        if "finish" in line.text:
            break
        await scene.cleo.presses(line, "More ▶")
        line = scene.bot.unheard()[-1]
        scene.bot.hears_nothing_more()
    assert "finish" in line.text


async def test_a_question_links_to_its_page_where_pages_are_served(scene: Scene) -> None:
    scene.talk.app.engine.around.page = lambda community, path: f"https://a.example/{path}"
    await scene.shelf.question("How do I renew my visa?")
    await scene.cleo.says("/answers search renew visa")
    await scene.cleo.presses(await scene.bot.replies("renew"), "1")
    line = await scene.bot.replies("asked on")
    assert "Open as a page" in line.buttons


async def cleo_ref(scene: Scene) -> MemberRef:
    """Cleo's account, as the roster knows it."""
    from sqlalchemy import select

    from bot.store.schema import roster

    async with scene.talk.app.database.read() as tx:
        row = await tx.first(select(roster.c.member).where(roster.c.name == "Cleo"))
    assert row
    return MemberRef.parse(row.member)


async def test_ones_own_things_come_in_private_and_thanks_count_as_told(scene: Scene) -> None:
    me = await cleo_ref(scene)
    await scene.shelf.question("Who repairs bicycles?", by=me, name="Cleo")
    visa = await scene.shelf.question("How do I renew my visa?")
    mine = await scene.shelf.answer(visa, "At the prefecture.", by=me, name="Cleo", helped=1)
    async with scene.talk.app.database.write() as tx:
        row = {"answer": mine.id, "member": str(me), "thanked_by": visa.member}
        await tx.execute(thanks.insert().values(**row, question=visa.id, at=scene.shelf.now))
    await scene.cleo.opens_private()
    scene.bot.hears_nothing_more()
    await scene.cleo.says("/answers mine")
    line = await scene.bot.replies("Your answer helped", "bicycles", "helped 1 person")
    assert line.only_for == "Cleo"
    async with scene.talk.app.database.read() as tx:
        (kept,) = await tx.all(thanks.select())
    assert kept.told


async def test_somebody_without_anything_is_told_how_to_begin(scene: Scene) -> None:
    await scene.cleo.opens_private()
    scene.bot.hears_nothing_more()
    await scene.cleo.says("/answers mine", private=True)
    await scene.bot.replies("not asked or answered anything", to=scene.cleo)
