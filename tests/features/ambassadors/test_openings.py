"""Who said yes begins: with what they wrote before, or when they are told that it is there."""

import pytest

from bot.features.ambassadors.rules import Asked
from tests.dialogue import Actor, Talk
from tests.features.ambassadors.library import (
    SUBJECT,
    ambassadors,
    asked,
    joined,
    moderator,
    planned,
    question,
    trials,
)

pytestmark = pytest.mark.usefixtures("asking")
WORDS = "A cup of tea, and a photo of <b>my dog</b>."


async def willing(talk: Talk) -> tuple[Actor, Actor]:
    """Ann moderates, Ben said yes."""
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await planned(talk, ann)
    await ben.presses(await question(talk, to=ben), "Yes, I'll begin")
    return ann, ben


async def wrote(talk: Talk) -> tuple[Actor, Actor]:
    """Ben wrote his opening."""
    ann, ben = await willing(talk)
    await ben.presses(await talk.bot.replies("write it now", to=ben), "Write it now")
    await ben.fills([WORDS])
    return ann, ben


async def test_what_was_written_is_shown_before_it_is_posted(talk: Talk) -> None:
    _, ben = await wrote(talk)
    await talk.bot.replies("under your name", WORDS, to=ben)


async def test_it_is_posted_with_the_prompt_and_not_before(talk: Talk) -> None:
    _, ben = await wrote(talk)
    await talk.bot.replies("under your name", to=ben)
    talk.bot.hears_nothing_more()
    await talk.later(hours=4, minutes=50)
    await talk.bot.is_silent()
    await talk.later(minutes=20)
    await talk.bot.posts(SUBJECT)
    line = await talk.bot.posts("Ben", "begins:", WORDS)
    assert (line.thread or line.reply, line.pings) == (True, ())


async def test_the_author_is_told_and_credited(talk: Talk) -> None:
    _, ben = await wrote(talk)
    talk.bot.hears_nothing_more()
    await talk.later(hours=6)
    await talk.bot.replies("Your opening is in", "Friends", to=ben)
    assert (await ambassadors(talk))[0].opened == 1


async def test_the_text_is_not_kept_once_it_is_posted(talk: Talk) -> None:
    await wrote(talk)
    await talk.later(hours=6)
    assert [(ask.state, ask.written) for ask in await asked(talk)] == [(Asked.POSTED, None)]


async def test_a_reply_to_the_opening_is_an_answer_to_the_prompt(talk: Talk) -> None:
    ann, _ = await wrote(talk)
    await talk.later(hours=6)
    opening = next(n for n in talk.stage.lines() if "begins:" in n.text)
    await ann.says("A lamp", reply_to=opening)
    assert [t.repliers for t in await trials(talk) if t.went_out_at] == [1]


async def test_it_can_be_taken_back_until_then(talk: Talk) -> None:
    _, ben = await wrote(talk)
    await ben.presses(await talk.bot.replies("under your name", WORDS, to=ben), "Take it back")
    await talk.bot.replies("I tell you as soon as", to=ben)
    await talk.later(hours=6)
    assert not [n for n in talk.stage.lines() if "begins:" in n.text]


async def test_it_can_be_changed(talk: Talk) -> None:
    _, ben = await wrote(talk)
    await ben.presses(await talk.bot.replies("under your name", WORDS, to=ben), "Change it")
    await ben.fills(["Only a cup of tea."])
    talk.bot.hears_nothing_more()
    await talk.later(hours=6)
    await talk.bot.posts("begins:", "Only a cup of tea.")


async def test_who_writes_then_is_told_when_it_is_there(talk: Talk) -> None:
    _, ben = await willing(talk)
    line = await talk.bot.replies("write it now", to=ben)
    await ben.presses(line, "I'll write when it is there")
    await talk.bot.replies("I tell you as soon as", to=ben)
    await talk.later(hours=6)
    await talk.bot.replies("the prompt is there now", SUBJECT, to=ben)


async def test_a_yes_without_more_is_told_as_well(talk: Talk) -> None:
    _, ben = await willing(talk)
    await talk.later(hours=6)
    await talk.bot.replies("the prompt is there now", to=ben)


async def test_not_after_all_leaves_the_turn_to_the_next(talk: Talk) -> None:
    _, ben = await willing(talk)
    await ben.presses(await talk.bot.replies("write it now", to=ben), "Not after all")
    await talk.bot.replies("not this time", to=ben)
    assert [ask.state for ask in await asked(talk)] == [Asked.NO]


async def test_nothing_is_posted_under_another_prompt(talk: Talk) -> None:
    ann, ben = await wrote(talk)
    await ann.says("/prompt delete 1")
    await ann.says("/prompt add What do you see from your window?")
    talk.bot.hears_nothing_more()
    await talk.later(hours=6)
    await talk.bot.replies("changed before it came", WORDS, to=ben)
    assert not [n for n in talk.stage.lines() if "begins:" in n.text]


async def test_it_is_posted_after_a_restart(talk: Talk) -> None:
    await wrote(talk)
    await talk.restarts()
    await talk.later(hours=6)
    assert [n for n in talk.stage.lines() if "begins:" in n.text]
