"""Guess the word, until it is found, until nobody may guess any more, until the day is over."""

from functools import partial

import pytest

from bot.games.guess.rules import Puzzle
from bot.games.guess.solutions import solutions
from bot.play.lexicon import bare
from tests.dialogue import Actor, Talk
from tests.features.games import table

board = partial(table.board, emoji="🟩 Guess")
state = partial(table.state, kind=Puzzle)


@pytest.fixture
async def people(talk: Talk) -> tuple[Actor, ...]:
    """Three people in front of the word of the day."""
    made = [await talk.person(name) for name in ("Ann", "Ben", "Cleo")]
    await made[0].says("/game start guess")
    assert "We look for a word of 5 letters" in board(talk).text
    talk.bot.hears_nothing_more()
    return tuple(made)


async def wrong(talk: Talk, n: int = 0) -> str:
    """A word that is not the one."""
    solution = (await state(talk)).solution
    return [word for word in solutions("en") if word != solution][n]


async def test_it_is_found_together(talk: Talk, people: tuple[Actor, ...]) -> None:
    word = await wrong(talk)
    await people[0].says(word, reply_to=board(talk))
    assert f"{word.upper()} · \u2068Ann\u2069" in board(talk).text
    solution = (await state(talk)).solution
    await people[1].says(bare("en", solution), reply_to=board(talk))
    assert f"Found with 2 guesses, by 2 people: {solution.upper()}" in board(talk).text
    assert not board(talk).buttons
    await talk.bot.replies("Together you reached 11 of 12")


async def test_after_eight_guesses_the_word_is_shown(talk: Talk, people: tuple[Actor, ...]) -> None:
    for n in range(8):
        assert f"{8 - n} guess" in board(talk).text
        await people[n % 3].says(await wrong(talk, n), reply_to=board(talk))
    solution = (await state(talk)).solution.upper()
    assert f"The word was {solution}. 3 people looked for it." in board(talk).text


async def test_at_the_end_of_the_day_the_word_is_shown(
    talk: Talk, people: tuple[Actor, ...]
) -> None:
    await people[0].says(await wrong(talk), reply_to=board(talk))
    await talk.later(days=1, minutes=1)
    solution = (await state(talk)).solution.upper()
    assert f"The word was {solution}. 1 person looked for it." in board(talk).text


async def test_a_guess_can_be_made_in_a_form(talk: Talk, people: tuple[Actor, ...]) -> None:
    word = await wrong(talk)
    await people[0].presses(board(talk), "Guess")
    await people[0].fills([word])
    assert word.upper() in board(talk).text


async def test_nobody_guesses_twice_in_a_row(talk: Talk, people: tuple[Actor, ...]) -> None:
    await people[0].says(await wrong(talk), reply_to=board(talk))
    await people[0].says(await wrong(talk, 1), reply_to=board(talk))
    await talk.bot.replies("The last guess was yours")
    await talk.later(hours=1)
    await people[0].says(await wrong(talk, 1), reply_to=board(talk))
    assert len((await state(talk)).guesses) == 2


async def test_talk_about_the_word_is_no_guess(talk: Talk, people: tuple[Actor, ...]) -> None:
    await people[0].says(await wrong(talk), reply_to=board(talk))
    talk.bot.hears_nothing_more()
    await people[0].says("no idea at all", reply_to=board(talk))
    await talk.bot.is_silent()


async def test_what_is_no_word_is_refused(talk: Talk, people: tuple[Actor, ...]) -> None:
    await people[0].says("xqzzk", reply_to=board(talk))
    await talk.bot.replies("xqzzk”", "isn't in the dictionary")


async def test_it_goes_on_after_a_restart(talk: Talk, people: tuple[Actor, ...]) -> None:
    words = [await wrong(talk, n) for n in range(2)]
    await people[0].says(words[0], reply_to=board(talk))
    await talk.restarts()
    await people[1].says(words[1], reply_to=board(talk))
    assert all(word.upper() in board(talk).text for word in words)
