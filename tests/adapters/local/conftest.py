"""A small world: Ann, who moderates, and Ben, in a group with two rooms."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.local import LocalAdapter, Person, World
from bot.commands import Choice, Command, Kind, Param
from bot.refs import ChatRef
from tests.adapters.local.recorder import Hand, Recorder, running

COMMANDS = (
    Command("thanks", "Thank somebody", (Param("to", "Whom", Kind.MEMBER), Param("why", "Why"))),
    Command("prompt add", "Add a prompt", (Param("text", "What to ask"),), moderator=True),
    Command(
        "prompt week",
        "The next seven days",
        (
            Param("room", "Where", Kind.ROOM, required=False),
            Param(
                "order",
                "In which order",
                Kind.CHOICE,
                required=False,
                choices=(Choice("asc", "Oldest first"), Choice("desc", "Newest first")),
            ),
        ),
    ),
)

ON_MESSAGES = (
    Command("ask", "Ask a question", on_message="This is a question", private=True),
    Command("close", "Close a question", moderator=True, on_message="Close the question"),
)


@dataclass
class Town:
    """What the tests walk about in."""

    world: World
    clock: Hand
    general: ChatRef
    help: ChatRef
    ann: Person
    ben: Person


async def populate(world: World) -> tuple[ChatRef, ChatRef, Person, Person]:
    group = world.add_group("Lisbon", ["general", "help"])
    ann, ben = world.add_person("Ann"), world.add_person("Ben Ode", language="fr")
    await ann.joins(group)
    await ben.joins(group)
    world.set_moderator(group.id, ann.id)
    general, helping = (room.chat for room in world.rooms_of(group.id))
    return general, helping, ann, ben


@pytest.fixture
async def town() -> Town:
    clock = Hand()
    world = World(clock)
    general, helping, ann, ben = await populate(world)
    return Town(world, clock, general, helping, ann, ben)


@pytest.fixture
def adapter(town: Town) -> LocalAdapter:
    return LocalAdapter(town.world)


@pytest.fixture
async def core(adapter: LocalAdapter) -> AsyncIterator[Recorder]:
    async with running(adapter, Recorder(COMMANDS)) as recorder:
        recorder.events.clear()
        yield recorder
