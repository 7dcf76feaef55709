"""Emoji riddles, from the secret form to the last solution."""

from functools import partial

import pytest

from bot.games.riddles.state import State
from tests.dialogue import Actor, Talk
from tests.features.games import table

board = partial(table.board, emoji="🧩")
state = partial(table.state, kind=State)
RIDDLES = {
    "Ann": ("🦁 👑", "The Lion King", "Circle of life"),
    "Ben": ("🚢 🧊", "Titanic", "1912"),
    "Cleo": ("🌃 🌍", "Night on Earth", "Five taxis"),
}


async def begun(talk: Talk, pace: str) -> dict[str, Actor]:
    """Three people in a game that has just begun."""
    made = await table.begun(talk, "riddles", RIDDLES, pace)
    assert "Who has a riddle?" in board(talk).text
    return made


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    """Three people who play now."""
    return await begun(talk, "live")


async def fills_in_secret(talk: Talk, actor: Actor, label: str, *values: str) -> None:
    """Opens a form where nobody reads along, and fills it."""
    await table.fills(talk, actor, board(talk), label, *values)


async def all_wrote(talk: Talk, people: dict[str, Actor]) -> None:
    for name, actor in people.items():
        await fills_in_secret(talk, actor, "Write a riddle", *RIDDLES[name])
    assert "what is it?" in board(talk).text
    talk.bot.hears_nothing_more()


def author(talk: Talk) -> str:
    """Whose riddle is on the board."""
    question = board(talk).text.rpartition("Riddle ")[2]
    return next(name for name, riddle in RIDDLES.items() if riddle[0] in question)


def solution(talk: Talk) -> str:
    return RIDDLES[author(talk)][1]


def guessers(talk: Talk, people: dict[str, Actor]) -> list[Actor]:
    return [actor for name, actor in people.items() if name != author(talk)]


def public(talk: Talk) -> str:
    """All that everybody can read."""
    return "\n".join(line.text for line in talk.stage.lines() if not line.only_for)


async def test_live_it_is_played_to_its_end_by_typing(talk: Talk, people: dict[str, Actor]) -> None:
    await all_wrote(talk, people)
    for _ in RIDDLES:
        name, found = author(talk), solution(talk)
        await guessers(talk, people)[0].says(found.upper(), reply_to=board(talk))
        await talk.bot.replies("That's it!")
        assert f"{found}" in board(talk).text
        assert name in board(talk).text
    assert "solved together: 3 of 3" in board(talk).text


async def test_slowly_everybody_finds_it_in_secret(talk: Talk) -> None:
    people = await begun(talk, "slow")
    await all_wrote(talk, people)
    for _ in RIDDLES:
        found, others = solution(talk), guessers(talk, people)
        await fills_in_secret(talk, others[0], "Guess", found)
        await talk.bot.replies("Keep it to yourself", to=others[0])
        assert found not in public(talk)
        talk.bot.hears_nothing_more()
        await fills_in_secret(talk, others[1], "Guess", found)
        assert found in board(talk).text
    assert "solved together: 3 of 3" in board(talk).text


async def test_what_is_written_stays_secret(talk: Talk, people: dict[str, Actor]) -> None:
    await fills_in_secret(talk, people["Ann"], "Write a riddle", *RIDDLES["Ann"])
    await talk.bot.replies("Your riddle is in", to=people["Ann"])
    assert "Lion" not in public(talk)
    assert "👑" not in public(talk)


async def test_ones_own_riddle_is_seen_and_taken_back(talk: Talk, people: dict[str, Actor]) -> None:
    ann = people["Ann"]
    await fills_in_secret(talk, ann, "Write a riddle", *RIDDLES["Ann"])
    talk.bot.hears_nothing_more()
    await ann.presses(board(talk), "My riddle")
    line = await talk.bot.replies("The Lion King", to=ann)
    assert line.only_for == "Ann"
    await ann.presses(line, "Take it back")
    await talk.bot.replies("taken back", to=ann)
    assert (await state(talk)).written == {}


async def test_words_in_the_riddle_itself_are_refused(talk: Talk, people: dict[str, Actor]) -> None:
    await fills_in_secret(
        talk, people["Ann"], "Write a riddle", "the king 🦁", "Lion King", "An animal"
    )
    await talk.bot.replies("emoji only", to=people["Ann"])
    assert (await state(talk)).written == {}


async def test_a_riddle_that_is_refused_comes_back_to_its_author_alone(
    talk: Talk, people: dict[str, Actor]
) -> None:
    ann = people["Ann"]
    await fills_in_secret(talk, ann, "Write a riddle", "the king 🦁", "Lion King", "An animal")
    await talk.bot.replies("the king 🦁", "Lion King", "An animal", to=ann)
    assert "Lion King" not in public(talk)


async def test_the_board_says_until_when_the_riddle_lasts(
    talk: Talk, people: dict[str, Actor]
) -> None:
    await all_wrote(talk, people)
    before = board(talk).text.rpartition("Until")[2]
    await talk.later(minutes=1.6)
    assert "▢" in board(talk).text
    assert board(talk).text.rpartition("Until")[2] == before


async def test_the_author_takes_a_guess_that_means_the_same(
    talk: Talk, people: dict[str, Actor]
) -> None:
    await all_wrote(talk, people)
    name = author(talk)
    await guessers(talk, people)[0].says("something like that", reply_to=board(talk))
    assert "something like that" in board(talk).text
    await people[name].presses(board(talk), "I wrote this one")
    line = await talk.bot.replies("something like that", to=people[name])
    while line.only_for != name:
        line = await talk.bot.replies("something like that", to=people[name])
    await people[name].presses(line, "✅ something like that")
    assert "as “\u2068something like that" in board(talk).text


async def test_the_hint_comes_and_then_the_solution(talk: Talk, people: dict[str, Actor]) -> None:
    await all_wrote(talk, people)
    found = solution(talk)
    await talk.later(minutes=1.6)
    assert "▢" in board(talk).text
    assert found not in public(talk)
    await talk.later(minutes=1.5)
    assert "too good for us" in board(talk).text
    assert found in board(talk).text


async def test_who_wrote_none_guesses_all_the_same(talk: Talk, people: dict[str, Actor]) -> None:
    await fills_in_secret(talk, people["Ann"], "Write a riddle", *RIDDLES["Ann"])
    for name in ("Ben", "Cleo"):
        await people[name].presses(board(talk), "I'll only guess")
    await people["Ben"].says("lion king", reply_to=board(talk))
    assert "1 of 1" in board(talk).text


async def test_it_goes_on_after_a_restart(talk: Talk, people: dict[str, Actor]) -> None:
    await all_wrote(talk, people)
    await talk.restarts()
    found = solution(talk)
    await guessers(talk, people)[1].says(found, reply_to=board(talk))
    assert f"= \u2068{found}" in board(talk).text


async def test_time_alone_brings_it_to_its_end(talk: Talk, people: dict[str, Actor]) -> None:
    await all_wrote(talk, people)
    await talk.later(minutes=10)
    assert "solved together: 0 of 3" in board(talk).text
