"""Story relays, played to their end: a game in which everybody has to do with everybody."""

from bot.games.story.rules import FEWEST
from tests.dialogue import Actor, Talk
from tests.stages.base import Line


def newest(talk: Talk, *parts: str, button: str = "") -> Line:
    """The last thing said to all that holds the parts, and has a button if one is named."""
    found = [
        line
        for line in talk.stage.lines()
        if not line.only_for
        and not line.deleted
        and all(part in line.text for part in parts)
        and (not button or button in line.buttons)
    ]
    assert found, talk.transcript()
    return found[-1]


async def lobby(talk: Talk, *people: Actor) -> None:
    """The first opens a live game, and all of them join."""
    await people[0].says("/game start game=story pace=live")
    for actor in people:
        await actor.presses(newest(talk, button="Join"), "Join")


async def begun(talk: Talk, *people: Actor) -> Line:
    """A game that has begun; its board."""
    await lobby(talk, *people)
    await people[0].presses(newest(talk, button="Begin"), "Begin")
    return newest(talk, "Story relay")


async def told(talk: Talk, *people: Actor) -> Line:
    """A whole story; the post at its end."""
    board = await begun(talk, *people)
    by_name = {actor.name: actor for actor in people}
    for sentence in range(1, FEWEST + 1):
        actor = by_name[whose_turn(newest(talk, "Story relay"))]
        await actor.says(f"And then came cat number {sentence}.", reply_to=board)
    return newest(talk, "Together you reached", button="Rematch")


def whose_turn(board: Line) -> str:
    """Who goes on with the story."""
    asked = next(line for line in board.text.splitlines() if line.startswith("\u2068"))
    return asked[1:].partition("\u2069")[0]
