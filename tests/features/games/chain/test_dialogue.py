"""Word chain, from the word that is given to the last one."""

from functools import partial

import pytest

from bot.games.chain.rules import Chain
from bot.play.lexicon import bare, common
from tests.dialogue import Actor, Talk
from tests.features.games import table

board = partial(table.board, emoji="🔗")
state = partial(table.state, kind=Chain)


@pytest.fixture
async def people(talk: Talk) -> tuple[Actor, ...]:
    """Three people in a chain that has just begun."""
    made = [await talk.person(name) for name in ("Ann", "Ben", "Cleo")]
    await made[0].says("/game start chain slow")
    assert "Words: 0 of 30" in board(talk).text
    talk.bot.hears_nothing_more()
    return tuple(made)


async def fitting(talk: Talk) -> str:
    """A word that may come next."""
    now = await state(talk)
    used = {bare("en", word) for word in now.words}
    return next(word for word in common("en") if word[0] == now.letter and word not in used)


async def writes(talk: Talk, actor: Actor) -> str:
    """Somebody answers the board with a word that fits."""
    word = await fitting(talk)
    await actor.says(word, reply_to=board(talk))
    return word


async def test_it_is_played_to_its_end(talk: Talk, people: tuple[Actor, ...]) -> None:
    for n in range(30):
        await writes(talk, people[n % 3])
    assert (await state(talk)).until is None
    assert "All 30 words found, by 3 people!" in board(talk).text
    assert not board(talk).buttons
    await talk.bot.replies("Together you reached 33 of 33")


async def test_a_word_stands_on_the_board(talk: Talk, people: tuple[Actor, ...]) -> None:
    word = await writes(talk, people[0])
    assert f"→ {word}" in board(talk).text
    assert "Ann\u2069 wrote the last word" in board(talk).text


async def test_a_word_can_be_written_in_a_form(talk: Talk, people: tuple[Actor, ...]) -> None:
    word = await fitting(talk)
    await people[0].presses(board(talk), "Write a word")
    await people[0].fills([word])
    assert f"→ {word}" in board(talk).text


async def test_nobody_writes_twice_in_a_row(talk: Talk, people: tuple[Actor, ...]) -> None:
    await writes(talk, people[0])
    await writes(talk, people[0])
    await talk.bot.replies("The last word was yours")
    assert len((await state(talk)).links) == 1


async def test_a_word_that_is_none_is_refused(talk: Talk, people: tuple[Actor, ...]) -> None:
    letter = (await state(talk)).letter
    await people[0].says(f"{letter}xqzzk", reply_to=board(talk))
    await talk.bot.replies(f"{letter}xqzzk”", "isn't in the dictionary")


async def test_talk_about_the_game_is_no_word(talk: Talk, people: tuple[Actor, ...]) -> None:
    await writes(talk, people[0])
    talk.bot.hears_nothing_more()
    await people[0].says("that is a good one", reply_to=board(talk))
    await talk.bot.is_silent()


async def test_it_goes_on_after_a_restart(talk: Talk, people: tuple[Actor, ...]) -> None:
    first = await writes(talk, people[0])
    await talk.restarts()
    second = await writes(talk, people[1])
    assert f"{first} → {second}" in board(talk).text


async def test_silence_brings_a_hint_and_then_the_end(
    talk: Talk, people: tuple[Actor, ...]
) -> None:
    await writes(talk, people[0])
    await talk.later(days=1, minutes=1)
    assert "A hint" in board(talk).text
    await talk.later(days=1, minutes=1)
    assert "The chain is 1 word long, by 1 person." in board(talk).text


async def test_in_a_live_chain_it_is_enough_to_write_into_the_room(talk: Talk) -> None:
    ann, ben = await talk.person("Ann", moderator=True), await talk.person("Ben")
    await ann.says("/game start chain live")
    words = [await writes(talk, actor) for actor in (ann, ben)]
    words.append(await fitting(talk))
    await ann.says("well, let me think")
    await ann.says(words[-1])
    assert [link.word for link in (await state(talk)).links] == words
