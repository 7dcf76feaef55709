"""People who sit down to a game and play it: what the dialogues of all games share."""

from collections.abc import Iterable
from typing import TypeVar

from bot.features.games import plays
from tests.dialogue import Actor, Talk
from tests.stages.base import Line

S = TypeVar("S")


async def begun(talk: Talk, key: str, names: Iterable[str], pace: str = "live") -> dict[str, Actor]:
    """People in a game that has just begun; all can be written to, and sat down in this order.
    The first one is a moderator."""
    made = {name: await talk.person(name, moderator=not n) for n, name in enumerate(names)}
    for actor in made.values():
        await actor.opens_private("hello")
    await sat_down(talk, key, list(made.values()), pace)
    talk.bot.hears_nothing_more()
    return made


async def sat_down(talk: Talk, key: str, people: list[Actor], pace: str = "live") -> None:
    """The first one opens a lobby, all join, and it begins."""
    talk.bot.hears_nothing_more()
    await people[0].says(f"/game start game={key} pace={pace}")
    lobby = next(line for line in talk.bot.unheard() if "Begin" in line.buttons)
    for label, actors in (("Join", people), ("Begin", people[:1])):
        for actor in actors:
            await actor.presses(lobby, label)


def board(talk: Talk, emoji: str) -> Line:
    """The newest board of the game with that emoji, as it stands."""
    public = [line for line in talk.stage.lines() if not line.only_for and not line.deleted]
    named = [line for line in public if line.text.startswith(emoji)]
    return [n for n in named if not n.files and "Thank you all for playing" not in n.text][-1]


async def state(talk: Talk, kind: type[S]) -> S:
    """What is kept of the game."""
    async with talk.app.database.read() as tx:
        played = await plays.load(tx, 1)
    assert played
    assert played.play
    kept = played.play.state
    assert isinstance(kept, kind)
    return kept


async def fills(talk: Talk, actor: Actor, line: Line, label: str, *values: str) -> None:
    """Presses what opens a form, and fills it, where nobody reads along if there are no forms."""
    talk.bot.hears_nothing_more()
    await actor.presses(line, label)
    shown = [n for n in talk.bot.unheard() if n.only_for == actor.name and label in n.buttons]
    for private in shown[-1:]:  # the button has moved there
        await actor.presses(private, label)
    await actor.fills(values)
