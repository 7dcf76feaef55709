"""A question is solved by one answer, by several, or by something else, and opened again."""

import pytest

from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.stages.base import Line

QUESTION = "Where do I get a parking permit for the old town?"
OFFICE = "At the citizens' office in Mill Street, bring your lease."
ONLINE = "You can order it on the city's website now."


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await talk.person("Ann")


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    return await talk.person("Ben")


@pytest.fixture
async def mod(talk: Talk) -> Actor:
    return await talk.person("Mod", moderator=True)


@pytest.fixture
async def question(talk: Talk, ann: Actor, ben: Actor, mod: Actor) -> Line:
    talk.bot.hears_nothing_more()
    await ann.says(f"/ask {QUESTION}")
    return await talk.bot.posts("asks:", QUESTION)


async def state(talk: Talk) -> str:
    return str((await kept(talk))[0].state)


async def solving(talk: Talk) -> list[str]:
    return [row.member_name for row in await answers(talk) if row.solves]


async def test_the_only_answer_solves_it(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await ben.says(OFFICE, reply_to=question)
    await ann.presses(question, "It is solved")
    assert await solving(talk) == ["Ben"]
    await talk.bot.replies("Ben", "can see that it helped", to=ann)
    line = await talk.bot.posts("Solved, thanks to", "Ben")
    assert line.buttons == ("Not solved after all",)
    assert line.pings == ()


async def test_a_moderator_may_close_it(talk: Talk, ben: Actor, mod: Actor, question: Line) -> None:
    await ben.says(OFFICE, reply_to=question)
    await mod.presses(question, "It is solved")
    assert await state(talk) == "solved"


async def test_others_may_not(talk: Talk, ben: Actor, question: Line) -> None:
    await ben.presses(question, "It is solved")
    await talk.bot.replies("Only ", "Ann", to=ben)
    assert await state(talk) == "open"


async def test_several_answers_may_count(
    talk: Talk, ann: Actor, ben: Actor, mod: Actor, question: Line
) -> None:
    await ben.says(OFFICE, reply_to=question)
    await mod.says(ONLINE, reply_to=question)
    await ann.presses(question, "It is solved")
    asked = await talk.bot.replies("Which answer solved it?", to=ann)
    choices = asked.options or asked.buttons
    await ann.presses(asked, next(c for c in choices if c.startswith("Ben")))
    again = await talk.bot.replies("Which answer solved it?", to=ann)
    choices = again.options or again.buttons
    await ann.presses(again, next(c for c in choices if c.startswith("Mod")))
    await ann.presses(again, "Done")
    await talk.bot.replies("marked as solved", to=ann)
    assert await solving(talk) == ["Ben", "Mod"]


async def test_picking_an_answer_again_takes_it_back(
    talk: Talk, ann: Actor, ben: Actor, mod: Actor, question: Line
) -> None:
    await ben.says(OFFICE, reply_to=question)
    await mod.says(ONLINE, reply_to=question)
    await ann.presses(question, "It is solved")
    asked = await talk.bot.replies("Which answer solved it?", to=ann)
    await ann.presses(asked, next(c for c in asked.options + asked.buttons if "Ben" in c))
    again = await talk.bot.replies("Which answer solved it?", to=ann)
    await ann.presses(again, next(c for c in again.options + again.buttons if "Ben" in c))
    assert await solving(talk) == []
    assert await state(talk) == "open"


async def test_without_answers_the_asker_may_say_what_solved_it(
    talk: Talk, ann: Actor, question: Line
) -> None:
    await ann.presses(question, "It is solved")
    await ann.fills(["The guard at the gate gave me one."])
    await talk.bot.replies("kept as the answer", to=ann)
    assert [(row.text, row.solves) for row in await answers(talk)] == [
        ("The guard at the gate gave me one.", True)
    ]


async def test_it_may_be_opened_again(talk: Talk, ann: Actor, ben: Actor, question: Line) -> None:
    await ben.says(OFFICE, reply_to=question)
    await ann.presses(question, "It is solved")
    line = await talk.bot.posts("Solved, thanks to")
    await ann.presses(line, "Not solved after all")
    await talk.bot.replies("open again", to=ann)
    assert (await state(talk), await solving(talk)) == ("open", [])


async def test_a_message_menu_closes_by_a_kept_answer(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    said = await ben.says(OFFICE, reply_to=question)
    await ann.menu(said, "solved")
    assert await solving(talk) == ["Ben"]


async def test_a_message_menu_keeps_what_nobody_linked(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    said = await ben.says("Lunch at the harbour, and by the way: " + OFFICE)
    await ann.menu(said, "solved")
    await talk.bot.replies("kept as the answer", QUESTION[:30], to=ann)
    assert [(row.member_name, row.solves) for row in await answers(talk)] == [("Ben", True)]


async def test_of_several_open_questions_one_is_picked(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    await ann.says("/ask Who repairs umbrellas around here?")
    said = await ben.says("Lunch at the harbour, and by the way: " + OFFICE)
    await ann.menu(said, "solved")
    asked = await talk.bot.replies("Which question did it solve?", to=ann)
    await ann.presses(asked, QUESTION)
    assert [row.state for row in await kept(talk)] == ["solved", "open"]


async def test_others_have_no_question_to_solve(
    talk: Talk, ben: Actor, mod: Actor, question: Line
) -> None:
    said = await mod.says("Lunch at the harbour, anybody")
    await ben.menu(said, "solved")
    await talk.bot.replies("You have no open question here", to=ben)
    assert await answers(talk) == []


async def test_the_command_alone_says_how(talk: Talk, ben: Actor, question: Line) -> None:
    await ben.says("/solved")
    await talk.bot.replies("Give this command on the message", to=ben)


async def test_the_askers_tick_on_an_answer_solves_it(
    talk: Talk, ann: Actor, ben: Actor, question: Line
) -> None:
    mark = "🏆" if talk.platform == "telegram" else "✅"
    said = await ben.says(OFFICE, reply_to=question)
    await ann.reacts(said, mark)
    assert await solving(talk) == ["Ben"]


async def test_a_moderators_tick_on_an_answer_solves_it(
    talk: Talk, ben: Actor, mod: Actor, question: Line
) -> None:
    mark = "🏆" if talk.platform == "telegram" else "✅"
    said = await ben.says(OFFICE, reply_to=question)
    await mod.reacts(said, mark)
    assert await solving(talk) == ["Ben"]


async def test_the_tick_of_somebody_else_says_nothing(
    talk: Talk, ben: Actor, mod: Actor, question: Line
) -> None:
    said = await ben.says(OFFICE, reply_to=question)
    await ben.reacts(said, "✅")
    assert await solving(talk) == []


async def test_the_askers_tick_on_the_question_closes_it(
    talk: Talk, ann: Actor, question: Line
) -> None:
    await ann.reacts(question, "💯")
    assert await state(talk) == "solved"
