"""Story relay, from the first line to the text to keep."""

from functools import partial

import pytest

from bot.games.story.rules import Story
from tests.dialogue import Actor, Talk
from tests.features.games import table

board = partial(table.board, emoji="📖")
state = partial(table.state, kind=Story)
NAMES = ("Ann", "Ben", "Cleo")


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    """Three people in a story that has just begun."""
    made = await table.begun(talk, "story", NAMES)
    assert "12 sentences left" in board(talk).text
    return made


async def writer(talk: Talk, people: dict[str, Actor]) -> Actor:
    """Whose turn it is: people sat down in the order of their names."""
    return people[NAMES[(await state(talk)).seat]]


async def author(talk: Talk, people: dict[str, Actor]) -> Actor:
    """Who wrote last."""
    return people[NAMES[(await state(talk)).sentences[-1].seat]]


async def other(talk: Talk, people: dict[str, Actor]) -> Actor:
    """Somebody whose turn it is not."""
    waiting = await writer(talk, people)
    return next(actor for actor in people.values() if actor is not waiting)


async def types(talk: Talk, people: dict[str, Actor], text: str) -> None:
    """Whoever is to write answers the board."""
    await (await writer(talk, people)).says(text, reply_to=board(talk))


async def fills(talk: Talk, people: dict[str, Actor], text: str) -> None:
    """Whoever is to write uses the form."""
    actor = await writer(talk, people)
    await actor.presses(board(talk), "Write the next sentence")
    await actor.fills([text])


async def test_it_is_played_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    told = [f"This is sentence number {n}." for n in range(12)]
    for n, text in enumerate(told):
        await (fills if n % 2 else types)(talk, people, text)
    assert [said.text for said in (await state(talk)).sentences] == told
    assert " ".join(told) in " ".join(board(talk).text.split())
    assert "Written by" in board(talk).text
    assert not board(talk).buttons
    await talk.bot.replies("Together you reached 12 of 12")


async def test_in_a_live_story_it_is_enough_to_write_into_the_room(
    talk: Talk, people: dict[str, Actor]
) -> None:
    waiting, eager = await writer(talk, people), await other(talk, people)
    await eager.says("I wonder what comes now.")
    await waiting.says("It rained.")
    assert [said.text for said in (await state(talk)).sentences] == ["It rained."]


async def test_the_story_is_given_as_a_file_to_keep(talk: Talk, people: dict[str, Actor]) -> None:
    await types(talk, people, "It rained.")
    for _ in NAMES:
        await (await writer(talk, people)).presses(board(talk), "Pass")
    line = await talk.bot.replies("Thank you all for playing")
    assert line.files == ("story.md",)


async def test_whose_turn_it_is_not_keeps_the_sentence(
    talk: Talk, people: dict[str, Actor]
) -> None:
    waiting, eager = await writer(talk, people), await other(talk, people)
    await eager.says("Me first.", reply_to=board(talk))
    await talk.bot.replies(f"{waiting.name}", "turn now")
    await eager.presses(board(talk), "Write the next sentence")
    await eager.fills(["Me first."])
    await talk.bot.replies("Keep your sentence", "Me first.", to=eager)
    assert not (await state(talk)).sentences


async def test_a_sentence_can_be_changed(talk: Talk, people: dict[str, Actor]) -> None:
    await types(talk, people, "It rained.")
    last = await author(talk, people)
    await last.presses(board(talk), "Change my sentence")
    await last.fills(["It snowed."])
    await talk.bot.replies("Your sentence was changed", to=last)
    assert "It snowed." in board(talk).text


async def test_a_sentence_can_be_taken_back(talk: Talk, people: dict[str, Actor]) -> None:
    await types(talk, people, "It rained.")
    last = await author(talk, people)
    await last.presses(board(talk), "Take it back")
    await talk.bot.replies("taken back", to=last)
    assert "It rained." not in board(talk).text


async def test_more_than_half_can_end_it(talk: Talk, people: dict[str, Actor]) -> None:
    await types(talk, people, "It rained.")
    await people["Ben"].presses(board(talk), "The end (0/3)")
    await people["Cleo"].presses(board(talk), "The end (1/3)")
    assert "The end. Written by" in board(talk).text


async def test_who_was_away_comes_back(talk: Talk, people: dict[str, Actor]) -> None:
    away = await writer(talk, people)
    for _ in range(2):
        await talk.later(minutes=2, seconds=1)
        while await writer(talk, people) is not away and away.name not in skipped(talk):
            await types(talk, people, "They went on.")
    assert away.name in skipped(talk)
    await away.presses(board(talk), "I am back")
    await talk.bot.replies("Good to have you back", to=away)
    assert not skipped(talk)


def skipped(talk: Talk) -> str:
    """Who is waited for no longer, as the board says it."""
    return board(talk).text.partition("Skipped until")[2].partition("\n")[0]


async def test_it_goes_on_after_a_restart(talk: Talk, people: dict[str, Actor]) -> None:
    await types(talk, people, "It rained.")
    await talk.restarts()
    await types(talk, people, "It rained on.")
    assert "It rained. It rained on." in board(talk).text


async def test_time_alone_brings_it_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    await talk.later(minutes=10)
    assert (await state(talk)).until is None
