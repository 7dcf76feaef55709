"""Thanks reach who answered, in private; afterwards the asker is asked whether it worked."""

import pytest

from bot.features.answers.tables import thanks
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
    await ann.says(f"/ask {QUESTION}")
    return await talk.bot.posts("asks:", QUESTION)


async def solve(talk: Talk, ann: Actor, ben: Actor, question: Line) -> None:
    await ben.says(ANSWER, reply_to=question)
    talk.bot.hears_nothing_more()
    await ann.presses(question, "It is solved")


async def told(talk: Talk) -> list[bool]:
    async with talk.app.database.read() as tx:
        return [row.told for row in await tx.all(thanks.select())]


async def test_who_agreed_is_thanked_in_private(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await ben.opens_private()
    await solve(talk, ann, ben, question)
    line = await talk.bot.posts("Your answer helped", "Ann", QUESTION, ANSWER)
    assert line.only_for == "Ben"
    assert await told(talk) == [True]


async def test_who_did_not_agree_is_not_written_to(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await solve(talk, ann, ben, question)
    assert all(line.only_for != "Ben" for line in talk.bot.unheard())
    assert await told(talk) == [False]


async def test_one_question_thanks_an_answer_once(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await ben.opens_private()
    await solve(talk, ann, ben, question)
    await talk.bot.posts("Your answer helped")
    await ann.presses(await talk.bot.posts("Solved, thanks to"), "Not solved after all")
    await ann.presses(question, "It is solved")
    assert all("Your answer helped" not in line.text for line in talk.bot.unheard())
    assert [row.helped for row in await answers(talk)] == [1]


async def test_nobody_thanks_themselves(talk: Talk, ann: Actor, question: Line) -> None:
    await ann.presses(question, "It is solved")
    await ann.fills(["The guard at the gate gave me one."])
    assert await told(talk) == []


async def test_three_days_later_the_asker_is_asked_once(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await solve(talk, ann, ben, question)
    talk.bot.hears_nothing_more()
    await talk.later(days=4)
    line = await talk.bot.posts("Ann", "did it work in the end?", QUESTION)
    assert line.pings == ()
    talk.bot.hears_nothing_more()
    await talk.later(days=10)
    assert all("did it work" not in line.text for line in talk.bot.unheard())


@pytest.mark.parametrize(
    ("label", "worked"), [("It worked", "yes"), ("Partly", "partly"), ("It did not", "no")]
)
async def test_what_the_asker_says_is_kept_with_the_answer(
    talk: Talk, ann: Actor, ben: Actor, question: Line, label: str, worked: str
) -> None:
    await solve(talk, ann, ben, question)
    await talk.later(days=4)
    await ann.presses(await talk.bot.posts("did it work in the end?"), label)
    assert [row.worked for row in await answers(talk)] == [worked]


async def test_what_did_not_work_may_be_opened_again(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await solve(talk, ann, ben, question)
    await talk.later(days=4)
    await ann.presses(await talk.bot.posts("did it work in the end?"), "It did not")
    await ann.presses(await talk.bot.posts("It did not work."), "Open it again")
    assert [row.state for row in await kept(talk)] == ["open"]


async def test_only_the_asker_knows_whether_it_worked(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await solve(talk, ann, ben, question)
    await talk.later(days=4)
    await ben.presses(await talk.bot.posts("did it work in the end?"), "It worked")
    await talk.bot.replies("Only ", "Ann", "knows that", to=ben)
    assert [row.worked for row in await answers(talk)] == [""]


async def test_who_left_is_not_asked(talk: Talk, ann: Actor, ben: Actor, question: Line) -> None:
    await solve(talk, ann, ben, question)
    await ann.leaves()
    talk.bot.hears_nothing_more()
    await talk.later(days=4)
    assert all("did it work" not in line.text for line in talk.bot.unheard())
