"""Messages that somebody marks as questions."""

from collections.abc import Callable

import pytest

from bot.store.database import Database
from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.stages import STAGES
from tests.stages.base import Line

KEYS = "Where do you leave your keys when you go swimming?"


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await talk.person("Ann")


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    return ben


async def marked(talk: Talk, ann: Actor, ben: Actor) -> tuple[str, Line]:
    """Ann's message, and the post that stands for it after Ben marked it."""
    message = await ann.says(KEYS)
    await ben.menu(message, "ask")
    return message, await talk.bot.posts("Do you know?")


async def test_a_marked_message_is_a_question_of_its_author(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    message, line = await marked(talk, ann, ben)
    assert line.reply
    assert KEYS not in line.text
    (row,) = await kept(talk)
    assert (row.member_name, row.text, row.source) == ("Ann", KEYS, "marked")
    assert message.endswith(row.message)


async def test_a_reply_to_a_marked_message_is_an_answer(talk: Talk, ann: Actor, ben: Actor) -> None:
    message, _ = await marked(talk, ann, ben)
    await ben.answers(message, "In a waterproof pouch around the neck")
    assert [row.text for row in await answers(talk)] == ["In a waterproof pouch around the neck"]


async def test_one_can_mark_a_message_of_ones_own(talk: Talk, ann: Actor, ben: Actor) -> None:
    message = await ann.says(KEYS)
    await ann.menu(message, "ask")
    await talk.bot.posts("Do you know?")
    assert [row.member_name for row in await kept(talk)] == ["Ann"]


async def test_a_message_is_marked_once(talk: Talk, ann: Actor, ben: Actor) -> None:
    message, _ = await marked(talk, ann, ben)
    await ann.menu(message, "ask")
    await talk.bot.replies("I keep that one already", "Do you know?", to=ann)
    assert len(await kept(talk)) == 1


async def test_a_message_of_the_bots_is_no_question(talk: Talk, ann: Actor, ben: Actor) -> None:
    _, line = await marked(talk, ann, ben)
    await ann.menu(line, "ask")
    await talk.bot.replies("That is a message of mine", to=ann)
    assert len(await kept(talk)) == 1


async def test_a_message_of_emoji_is_no_question(talk: Talk, ann: Actor, ben: Actor) -> None:
    message = await ann.says("🔑🏊")
    await ben.menu(message, "ask")
    await talk.bot.replies("no words", to=ben)
    assert await kept(talk) == []


async def test_the_author_can_have_a_marked_message_dropped(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    _, line = await marked(talk, ann, ben)
    await ann.presses(line, "Don't keep it")
    assert await kept(talk) == []
    assert all("Do you know?" not in n.text for n in talk.stage.lines() if not n.deleted)


async def test_others_can_not_have_it_dropped(talk: Talk, ann: Actor, ben: Actor) -> None:
    _, line = await marked(talk, ann, ben)
    await ben.presses(line, "Don't keep it")
    await talk.bot.replies("Only", "Ann", to=ben)
    assert len(await kept(talk)) == 1


async def test_earlier_answers_stand_beside_what_somebody_else_marked(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    message, _ = await marked(talk, ann, ben)
    await ben.answers(message, "In a waterproof pouch around the neck")
    cal = await talk.person("Cal")
    again = await cal.says(KEYS)
    talk.bot.hears_nothing_more()
    await ben.menu(again, "ask")
    line = await talk.bot.posts("This may help already", "waterproof pouch")
    await cal.presses(line, "1 helps")
    shown = await talk.bot.posts("Glad that it helped", "Ben")
    assert shown.id == line.id
    assert [row.state for row in await kept(talk)] == ["open", "repeat"]


async def test_a_post_in_a_forum_listens_to_its_whole_thread(
    open_store: Callable[[], Database],
) -> None:
    talk = Talk(STAGES["discord"](), open_store)
    await talk.begin()
    ann, ben = await talk.person("Ann"), await talk.person("Ben")
    message = await ann.opens_post("Swimming", KEYS)
    talk.bot.hears_nothing_more()
    await ann.menu(message, "ask")
    line = await talk.bot.posts("Do you know?")
    assert line.thread
    await ben.says_in_thread("In a waterproof pouch around the neck", under=message)
    found = [row.text for row in await answers(talk)]
    await talk.end()
    assert found == ["In a waterproof pouch around the neck"]
