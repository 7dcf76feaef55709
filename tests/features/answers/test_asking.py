"""Asking: earlier answers first, then a post that stands for the question."""


import pytest

from tests.dialogue import Actor, Talk
from tests.features.answers.kept import kept

DENTIST = "Which dentist near the harbour speaks English?"


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await talk.person("Ann")


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    return ben


async def test_a_new_question_is_posted_at_once(talk: Talk, ann: Actor, ben: Actor) -> None:
    await ann.says(f"/ask {DENTIST}")
    line = await talk.bot.posts("Ann", "asks:", DENTIST, "Do you know?")
    assert line.only_for == ""
    assert line.buttons == ("Answer", "It is solved")
    assert line.pings == ()
    await talk.bot.is_silent()
    assert [row.state for row in await kept(talk)] == ["open"]
