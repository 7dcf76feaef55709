"""The life of the simulated members: who does what, and when.

Everything follows from the seed and from what happens in the world. A life that begins over a
world with a past goes on from there: what was said is not said again.
"""

import heapq
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import count

from adapters.local.model import BOT, Change, Message, Refused
from adapters.local.world import World
from bot.simulation.cast import TOWNS, Town
from bot.simulation.neighbours import Neighbours
from bot.simulation.screenplay import screenplay

Act = Callable[[], Awaitable[None]]
RECENT = timedelta(days=3)
"""How far back a life that goes on looks for prompts that may still be answered."""


class Life:
    """What everybody is about to do, in order. `step` does the next thing."""

    def __init__(self, world: World, born: datetime, seed: int) -> None:
        self.world = world
        self._acts: list[tuple[datetime, int, Act]] = []
        self._count = count()
        self._said = {str(m.text) for m in world.messages.values() if m.author}
        self._towns = {}
        for town in TOWNS:
            self._towns[self._group(town)] = Neighbours(
                world, self._group(town), town, screenplay(town), self.plan, self._said, seed
            )
        for message in world.messages.values():
            if message.chat.group in self._towns:
                self._towns[message.chat.group].known.add(message.id)
        self._leave = world.subscribe(self._notice)
        self._go_on(born)

    def plan(self, at: datetime, act: Act) -> None:
        """Has something done at a moment."""
        heapq.heappush(self._acts, (at, next(self._count), act))

    def next_at(self) -> datetime | None:
        """When the next thing happens."""
        return self._acts[0][0] if self._acts else None

    async def step(self) -> None:
        """Does the next thing. What has become impossible meanwhile is left undone."""
        _, _, act = heapq.heappop(self._acts)
        try:
            await act()
        except (Refused, LookupError):
            return

    def end(self) -> None:
        """Hears of nothing any more."""
        self._leave()

    def _go_on(self, born: datetime) -> None:
        now = self.world.now()
        for town in self._towns.values():
            town.begin(born)
        recent = [m for m in self.world.messages.values() if now - m.at < RECENT]
        for message in sorted(recent, key=lambda m: int(m.id)):
            if (message.thread or message.poll) and message.chat.group in self._towns:
                self._towns[message.chat.group].hear_prompt(message)
        self._each_day(now)

    def _each_day(self, moment: datetime) -> None:
        """Plans the day that begins now for everybody, and to do so again tomorrow."""
        for town in self._towns.values():
            town.plan_day(moment)

        async def again() -> None:
            self._each_day(moment + timedelta(days=1))

        self.plan(moment + timedelta(days=1), again)

    def _notice(self, change: Change) -> None:
        if not isinstance(change, Message):
            return
        if change.chat.private:
            for town in self._towns.values():
                town.hosts.notice(change)
        if change.chat.group not in self._towns:
            return
        town = self._towns[change.chat.group]
        town.curious.notice(change)
        town.named.notice(change)
        town.gamers.notice(change)
        if change.author == BOT and (change.thread or change.poll):
            town.hear_prompt(change)
        if change.only_for or change.id in town.known:
            return
        town.known.add(change.id)
        if change.author:
            self._said.add(str(change.text))
        town.hear(change)

    def _group(self, town: Town) -> str:
        return next(g.id for g in self.world.groups.values() if g.title == town.title)
