"""One adapter at a time, on its stage, with a core that only listens."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count

import pytest

from bot.commands import Command, Kind, Param
from bot.effects import AnyEffect
from bot.events import MessagePosted
from bot.ports import Can
from bot.refs import ChatRef, MessageRef
from scheduler.clock import VirtualClock
from tests.dialogue import START
from tests.listener import Listener
from tests.stages import STAGES
from tests.stages.base import Line, Stage

COMMANDS = (
    Command("greet", "Greets somebody", (Param("what", "What to say"),)),
    Command("list things", "Shows a list", (Param("page", "Page", Kind.NUMBER, False),)),
    Command("note it", "Keeps a message", on_message="Keep this"),
    Command("drop it", "Lets a message go", moderator=True, on_message="Let this go"),
)


@dataclass
class Bench:
    """An adapter under test."""

    stage: Stage
    core: Listener
    clock: VirtualClock
    chat: ChatRef
    _tokens: "count[int]" = field(default_factory=lambda: count(1))

    async def perform(self, effect: AnyEffect, token: str = "") -> MessageRef | None:
        """Carries an effect out, under a token of its own unless one is given."""
        made = await self.stage.adapter.perform(effect, token or f"t{next(self._tokens)}")
        await self.stage.delivered()
        return made

    def line(self, made: MessageRef | None) -> Line:
        """What people see of a message that was made."""
        assert made is not None
        return next(n for n in reversed(self.stage.lines()) if n.id.endswith(made.id))

    def needs(self, ability: Can) -> None:
        """Skips where the chat can't do this: then nothing of the kind is ever asked of it."""
        if ability not in self.stage.adapter.capabilities(self.chat).can:
            pytest.skip(f"{self.stage.platform} has no {ability}")


@pytest.fixture(params=sorted(STAGES))
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    """A group with Ann (a moderator) and Ben in it."""
    clock, core = VirtualClock(START), Listener(COMMANDS)
    stage = STAGES[request.param]()(clock.now)
    await stage.open(core)
    await stage.person("Ann", moderator=True)
    await stage.person("Ben")
    await stage.says("Ann", "the first word")
    await stage.delivered()
    yield Bench(stage, core, clock, core.last(MessagePosted).chat)
    await stage.close()
