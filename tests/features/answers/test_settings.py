"""What a group wants of the answers, chosen by its moderators."""

from bot.features.answers import choices
from bot.features.answers.choices import Choices
from bot.store import groups
from tests.dialogue import Actor, Talk
from tests.stages.base import Line


async def chosen(talk: Talk) -> Choices:
    async with talk.app.database.read() as tx:
        (group,) = await groups.active(tx)
        return await choices.of_group(tx, group.id)


async def opened(talk: Talk) -> tuple[Actor, Line]:
    ann = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    await ann.says("/answers settings")
    return ann, await talk.bot.replies("Questions and answers here", to=ann)


async def test_each_switch_says_what_it_does(talk: Talk) -> None:
    _, line = await opened(talk)
    assert "I ask, rarely, whether to keep the answer" in line.text
    assert "A question waits 2 hours" in line.text
    assert line.buttons == (
        "✅ Offer to keep",
        "✅ Find answers",
        "✅ Carry on",
        "⬜ Travel",
        "✅ Weekly report",
        "1 hour",
        "2 hours",
        "4 hours",
        "8 hours",
    )


async def test_pressing_turns_a_switch_in_place_and_again_turns_it_back(talk: Talk) -> None:
    ann, line = await opened(talk)
    await ann.presses(line, "✅ Offer to keep")
    off = await talk.bot.replies("⬜ Offer to keep", to=ann)
    assert off.id == line.id
    assert not (await chosen(talk)).offer
    await ann.presses(off, "⬜ Offer to keep")
    assert (await chosen(talk)).offer


async def test_the_waiting_time_is_chosen(talk: Talk) -> None:
    ann, line = await opened(talk)
    await ann.presses(line, "8 hours")
    await talk.bot.replies("A question waits 8 hours", to=ann)
    assert (await chosen(talk)).carry_minutes == 480


async def test_without_carrying_there_is_no_waiting_time(talk: Talk) -> None:
    ann, line = await opened(talk)
    await ann.presses(line, "✅ Carry on")
    off = await talk.bot.replies("⬜ Carry on", to=ann)
    assert "8 hours" not in off.buttons


async def test_members_do_not_choose(talk: Talk) -> None:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    await ben.says("/answers settings")
    await talk.bot.replies("Only moderators", to=ben)
