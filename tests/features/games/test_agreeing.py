"""`/game answers`: people agree for themselves that their answers may come up, and end it so."""

import pytest

from bot.features.games import sayings_tables
from bot.store import groups
from tests.dialogue import Actor, Talk
from tests.stages.base import Line

YES, NO = "Yes, they may", "No, take it back"


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    ann = await talk.person("Ann")
    await ann.opens_private("hello")
    talk.bot.hears_nothing_more()
    return ann


async def asked(talk: Talk, ann: Actor) -> Line:
    await ann.says("/game answers")
    return await talk.bot.replies("answers to prompts", to=ann)


def shown(talk: Talk) -> Line:
    """The last answer as it stands; what it said before may have come back."""
    return [line for line in talk.stage.lines() if "answers to prompts" in line.text][-1]


async def agreed(talk: Talk) -> int:
    async with talk.app.database.read() as tx:
        return len(await tx.all(sayings_tables.agreed.select()))


async def test_nobody_agrees_without_saying_so(talk: Talk, ann: Actor) -> None:
    line = await asked(talk, ann)
    assert "don't come up in games here" in line.text
    assert line.buttons == (YES,)
    assert line.only_for == "Ann"
    assert await agreed(talk) == 0


async def test_one_tap_agrees_and_one_takes_it_back(talk: Talk, ann: Actor) -> None:
    await ann.presses(await asked(talk, ann), YES)
    line = await talk.bot.replies("✅", "may come up", to=ann)
    assert await agreed(talk) == 1
    await ann.presses(line, NO)
    assert "don't come up in games here" in shown(talk).text
    assert await agreed(talk) == 0


async def test_it_is_said_how_it_stands(talk: Talk, ann: Actor) -> None:
    await ann.presses(await asked(talk, ann), YES)
    await talk.bot.replies("✅", "may come up", to=ann)
    assert (await asked(talk, ann)).buttons == (NO,)


async def test_whoever_is_forgotten_agrees_no_more(talk: Talk, ann: Actor) -> None:
    await ann.presses(await asked(talk, ann), YES)
    talk.bot.hears_nothing_more()
    await ann.says("/forgetme")
    await ann.presses(await talk.bot.replies("can't be undone", to=ann), "Delete everything")
    assert await agreed(talk) == 0


async def test_where_no_private_word_is_possible_the_way_to_it_is_shown(talk: Talk) -> None:
    if talk.platform != "telegram":
        return
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    await ben.says("/game answers")
    shown = [line for line in talk.bot.unheard() if not line.only_for]
    assert all("come up" not in line.text for line in shown)
    async with talk.app.database.read() as tx:
        group = await groups.by_ids(tx, range(9))
    await ben.opens_private(f"games-answers-{min(group)}")
    line = await talk.bot.replies("don't come up in games here", to=ben)
    await ben.presses(line, YES)
    assert await agreed(talk) == 1


async def test_strangers_learn_nothing_by_the_link(talk: Talk, ann: Actor) -> None:
    if talk.platform == "discord":
        return  # nobody comes by a link there
    await ann.opens_private("games-answers-99")
    await talk.bot.replies("in the group that it is about", to=ann)
