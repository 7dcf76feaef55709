"""What the ambassadors of one town do when they are asked in private: they begin, in writing."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from adapters.local.model import BOT, Message
from adapters.local.people import Person
from adapters.local.world import World
from bot.simulation.questions import button
from bot.simulation.screenplay import Line

BEGIN, WRITE = "ambassadors.begin:", "ambassadors.write:"
SOON, A_MOMENT = timedelta(minutes=25), timedelta(minutes=2)
Plan = Callable[[datetime, Callable[[], Awaitable[None]]], None]


class Hosts:
    """`openings` are what they begin with, each once; who has none left takes no notice."""

    def __init__(
        self,
        world: World,
        openings: tuple[Line, ...],
        person: Callable[[str], Person],
        plan: Plan,
    ) -> None:
        self._world, self._person, self._plan = world, person, plan
        self._openings = {person(line.who).id: line for line in openings}
        self._asked: set[str] = set()

    def notice(self, message: Message) -> None:
        """Whatever the bot says in private: it may be a question to an ambassador."""
        host = message.chat.room if message.chat.private else ""
        if message.author != BOT or host not in self._openings or message.id in self._asked:
            return
        if button(message, BEGIN):
            self._asked.add(message.id)
            self._plan(self._world.now() + SOON, partial(self._begin, host, message.id))

    async def _begin(self, host: str, asked: str) -> None:
        message = self._world.messages[asked]
        await self._world.person(host).presses(message, button(message, BEGIN))
        self._plan(self._world.now() + A_MOMENT, partial(self._write, host, asked))

    async def _write(self, host: str, asked: str) -> None:
        message = self._world.messages[asked]
        await self._world.person(host).presses(message, button(message, WRITE))
        self._plan(self._world.now() + A_MOMENT, partial(self._fill, host))

    async def _fill(self, host: str) -> None:
        person = self._world.person(host)
        await person.fills(person.forms()[-1], {"text": self._openings.pop(host).words})
