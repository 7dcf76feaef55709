"""Human bingo, from the first question to the last find."""

from functools import partial

import pytest

from bot.games.bingo.state import SQUARES, State
from bot.games.bingo.statements import STATEMENTS
from tests.dialogue import Actor, Talk
from tests.features.games import table
from tests.stages.base import Line

board = partial(table.board, emoji="🔎")
state = partial(table.state, kind=State)
NAMES = ("Ann", "Ben", "Cleo")


@pytest.fixture
async def people(talk: Talk) -> dict[str, Actor]:
    """Three people in a slow game that has just begun."""
    made = await table.begun(talk, "bingo", NAMES, "slow")
    assert "nine statements" in board(talk).text
    return made


def own(talk: Talk, actor: Actor) -> Line:
    """The card that somebody sees, as it stands now."""
    lines = [line for line in talk.stage.lines() if line.only_for == actor.name]
    return [line for line in lines if not line.deleted and line.buttons][-1]


async def card(talk: Talk, actor: Actor) -> Line:
    """Opens somebody's card."""
    await actor.presses(board(talk), "My card")
    return own(talk, actor)


async def asks(talk: Talk, asker: Actor, square: int, person: Actor) -> None:
    """Asks somebody about a square, counted from one."""
    line = await card(talk, asker)
    await asker.presses(line, next(b for b in line.buttons if b.startswith(f"{square} ")))
    await asker.presses(own(talk, asker), person.name)


async def answers(talk: Talk, person: Actor, label: str) -> None:
    """Answers the question that has waited longest."""
    await card(talk, person)
    await person.presses(own(talk, person), label)


async def statement(talk: Talk, seat: int, square: int) -> str:
    """What stands in a square, counted from one."""
    return STATEMENTS[(await state(talk)).cards[seat].statements[square - 1]]


async def test_it_is_played_until_every_card_is_full(talk: Talk, people: dict[str, Actor]) -> None:
    for asker in people.values():
        others = [actor for actor in people.values() if actor is not asker]
        for square in range(1, SQUARES + 1):
            person = others[square % 2]
            await asks(talk, asker, square, person)
            await answers(talk, person, "Yes, that's me")
    assert (await state(talk)).over
    assert "27 of 27" in board(talk).text
    assert "Lines of three: 24" in board(talk).text


async def test_a_yes_stands_on_the_board_and_in_the_card(
    talk: Talk, people: dict[str, Actor]
) -> None:
    ann, ben = people["Ann"], people["Ben"]
    await asks(talk, ann, 5, ben)
    said = await statement(talk, 0, 5)
    assert "Questions wait for \u2068Ben" in board(talk).text
    assert said not in board(talk).text
    await answers(talk, ben, "Yes, that's me")
    assert f"Ben\u2069: {said} (found by \u2068Ann" in board(talk).text
    assert f"5 ✅ {said} · \u2068Ben" in (await card(talk, ann)).text


async def test_who_is_asked_sees_the_question_alone(talk: Talk, people: dict[str, Actor]) -> None:
    await asks(talk, people["Ann"], 5, people["Ben"])
    line = await card(talk, people["Ben"])
    assert "Ann\u2069 believes that this is you" in line.text
    assert await statement(talk, 0, 5) in line.text
    assert "believes" not in (await card(talk, people["Cleo"])).text


async def test_nobody_is_notified_of_a_question(talk: Talk, people: dict[str, Actor]) -> None:
    before = len(talk.stage.lines())
    await asks(talk, people["Ann"], 5, people["Ben"])
    fresh = [line for line in talk.stage.lines()[before:] if line.only_for != "Ann"]
    assert not fresh
    assert not board(talk).pings


async def test_a_no_opens_the_square_again(talk: Talk, people: dict[str, Actor]) -> None:
    ann = people["Ann"]
    await asks(talk, ann, 5, people["Ben"])
    await answers(talk, people["Ben"], "No, or I'd rather not say")
    line = await card(talk, ann)
    assert "not \u2068Ben" in line.text
    await ann.presses(line, "5 ⬜")
    assert "Ben" not in own(talk, ann).buttons
    assert "Cleo" in own(talk, ann).buttons


async def test_the_room_is_asked_and_somebody_finds_themselves(
    talk: Talk, people: dict[str, Actor]
) -> None:
    ann = people["Ann"]
    await ann.presses(await card(talk, ann), "1 ⬜")
    await ann.presses(own(talk, ann), "🙋 Ask the room")
    said = await statement(talk, 0, 1)
    assert f"Ann\u2069 is looking for somebody who can say: {said}" in board(talk).text
    await people["Cleo"].presses(board(talk), "That's me: 1")
    assert f"Cleo\u2069: {said} (found by \u2068Ann" in board(talk).text


async def test_a_question_is_taken_back(talk: Talk, people: dict[str, Actor]) -> None:
    ann = people["Ann"]
    await asks(talk, ann, 5, people["Ben"])
    await ann.presses(await card(talk, ann), "5 ⏳")
    await ann.presses(own(talk, ann), "Take the question back")
    assert "believes" not in (await card(talk, people["Ben"])).text
    assert "Questions wait" not in board(talk).text


async def test_it_goes_on_after_a_restart(talk: Talk, people: dict[str, Actor]) -> None:
    await asks(talk, people["Ann"], 5, people["Ben"])
    await talk.restarts()
    await answers(talk, people["Ben"], "Yes, that's me")
    assert (await state(talk)).cards[0].names[4] == 1


async def test_who_joins_later_gets_a_card(talk: Talk, people: dict[str, Actor]) -> None:
    dan = await talk.person("Dan")
    await dan.opens_private("hello")
    await dan.presses(board(talk), "Join")
    assert "Your card" in (await card(talk, dan)).text


async def test_after_three_days_it_is_over(talk: Talk, people: dict[str, Actor]) -> None:
    await asks(talk, people["Ann"], 5, people["Ben"])
    await answers(talk, people["Ben"], "Yes, that's me")
    await talk.later(days=3, minutes=1)
    assert "The cards are closed" in board(talk).text
    assert "1 of 27" in board(talk).text
