"""Before a prompt, one ambassador at a time is asked in private; the prompt waits for nobody."""

import pytest

from bot.features.ambassadors.rules import Asked, State
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

# The dialogues begin on Monday at 7:00, the prompts come at 15:00, nobody is asked before 9:00.

pytestmark = pytest.mark.usefixtures("asking")


async def two(talk: Talk) -> tuple[Actor, Actor, Actor]:
    """Ann moderates; Ben and Cleo are ambassadors, Ben first."""
    ann = await moderator(talk)
    ben, cleo = await talk.person("Ben"), await talk.person("Cleo")
    await joined(talk, ben, cleo)
    await planned(talk, ann)
    return ann, ben, cleo


async def states(talk: Talk) -> list[tuple[str, str]]:
    names = {who.member: who.id for who in await ambassadors(talk)}
    return [(f"{names[ask.member]}", ask.state) for ask in await asked(talk)]


async def test_nobody_is_asked_before_nine(talk: Talk) -> None:
    await two(talk)
    await talk.later(hours=1, minutes=50)
    await talk.bot.is_silent()


async def test_one_is_asked_in_private_with_the_prompt_and_its_time(talk: Talk) -> None:
    _, ben, _ = await two(talk)
    line = await question(talk, to=ben)
    assert line.only_for == "Ben"
    assert ("Friends" in line.text, "3:00" in line.text) == (True, True)


async def test_the_other_one_is_not_asked_at_the_same_time(talk: Talk) -> None:
    _, ben, _ = await two(talk)
    await question(talk, to=ben)
    assert await states(talk) == [("1", Asked.WAITING)]


async def test_after_not_now_the_next_one_is_asked(talk: Talk) -> None:
    _, ben, cleo = await two(talk)
    await ben.presses(await question(talk, to=ben), "Not now")
    await talk.bot.replies("not this time", to=ben)
    await talk.later(seconds=5)
    await talk.bot.replies("this prompt comes on", to=cleo)
    assert await states(talk) == [("1", Asked.NO), ("2", Asked.WAITING)]


async def test_a_silence_of_six_waking_hours_passes_the_turn(talk: Talk) -> None:
    ann = await moderator(talk)
    ben, cleo = await talk.person("Ben"), await talk.person("Cleo")
    await joined(talk, ben, cleo)
    await planned(talk, ann, "every day at 20:00")
    await question(talk, to=ben)
    await talk.later(hours=5, minutes=30)
    assert await states(talk) == [("1", Asked.SILENT), ("2", Asked.WAITING)]


async def test_stop_ends_it_at_once_and_asks_the_next(talk: Talk) -> None:
    _, ben, cleo = await two(talk)
    await ben.presses(await question(talk, to=ben), "Stop asking me")
    line = await talk.bot.replies("I won't ask you again", to=ben)
    await talk.later(seconds=5)
    await talk.bot.replies("this prompt comes on", to=cleo)
    assert ("Undo" in line.buttons, (await ambassadors(talk))[0].state) == (True, State.STOPPED)


async def test_stop_can_be_undone_in_private(talk: Talk) -> None:
    _, ben, _ = await two(talk)
    await ben.presses(await question(talk, to=ben), "Stop asking me")
    await ben.presses(await talk.bot.replies("I won't ask you again", to=ben), "Undo")
    await talk.bot.replies("as before", to=ben)
    assert (await ambassadors(talk))[0].state == State.AGREED


async def test_who_stopped_is_never_asked_again(talk: Talk) -> None:
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await planned(talk, ann)
    await ben.presses(await question(talk, to=ben), "Stop asking me")
    await talk.later(days=9)
    assert len(await asked(talk)) == 1


async def test_nobody_is_asked_twice_in_a_week(talk: Talk) -> None:
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await planned(talk, ann)
    await talk.later(days=6, hours=20)
    assert len(await asked(talk)) == 1


async def test_who_was_asked_longest_ago_is_next(talk: Talk) -> None:
    await two(talk)
    await talk.later(days=17)
    turns = [turn for turn, _ in await states(talk)]
    assert turns[:4] == ["1", "2", "1", "2"]


async def test_the_prompt_comes_at_its_time_without_an_answer(talk: Talk) -> None:
    _, ben, _ = await two(talk)
    await question(talk, to=ben)
    await talk.later(hours=4, minutes=59)
    assert not [n for n in talk.stage.lines() if n.text == SUBJECT]
    await talk.later(minutes=2)
    await talk.bot.posts(SUBJECT)


async def test_nobody_is_waited_for_once_it_is_out(talk: Talk) -> None:
    _, ben, _ = await two(talk)
    line = await question(talk, to=ben)
    await talk.later(hours=6)
    talk.bot.hears_nothing_more()
    await ben.presses(line, "Yes, I'll begin")
    await talk.bot.replies("That is over", to=ben)


async def test_a_yes_stops_the_asking(talk: Talk) -> None:
    _, ben, _ = await two(talk)
    await ben.presses(await question(talk, to=ben), "Yes, I'll begin")
    await talk.later(hours=4)
    assert await states(talk) == [("1", Asked.YES)]


async def test_a_closed_private_conversation_is_remembered_and_the_next_asked(talk: Talk) -> None:
    _, ben, cleo = await two(talk)
    await ben.blocks()
    await talk.later(hours=3)
    await talk.bot.replies("this prompt comes on", to=cleo)
    assert (await ambassadors(talk))[0].closed_at is not None


async def test_who_closed_it_is_not_tried_again(talk: Talk) -> None:
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await ben.blocks()
    await planned(talk, ann)
    await talk.later(days=9)
    assert [ask.state for ask in await asked(talk)] == [Asked.VOID]


async def test_who_left_the_group_is_not_asked(talk: Talk) -> None:
    _, ben, cleo = await two(talk)
    await ben.leaves()
    await talk.later(hours=3)
    await talk.bot.replies("this prompt comes on", to=cleo)


async def test_never_holds_for_ambassadors_too(talk: Talk) -> None:
    _, ben, cleo = await two(talk)
    await ben.says("/pings never")
    talk.bot.hears_nothing_more()
    await talk.later(hours=3)
    await talk.bot.replies("this prompt comes on", to=cleo)


async def test_who_was_mentioned_this_week_is_not_asked(talk: Talk) -> None:
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await talk.later(hours=2)
    await ben.says("good morning")
    await ann.says("/ambassador invite @Ben")  # a mention that he did not ask for
    await joined(talk, ben)
    await planned(talk, ann)
    await talk.later(days=1)
    assert await asked(talk) == []


async def test_a_paused_group_asks_nobody(talk: Talk) -> None:
    ann, _, _ = await two(talk)
    await ann.says("/pause")
    await talk.later(hours=8)
    assert await asked(talk) == []


async def test_without_ambassadors_nothing_is_drawn(talk: Talk) -> None:
    ann = await moderator(talk)
    await planned(talk, ann)
    await talk.later(days=1)
    assert [trial.asked for trial in await trials(talk) if trial.due_at <= talk.clock.now()] == [
        None
    ]


async def test_a_prompt_that_never_comes_is_forgotten(talk: Talk) -> None:
    ann, ben, _ = await two(talk)
    await ben.presses(await question(talk, to=ben), "Yes, I'll begin")
    await ann.says("/pause")
    talk.bot.hears_nothing_more()
    await talk.later(hours=9)
    assert [(ask.state) for ask in await asked(talk)] == [Asked.VOID]
