"""The wavelength, from the secret place to the last round."""

from functools import partial

import pytest

from bot.games.wavelength.state import Wavelength
from tests.dialogue import Actor, Talk
from tests.features.games import table
from tests.stages.base import Line

board = partial(table.board, emoji="📻")
state = partial(table.state, kind=Wavelength)
NAMES = ("Ann", "Ben", "Cleo", "Dan")
CLUE = "Mondays in the rain"


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    """Four people in two teams, before the first clue."""
    made = await table.begun(talk, "wavelength", NAMES)
    assert "Round 1 of 6" in board(talk).text
    return made


async def teller(talk: Talk, people: dict[str, Actor]) -> Actor:
    """Who sees the place: people sat down in the order of their names."""
    return people[NAMES[(await state(talk)).teller]]


async def guessers(talk: Talk, people: dict[str, Actor]) -> list[Actor]:
    """Everybody else."""
    telling = await teller(talk, people)
    return [actor for actor in people.values() if actor is not telling]


async def sees(talk: Talk, actor: Actor) -> Line:
    """Opens one's hand."""
    talk.bot.hears_nothing_more()
    await actor.presses(board(talk), "Show me the place: I tell")
    return await talk.bot.replies("", to=actor)


async def tells(talk: Talk, people: dict[str, Actor], clue: str = CLUE) -> None:
    """The teller looks at the place and gives a clue."""
    telling = await teller(talk, people)
    await telling.presses(await sees(talk, telling), "Give the clue")
    await telling.fills([clue])


async def points_at(talk: Talk, actor: Actor, number: str) -> None:
    """Guesses a number that stands on no button, where nobody reads along."""
    await table.fills(talk, actor, board(talk), "Another number", number)


async def test_it_is_played_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    for number in range(1, 7):
        assert f"Round {number} of 6" in board(talk).text
        await tells(talk, people)
        assert CLUE in board(talk).text.rpartition("Round")[2]
        for actor in await guessers(talk, people):
            await actor.presses(board(talk), "45")
    assert "That was the last round" in board(talk).text
    assert not board(talk).buttons
    blue, orange = (await state(talk)).points
    await talk.bot.replies(f"blue team: {blue} of 30", f"orange team: {orange} of 30")


async def test_the_place_is_shown_to_the_teller_alone(talk: Talk, people: dict[str, Actor]) -> None:
    kept = await state(talk)
    line = await sees(talk, await teller(talk, people))
    assert line.only_for == NAMES[kept.teller]
    assert f"Your place is {kept.target}." in line.text
    guesser = (await guessers(talk, people))[0]
    assert "nothing to do for you" in (await sees(talk, guesser)).text
    public = [line.text for line in talk.stage.lines() if not line.only_for]
    assert not any("🎯" in text or "Your place" in text for text in public)


async def test_a_number_is_no_clue(talk: Talk, people: dict[str, Actor]) -> None:
    await tells(talk, people, "about 40")
    await talk.bot.replies("No numbers in a clue", to=await teller(talk, people))
    assert not (await state(talk)).clue


async def test_any_number_can_be_guessed_in_private(talk: Talk, people: dict[str, Actor]) -> None:
    await tells(talk, people)
    guesser = (await guessers(talk, people))[0]
    await points_at(talk, guesser, "37")
    await talk.bot.replies("Your guess: 37", to=guesser)
    assert list((await state(talk)).guesses.values()) == [37]
    public = [line.text for line in talk.stage.lines() if not line.only_for]
    assert not any("37" in text for text in public)


async def test_a_guess_can_be_changed(talk: Talk, people: dict[str, Actor]) -> None:
    await tells(talk, people)
    guesser = (await guessers(talk, people))[0]
    await guesser.presses(board(talk), "5")
    await guesser.presses(board(talk), "95")
    await talk.bot.replies("Your guess: 95", to=guesser)
    assert list((await state(talk)).guesses.values()) == [95]


async def test_the_round_ends_with_its_solution(talk: Talk, people: dict[str, Actor]) -> None:
    await tells(talk, people)
    target = (await state(talk)).target
    for actor in await guessers(talk, people):
        await points_at(talk, actor, str(target))
    assert f"→ {target}" in board(talk).text
    assert "4 points (4 in all)" in board(talk).text
    assert "Round 2 of 6" in board(talk).text


async def test_when_the_teller_passes_the_other_of_the_side_tells(
    talk: Talk, people: dict[str, Actor]
) -> None:
    before = await teller(talk, people)
    await before.presses(board(talk), "Pass")
    after = await state(talk)
    assert after.round == 1
    assert NAMES[after.teller] != before.name
    assert NAMES[after.teller] in board(talk).text


async def test_it_goes_on_after_a_restart(talk: Talk, people: dict[str, Actor]) -> None:
    await tells(talk, people)
    await talk.restarts()
    for actor in await guessers(talk, people):
        await actor.presses(board(talk), "45")
    assert "Round 2 of 6" in board(talk).text


async def test_time_alone_brings_it_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    await talk.later(minutes=30)
    assert (await state(talk)).due is None
