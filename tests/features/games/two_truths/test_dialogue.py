"""Two truths and a lie, from the secret form to the last story."""

from functools import partial

import pytest

from bot.games.two_truths.rules import State
from tests.dialogue import Actor, Talk
from tests.features.games import table

board = partial(table.board, emoji="🎭")
state = partial(table.state, kind=State)
NAMES = ("Ann", "Ben", "Cleo")


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    """Three people in a game that has just begun."""
    made = await table.begun(talk, "two_truths", NAMES)
    assert "Write three statements" in board(talk).text
    return made


def statements(actor: Actor) -> tuple[str, str, str]:
    """Two truths and a lie of theirs."""
    return f"{actor.name} can whistle", f"{actor.name} met a king", f"{actor.name} owns a boat"


async def writes(talk: Talk, actor: Actor, *lines: str) -> None:
    """Opens the form where nobody reads along, and fills it."""
    await table.fills(talk, actor, board(talk), "Write mine", *(lines or statements(actor)))


async def all_wrote(talk: Talk, people: dict[str, Actor]) -> None:
    for actor in people.values():
        await writes(talk, actor)
    assert "Which one is the lie?" in board(talk).text
    talk.bot.hears_nothing_more()


def writer(talk: Talk, people: dict[str, Actor]) -> Actor:
    """Whose statements are on the board."""
    asked = board(talk).text.rpartition("Round ")[2]
    return next(actor for actor in people.values() if statements(actor)[0] in asked)


async def test_it_is_played_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    await all_wrote(talk, people)
    for _ in NAMES:
        teller = writer(talk, people)
        kept = await state(talk)
        lie = str(kept.written[kept.writer].lie + 1)
        for actor in people.values():
            if actor is not teller:
                await actor.presses(board(talk), lie)
        assert "made this up" in board(talk).text
        assert statements(teller)[2] in board(talk).text
    assert "6 guesses of 6 found the lie." in board(talk).text


async def test_what_is_written_is_confirmed_and_stays_secret(
    talk: Talk, people: dict[str, Actor]
) -> None:
    ann = people["Ann"]
    await writes(talk, ann)
    await talk.bot.replies("Kept", to=ann)
    public = [line for line in talk.stage.lines() if not line.only_for]
    assert not any("whistle" in line.text for line in public)
    assert "Ready: " in board(talk).text


async def test_ones_own_are_shown_to_oneself(talk: Talk, people: dict[str, Actor]) -> None:
    ann = people["Ann"]
    await writes(talk, ann)
    talk.bot.hears_nothing_more()
    await ann.presses(board(talk), "See mine")
    line = await talk.bot.replies("Ann owns a boat (the lie)", to=ann)
    assert line.only_for == "Ann"
    assert line.buttons == ("Write anew",)


async def test_they_can_be_written_anew(talk: Talk, people: dict[str, Actor]) -> None:
    ann = people["Ann"]
    await writes(talk, ann)
    await ann.presses(board(talk), "See mine")
    await ann.presses(await talk.bot.replies("(the lie)", to=ann), "Write anew")
    await ann.fills(["Ann bakes", "Ann sings", "Ann flies"])
    await talk.bot.replies("Replaced", to=ann)
    assert set((await state(talk)).written[0].lines) == {"Ann bakes", "Ann sings", "Ann flies"}


async def test_the_same_statement_twice_is_refused(talk: Talk, people: dict[str, Actor]) -> None:
    ann = people["Ann"]
    await writes(talk, ann, "Ann bakes", "Ann bakes", "Ann flies")
    await talk.bot.replies("three different statements", to=ann)
    assert (await state(talk)).written == {}


async def test_the_writer_cannot_guess(talk: Talk, people: dict[str, Actor]) -> None:
    await all_wrote(talk, people)
    teller = writer(talk, people)
    await teller.presses(board(talk), "1")
    await talk.bot.replies("These are your own statements", to=teller)
    assert (await state(talk)).picks == {}


async def test_who_did_not_write_guesses_all_the_same(talk: Talk, people: dict[str, Actor]) -> None:
    await writes(talk, people["Ann"])
    await talk.later(minutes=4)
    talk.bot.hears_nothing_more()
    await people["Cleo"].presses(board(talk), "2")
    await talk.bot.replies("number 2 is the lie", to=people["Cleo"])


async def test_it_goes_on_after_a_restart(talk: Talk, people: dict[str, Actor]) -> None:
    await writes(talk, people["Ann"])
    await talk.restarts()
    await writes(talk, people["Ben"])
    await writes(talk, people["Cleo"])
    assert "Which one is the lie?" in board(talk).text


async def test_time_alone_brings_it_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    await all_wrote(talk, people)
    await talk.later(minutes=10)
    assert (await state(talk)).over
