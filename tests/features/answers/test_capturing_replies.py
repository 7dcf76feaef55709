"""Replies to a question and messages in its thread answer it; thanks and questions back do not."""

import pytest

from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.stages.base import Line

QUESTION = "Where do I get a parking permit for the old town?"
ANSWER = "At the citizens' office in Mill Street, bring your lease."


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await talk.person("Ann")


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    return await talk.person("Ben")


@pytest.fixture
async def question(talk: Talk, ann: Actor, ben: Actor) -> Line:
    talk.bot.hears_nothing_more()
    await ann.says(f"/ask {QUESTION}")
    return await talk.bot.posts("asks:", QUESTION)


async def texts(talk: Talk) -> list[str]:
    return [row.text for row in await answers(talk)]


async def test_a_reply_to_the_question_is_an_answer(talk: Talk, ben: Actor, question: Line) -> None:
    await ben.says(ANSWER, reply_to=question)
    assert await texts(talk) == [ANSWER]
    await talk.bot.posts("1 answer so far")


async def test_a_message_in_the_thread_is_an_answer(talk: Talk, ben: Actor, question: Line) -> None:
    if talk.platform == "telegram":
        await ben.says(ANSWER, reply_to=question)
    else:
        await ben.says_in_thread(ANSWER, under=question)
    assert await texts(talk) == [ANSWER]


async def test_the_asker_does_not_answer_by_writing_on(
    talk: Talk, ann: Actor, question: Line
) -> None:
    await ann.says("I live in Mill Street myself by the way", reply_to=question)
    assert await texts(talk) == []


async def test_a_question_back_is_no_answer_but_its_replies_may_be(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    asked = await ben.says("For a car or for a bike?", reply_to=question)
    detail = await ann.answers(asked, "For a car")
    await ben.answers(detail, ANSWER)
    assert await texts(talk) == [ANSWER]


async def test_mere_agreement_is_no_answer(talk: Talk, ben: Actor, question: Line) -> None:
    await ben.says("Same here, thanks", reply_to=question)
    await ben.says("👍👍", reply_to=question)
    assert await texts(talk) == []


async def test_the_same_message_answers_once(talk: Talk, ben: Actor, question: Line) -> None:
    await ben.says(ANSWER, reply_to=question)
    await ben.says("And it costs thirty a year.", reply_to=question)
    assert len(await answers(talk)) == 2


async def test_after_a_restart_a_reply_is_still_an_answer(
    talk: Talk, ben: Actor, question: Line
) -> None:
    await talk.restarts()
    await ben.says(ANSWER, reply_to=question)
    assert await texts(talk) == [ANSWER]


async def test_when_the_asker_says_that_it_worked_it_is_offered_to_close(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await ben.says(ANSWER, reply_to=question)
    await ann.says("Thanks, that worked!", reply_to=question)
    line = await talk.bot.posts("Is it solved, ", "Ann")
    assert line.pings == ()
    await ann.presses(line, "Yes, it is solved")
    assert [row.state for row in await kept(talk)] == ["solved"]
    await talk.bot.posts("Solved, thanks to", "Ben")


async def test_it_is_offered_once(talk: Talk, ann: Actor, ben: Actor, question: Line) -> None:
    await ben.says(ANSWER, reply_to=question)
    await ann.says("Thanks, that worked!", reply_to=question)
    line = await talk.bot.posts("Is it solved, ")
    await ann.presses(line, "Not yet")
    talk.bot.hears_nothing_more()
    await ann.says("Thank you all so much", reply_to=question)
    await talk.bot.is_silent()


async def test_nobody_is_asked_when_nobody_answered(talk: Talk, ann: Actor, question: Line) -> None:
    talk.bot.hears_nothing_more()
    await ann.says("Thanks, found it", reply_to=question)
    await talk.bot.is_silent()


async def test_others_can_not_say_that_it_is_solved(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await ben.says(ANSWER, reply_to=question)
    await ann.says("Thanks, that worked!", reply_to=question)
    await ben.presses(await talk.bot.posts("Is it solved, "), "Yes, it is solved")
    await talk.bot.replies("Only ", "Ann", to=ben)
    assert [row.state for row in await kept(talk)] == ["open"]
