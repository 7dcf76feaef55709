"""Answers that are wrong by now."""

import pytest

from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers
from tests.stages.base import Line

QUESTION = "Where do I get a parking permit for the old town?"
OFFICE = "At the citizens' office in Mill Street, bring your lease."


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    found = {name: await talk.person(name) for name in ("Ann", "Ben", "Cid", "Dot")}
    found["Mod"] = await talk.person("Mod", moderator=True)
    return found


@pytest.fixture
async def said(talk: Talk, people: dict[str, Actor]) -> str:
    """Ben's answer to Ann's question."""
    await people["Ann"].says(f"/ask {QUESTION}")
    post: Line = await talk.bot.posts("asks:", QUESTION)
    return await people["Ben"].says(OFFICE, reply_to=post)


async def outdated(talk: Talk) -> list[bool]:
    return [row.outdated for row in await answers(talk)]


@pytest.mark.parametrize("name", ["Ann", "Ben", "Mod"])
async def test_asker_author_and_moderators_have_the_last_word(
    talk: Talk, people: dict[str, Actor], said: str, name: str
) -> None:
    await people[name].menu(said, "outdated")
    await talk.bot.replies("marked as outdated", to=people[name])
    assert await outdated(talk) == [True]


async def test_of_the_others_it_takes_two(talk: Talk, people: dict[str, Actor], said: str) -> None:
    await people["Cid"].menu(said, "outdated")
    await talk.bot.replies("If one more person says so", to=people["Cid"])
    await people["Cid"].menu(said, "outdated")
    assert await outdated(talk) == [False]
    await people["Dot"].menu(said, "outdated")
    assert await outdated(talk) == [True]


async def test_it_can_be_taken_back(talk: Talk, people: dict[str, Actor], said: str) -> None:
    await people["Mod"].menu(said, "outdated")
    line = await talk.bot.replies("marked as outdated", to=people["Mod"])
    await people["Mod"].presses(line, "Still right")
    await talk.bot.replies("it counts as right", to=people["Mod"])
    assert await outdated(talk) == [False]


async def test_a_member_takes_back_only_their_own_mark(
    talk: Talk, people: dict[str, Actor], said: str
) -> None:
    await people["Cid"].menu(said, "outdated")
    line = await talk.bot.replies("If one more person says so", to=people["Cid"])
    await people["Mod"].menu(said, "outdated")
    await people["Cid"].presses(line, "Still right")
    await talk.bot.replies("Others still say", to=people["Cid"])
    assert await outdated(talk) == [True]


async def test_a_message_that_is_no_answer_cannot_be_outdated(
    talk: Talk, people: dict[str, Actor], said: str
) -> None:
    other = await people["Cid"].says("Lunch, anybody")
    await people["Dot"].menu(other, "outdated")
    await talk.bot.replies("kept as an answer", to=people["Dot"])
