"""Answers in plain conversation: kept when sure, asked about when not, else forgotten."""

from pathlib import Path

import pytest

from bot.features.answers import choices
from bot.store import groups
from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.features.conftest import MakeTalk

QUESTION = "Does anybody know where I get a parking permit for the old town?"
SURE = "Ann: at the citizens' office in Mill Street, bring your lease for the parking permit"
UNSURE = "Mill Street, second floor, they close at noon"
REMARK = "Nobody was at the town hall yesterday"
APART = "The market hall smells wonderful today"


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await talk.person("Ann")


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    return await talk.person("Ben")


@pytest.fixture
async def cid(talk: Talk) -> Actor:
    return await talk.person("Cid")


@pytest.fixture
async def asked(talk: Talk, ann: Actor, ben: Actor, cid: Actor) -> str:
    """Ann asked in the room, and Ben marked it as a question."""
    said = await ann.says(QUESTION)
    await ben.menu(said, "ask")
    talk.bot.hears_nothing_more()
    return said


def stored(folder: Path) -> str:
    """Everything that the store wrote, as far as it reads as text."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in files)


async def texts(talk: Talk) -> list[str]:
    return [row.text for row in await answers(talk)]


async def test_what_surely_answers_is_kept_without_a_word(
    talk: Talk, cid: Actor, asked: str
) -> None:
    await talk.later(seconds=20)
    await cid.says(SURE)
    assert await texts(talk) == [SURE]
    line = await talk.bot.posts("1 answer so far")
    assert line.pings == ()
    await talk.bot.is_silent()


async def test_after_a_restart_answers_are_still_found(talk: Talk, cid: Actor, asked: str) -> None:
    await talk.restarts()
    await talk.later(seconds=20)
    await cid.says(SURE)
    assert await texts(talk) == [SURE]


async def test_the_asker_does_not_answer(talk: Talk, ann: Actor, asked: str) -> None:
    await ann.says("I was at the office in Mill Street for the parking permit already")
    assert await texts(talk) == []


async def test_of_an_unsure_one_the_asker_is_asked(
    talk: Talk, ann: Actor, cid: Actor, asked: str
) -> None:
    await talk.later(minutes=3)
    await cid.says(UNSURE)
    line = await talk.bot.posts("Ann", "is this an answer to your question?")
    assert (line.reply, line.pings) == (True, ())
    assert await texts(talk) == []
    await ann.presses(line, "Yes, keep it")
    assert await texts(talk) == [UNSURE]
    assert line.id not in {n.id for n in talk.stage.lines() if not n.deleted}


async def test_what_the_asker_denies_is_not_kept(
    talk: Talk, ann: Actor, cid: Actor, asked: str
) -> None:
    await talk.later(minutes=3)
    await cid.says(UNSURE)
    line = await talk.bot.posts("is this an answer to your question?")
    await ann.presses(line, "No")
    assert await texts(talk) == []


async def test_only_the_asker_says_whether_it_is_one(
    talk: Talk, ben: Actor, cid: Actor, asked: str
) -> None:
    await talk.later(minutes=3)
    await cid.says(UNSURE)
    line = await talk.bot.posts("is this an answer to your question?")
    await ben.presses(line, "Yes, keep it")
    await talk.bot.replies("Only ", "Ann", to=ben)
    assert await texts(talk) == []


async def test_nobody_presses_and_the_bot_takes_its_question_away(
    talk: Talk, cid: Actor, asked: str
) -> None:
    await talk.later(minutes=3)
    await cid.says(UNSURE)
    line = await talk.bot.posts("is this an answer to your question?")
    await talk.later(hours=3)
    assert line.id not in {n.id for n in talk.stage.lines() if not n.deleted}


async def test_what_was_forgotten_can_be_given_again(
    talk: Talk, ann: Actor, cid: Actor, asked: str
) -> None:
    await talk.later(minutes=3)
    said = await cid.says(UNSURE)
    line = await talk.bot.posts("is this an answer to your question?")
    await talk.restarts()
    await ann.presses(line, "Yes, keep it")
    await talk.bot.posts("I no longer remember that message", "/solved")
    await ann.menu(said, "solved")
    assert await texts(talk) == [UNSURE]


async def test_what_answers_nothing_is_stored_nowhere(on_local: MakeTalk, tmp_path: Path) -> None:
    talk = await on_local()
    ann, ben = await talk.person("Ann"), await talk.person("Ben")
    said = await ann.says(QUESTION)
    await ben.menu(said, "ask")
    await ben.says(APART)
    await ann.says(REMARK)
    await talk.later(hours=1)
    assert [text in stored(tmp_path) for text in (QUESTION, APART, REMARK)] == [True, False, False]


async def test_an_answer_that_came_before_the_question_was_kept_is_found(
    on_local: MakeTalk,
) -> None:
    talk = await on_local()
    ann, ben = await talk.person("Ann"), await talk.person("Ben")
    said = await ann.says(QUESTION)
    await ben.answers(said, UNSURE)
    await ben.menu(said, "ask")
    assert [row.message for row in await kept(talk)] == [said]
    assert await texts(talk) == [UNSURE]


async def test_a_group_may_want_no_capture(on_local: MakeTalk) -> None:
    talk = await on_local()
    ann, ben = await talk.person("Ann", moderator=True), await talk.person("Ben")
    async with talk.app.database.write() as tx:
        (group,) = await groups.active(tx)
        await choices.choose(tx, group.id, capture=False)
    said = await ann.says(QUESTION)
    await ben.menu(said, "ask")
    await ben.says(SURE)
    assert await texts(talk) == []


async def test_when_the_asker_says_in_the_room_that_it_worked_it_is_offered_to_close(
    talk: Talk, ann: Actor, cid: Actor, asked: str
) -> None:
    await cid.answers(asked, UNSURE)
    talk.bot.hears_nothing_more()
    await talk.later(minutes=30)
    await ann.says("Thank you Cid, that worked")
    await ann.presses(await talk.bot.posts("Is it solved, "), "Yes, it is solved")
    assert [row.state for row in await kept(talk)] == ["solved"]
