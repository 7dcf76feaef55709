"""Who said it?, from the agreement to the last solution."""

from functools import partial

import pytest

from bot.games.who_said.rules import State
from tests.dialogue import Actor, Talk
from tests.features.games import table

board = partial(table.board, emoji="💬")
state = partial(table.state, kind=State)
QUESTION = "What stands on your desk?"
SAID = {
    "Ann": "A cactus called Gerald",
    "Ben": "The lamp of my grandmother",
    "Cleo": "Three cups, all of them empty",
}
"""What each of them answered."""


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    """Three people who answered a prompt, and can be written to."""
    names = [await talk.person(name, moderator=name == "Ann") for name in SAID]
    for actor in names:
        await actor.opens_private("hello")
    ann = names[0]
    await ann.says(f"/prompt add {QUESTION}")
    talk.bot.hears_nothing_more()
    await ann.says("/prompt now")
    prompt = next(line for line in talk.bot.unheard() if not line.only_for)
    for actor in names:
        await actor.says(SAID[actor.name], reply_to=prompt)
    talk.bot.hears_nothing_more()
    return {actor.name: actor for actor in names}


async def agree(talk: Talk, *actors: Actor) -> None:
    for actor in actors:
        await actor.says("/game answers")
        line = await talk.bot.replies("1 answer of yours fits", to=actor)
        await actor.presses(line, "Yes, they may")
    talk.bot.hears_nothing_more()


async def sat_down(talk: Talk, people: dict[str, Actor]) -> None:
    await table.sat_down(talk, "who_said", list(people.values()))


async def begun(talk: Talk, people: dict[str, Actor]) -> None:
    """Everybody agreed, and the first saying is on the board."""
    await agree(talk, *people.values())
    await sat_down(talk, people)
    assert "Round 1 of 3" in board(talk).text


def author(talk: Talk, people: dict[str, Actor]) -> Actor:
    """Whose words are on the board."""
    asked = board(talk).text.rpartition(QUESTION)[2]
    return next(people[name] for name, text in SAID.items() if text in asked)


async def test_it_is_played_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    await begun(talk, people)
    for _ in SAID:
        teller = author(talk, people)
        for actor in people.values():
            if actor is not teller:
                await actor.presses(board(talk), teller.name)
        assert f"{teller.name}" in board(talk).text.partition("knew")[0]
    end = board(talk)
    assert "Who said what" in end.text
    assert all(text in end.text for text in SAID.values())


async def test_the_author_cannot_guess(talk: Talk, people: dict[str, Actor]) -> None:
    await begun(talk, people)
    teller = author(talk, people)
    talk.bot.hears_nothing_more()
    await teller.presses(board(talk), teller.name)
    await talk.bot.replies("These are your own words", to=teller)
    assert (await state(talk)).picks == {}


async def test_a_pick_is_confirmed_to_who_made_it(talk: Talk, people: dict[str, Actor]) -> None:
    await begun(talk, people)
    teller = author(talk, people)
    guesser = next(actor for actor in people.values() if actor is not teller)
    talk.bot.hears_nothing_more()
    await guesser.presses(board(talk), teller.name)
    await talk.bot.replies("You picked", teller.name, to=guesser)
    assert "1 person has picked." in board(talk).text


async def test_time_alone_brings_it_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    await begun(talk, people)
    await talk.later(minutes=10)
    assert (await state(talk)).over


async def test_it_goes_on_after_a_restart(talk: Talk, people: dict[str, Actor]) -> None:
    await begun(talk, people)
    teller = author(talk, people)
    guessers = [actor for actor in people.values() if actor is not teller]
    await guessers[0].presses(board(talk), teller.name)
    await talk.restarts()
    await guessers[1].presses(board(talk), teller.name)
    assert "Round 2 of 3" in board(talk).text


async def test_without_the_agreement_of_three_it_does_not_begin(
    talk: Talk, people: dict[str, Actor]
) -> None:
    await agree(talk, people["Ann"], people["Ben"])
    await sat_down(talk, people)
    await talk.bot.replies("There are not enough answers yet", "/game answers")


async def test_whoever_took_it_back_does_not_come_up(talk: Talk, people: dict[str, Actor]) -> None:
    await agree(talk, *people.values())
    cleo = people["Cleo"]
    await cleo.says("/game answers")
    await cleo.presses(await talk.bot.replies("may come up", to=cleo), "No, take it back")
    await sat_down(talk, people)
    await talk.bot.replies("There are not enough answers yet")


async def test_taken_back_while_it_is_played_the_words_leave_the_board(
    talk: Talk, people: dict[str, Actor]
) -> None:
    await begun(talk, people)
    teller = author(talk, people)
    talk.bot.hears_nothing_more()
    await teller.says("/game answers")
    await teller.presses(await talk.bot.replies("may come up", to=teller), "No, take it back")
    assert SAID[teller.name] not in board(talk).text
    assert "These words were taken back." in board(talk).text
    await teller.presses(board(talk), "Go on")
    assert "Round 2 of 3" in board(talk).text
    assert teller.name not in board(talk).text.partition("Round")[0]
