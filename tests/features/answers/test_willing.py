"""What people say they can help with, and who is asked because of it."""

import pytest

from tests.dialogue import Actor, Talk


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await talk.person("Ann")


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    return ben


async def test_a_topic_is_kept_and_shown(talk: Talk, ann: Actor, ben: Actor) -> None:
    await ben.says("/answers helping tax returns")
    line = await talk.bot.replies("glad to be asked about", "tax returns", to=ben)
    assert "tax returns" in line.options + line.buttons


async def test_a_topic_is_taken_back(talk: Talk, ann: Actor, ben: Actor) -> None:
    await ben.says("/answers helping tax returns")
    line = await talk.bot.replies("tax returns", to=ben)
    await ben.presses(line, "tax returns")
    await talk.bot.replies("have not said yet", to=ben)


async def test_who_offered_help_is_asked_with_that_reason(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await ben.says("/answers helping tax returns")
    await ann.says("/ask Who can explain the tax return form of this year?")
    await talk.later(hours=5)
    line = await talk.bot.posts("Ben", "you offered to help with tax returns", "have a look")
    assert line.pings[0] == "Ben"


async def test_who_took_it_back_is_not_asked(talk: Talk, ann: Actor, ben: Actor) -> None:
    await ben.says("/answers helping tax returns")
    await ben.presses(await talk.bot.replies("tax returns", to=ben), "tax returns")
    await ann.says("/ask Who can explain the tax return form of this year?")
    talk.bot.hears_nothing_more()
    await talk.later(hours=5)
    await talk.bot.is_silent()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("🙂🙂", "at least one word"),
        ("absolutely everything about my beautiful old home town", "too long"),
        ("x" * 100, "too long"),
    ],
)
async def test_what_is_no_topic_is_refused(
    talk: Talk, ann: Actor, ben: Actor, typed: str, said: str
) -> None:
    await ben.says(f"/answers helping {typed}")
    await talk.bot.replies(said, to=ben)


async def test_the_same_topic_counts_once(talk: Talk, ann: Actor, ben: Actor) -> None:
    await ben.says("/answers helping Tax returns")
    await ben.says("/answers helping returns TAX")
    await talk.bot.replies("said so already", to=ben)


async def test_the_twenty_first_topic_is_refused(talk: Talk, ann: Actor, ben: Actor) -> None:
    for number in range(20):
        await ben.says(f"/answers helping topic{chr(97 + number)} {chr(97 + number)}")
    await ben.says("/answers helping weather")
    await talk.bot.replies("20 topics are the most", to=ben)


async def test_a_list_without_topics_says_how_to_add_one(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await ben.says("/answers helping")
    await talk.bot.replies("/answers helping", to=ben)
