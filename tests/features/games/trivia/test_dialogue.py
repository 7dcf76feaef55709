"""Trivia by teams, from the lobby to the last question."""

from functools import partial

import pytest

from bot.features.games import plays
from bot.games.trivia.asking import Question
from bot.games.trivia.quiz import Quiz
from tests.dialogue import Actor, Talk
from tests.features.games import table

board = partial(table.board, emoji="❓")
state = partial(table.state, kind=Quiz)
TYPE = "Type an answer"
NAMES = ("Ann", "Ben", "Cleo", "Dan")


async def begun(talk: Talk, pace: str) -> dict[str, Actor]:
    """Four people in a game that has just begun."""
    return await table.begun(talk, "trivia", NAMES, pace)


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    """Four people who play now."""
    return await begun(talk, "live")


async def side_of(talk: Talk, name: str) -> int:
    async with talk.app.database.read() as tx:
        played = await plays.load(tx, 1)
    assert played
    return next(seat.side for seat in played.seats if seat.name == name)


async def types(talk: Talk, actor: Actor, answer: str) -> None:
    """Fills in the answer where nobody reads along."""
    await table.fills(talk, actor, board(talk), TYPE, answer)


async def answers(talk: Talk, actor: Actor, question: Question) -> None:
    """Gives the right answer by the button."""
    if question.choices:
        await actor.presses(board(talk), question.answer)
    else:
        await types(talk, actor, question.answer)


async def until_question(talk: Talk, people: dict[str, Actor], *, typed: bool) -> Question:
    """Everybody answers until such a question is asked."""
    for _ in range(8):
        question = (await state(talk)).question
        if typed != bool(question.choices):
            talk.bot.hears_nothing_more()
            return question
        for actor in people.values():
            await answers(talk, actor, question)
    raise AssertionError(talk.transcript())


async def test_live_it_is_played_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    for number in range(1, 9):
        question = (await state(talk)).question
        assert f"Question {number} of 8" in board(talk).text
        if question.choices:
            for actor in people.values():
                await actor.presses(board(talk), question.answer)
        else:
            for name in ("Ann", "Ben", "Cleo", "Dan"):
                if (await state(talk)).number == number - 1:
                    await people[name].says(question.answer, reply_to=board(talk))
    assert "That was the last question" in talk.transcript()
    scores = (await state(talk)).scores
    assert [score.best for score in scores] == [800, 800]
    assert max(score.points for score in scores) >= 600


async def test_slowly_it_is_played_to_its_end(talk: Talk) -> None:
    people = await begun(talk, "slow")
    for _ in range(8):
        question = (await state(talk)).question
        for actor in people.values():
            await answers(talk, actor, question)
    kept = await state(talk)
    assert [score.points for score in kept.scores] == [800, 800]
    assert "That was the last question" in talk.transcript()


async def test_after_a_question_its_answer_and_the_next_one_stand_on_the_same_board(
    talk: Talk, people: dict[str, Actor]
) -> None:
    question = await until_question(talk, people, typed=False)
    before = board(talk)
    for actor in people.values():
        await actor.presses(board(talk), question.answer)
    assert board(talk).id == before.id
    assert "The last one" in board(talk).text
    assert question.answer in board(talk).text
    assert "2 of 2 had it" in board(talk).text


async def test_at_first_it_is_said_who_plays_with_whom(
    talk: Talk, people: dict[str, Actor]
) -> None:
    assert all(name in board(talk).text for name in people)


async def test_the_first_answer_stays(talk: Talk, people: dict[str, Actor]) -> None:
    question = await until_question(talk, people, typed=False)
    first, second = question.choices[:2]
    await people["Ben"].presses(board(talk), first)
    await talk.bot.replies("Your answer", first, to=people["Ben"])
    await people["Ben"].presses(board(talk), second)
    await talk.bot.replies("You are through with this question", to=people["Ben"])


async def test_nobody_sees_what_somebody_chose(talk: Talk, people: dict[str, Actor]) -> None:
    question = await until_question(talk, people, typed=False)
    before = board(talk).text
    await people["Ben"].presses(board(talk), question.answer)
    line = await talk.bot.replies("Your answer", to=people["Ben"])
    assert line.only_for in ("Ben", "")
    assert question.answer not in board(talk).text.removeprefix(before)


async def test_an_answer_said_aloud_counts_for_the_team(
    talk: Talk, people: dict[str, Actor]
) -> None:
    question = await until_question(talk, people, typed=True)
    await people["Cleo"].says(question.answer.upper(), reply_to=board(talk))
    last = (await state(talk)).last
    assert last
    assert last.question == question
    assert last.tallies[await side_of(talk, "Cleo")] == (2, 2)
    assert "said it aloud" in board(talk).text


async def test_in_private_an_answer_is_kept_from_the_others(
    talk: Talk, people: dict[str, Actor]
) -> None:
    question = await until_question(talk, people, typed=True)
    await types(talk, people["Dan"], question.answer)
    line = await talk.bot.replies("Keep it to yourself", to=people["Dan"])
    assert line.only_for == "Dan"
    assert "One has answered" in board(talk).text


async def test_time_closes_a_question(talk: Talk, people: dict[str, Actor]) -> None:
    question = await until_question(talk, people, typed=False)
    number = (await state(talk)).number
    await people["Ann"].presses(board(talk), question.answer)
    await talk.later(seconds=61)
    assert (await state(talk)).number == number + 1


async def test_when_nobody_answers_it_ends(talk: Talk, people: dict[str, Actor]) -> None:
    await talk.later(minutes=3)
    assert (await state(talk)).ended


async def test_somebody_late_plays_from_the_next_question_on(
    talk: Talk, people: dict[str, Actor]
) -> None:
    eve = await talk.person("Eve")
    await eve.presses(board(talk), "Join")
    question, number = (await state(talk)).question, (await state(talk)).number
    for actor in people.values():
        await answers(talk, actor, question)
    assert (await state(talk)).number == number + 1
    assert len((await state(talk)).seats) == 5


async def test_it_goes_on_after_a_restart(talk: Talk, people: dict[str, Actor]) -> None:
    question = await until_question(talk, people, typed=False)
    await people["Ann"].presses(board(talk), question.answer)
    await talk.restarts()
    for name in ("Ben", "Cleo", "Dan"):
        await people[name].presses(board(talk), question.answer)
    last = (await state(talk)).last
    assert last
    assert last.tallies == ((2, 2), (2, 2))
