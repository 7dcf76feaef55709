"""One trial: a few days of two small groups on a platform that fails, with a program that dies.

Everything follows from the seed: a trial that fails is repeated with the same number.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from adapters.local import Message, Refused, World
from adapters.local.client import EVERYTHING
from adapters.local.people import Person
from bot.app import App, features
from bot.ports import Can
from bot.simulation.cast import Member, Town
from bot.simulation.faults import Crash, FragileDatabase, Fuse, UnsteadyAdapter, Weather
from bot.simulation.founding import Founding
from bot.simulation.probe import CALL, probe
from bot.store.database import Database
from scheduler.clock import VirtualClock

BORN: Final = datetime(2026, 10, 30, 6, 0, tzinfo=UTC)
"""America changes its clocks two days later."""
DAYS: Final = 4
HOURS: Final = (9, 18)
PLAN: Final = "every day at 9:00 and 18:00"


def _town(key: str, zone: str, names: str) -> Town:
    people = tuple(Member(f"{name} {key}") for name in names.split())
    rooms = ("lounge", "help", "moderators")
    return Town(key, f"Group {key}", "en", zone, rooms, PLAN, PLAN, (people[0].name,), (), people)


TOWNS: Final = (
    _town("west", "America/New_York", "Ann Ben Cem Dia"),
    _town("east", "Africa/Nairobi", "Eve Fay Gil Hal"),
)


class Trial:
    """`open_store` opens the same store again and again. Two processes share it with `twins`."""

    def __init__(
        self,
        seed: int,
        open_store: Callable[[], Database],
        *,
        days: int = DAYS,
        can: Can = EVERYTHING,
        twins: bool = False,
    ) -> None:
        self.seed = seed
        self.rng = Random(f"trial {seed}")
        self.clock = VirtualClock(BORN)
        self.world = World(self.clock.now)
        self.fuse = Fuse()
        self.weather = Weather(Random(f"weather {seed}"), self.fuse)
        self.adapter = UnsteadyAdapter(self.world, can, self.weather, Random(f"order {seed}"))
        self.away: list[tuple[str, datetime, datetime]] = []
        self.crashes = 0
        self.ended = self._settled_at = BORN
        self._days = days
        self._open, self._twins = open_store, twins
        self._strangers = asyncio.all_tasks()

    async def run(self) -> None:
        """Lives through the days, then through calm hours in which all that waits is sent."""
        asyncio.get_running_loop().set_exception_handler(_quiet)
        await self._start()
        await Founding(self.world, self._settle, TOWNS).everything()
        self.weather.rate, self.adapter.jumble = 0.08, 0.1
        end = BORN + timedelta(days=self._days)
        while self.clock.now() < end:
            self._act_or_skip()
            await self._do_something()
            if self.rng.random() < 0.15:
                self.fuse.light(self.rng.randint(0, 60))
            await self._advance(timedelta(minutes=self.rng.uniform(5, 150)))
        self.ended = self.clock.now()
        await self._calm_down()

    async def close(self) -> None:
        """Ends the program."""
        await self._die()

    # What happens

    def _act_or_skip(self) -> None:
        """The clock jumps: a little back, or ahead as after an outage."""
        chance = self.rng.random()
        if chance < 0.04:
            self.clock.advance(-timedelta(minutes=self.rng.uniform(1, 90)))
        elif chance < 0.06:
            self.clock.advance(timedelta(hours=self.rng.uniform(3, 20)))

    async def _do_something(self) -> None:
        acts = (self._chat, self._answer, self._answer, self._call, self._change, self._vote)
        for _ in range(self.rng.randint(1, 4)):
            try:
                await self.rng.choice(acts)()
            except Refused:
                continue
        if self.rng.random() < 0.03:
            await self._send_away()
        if self.rng.random() < 0.03:
            self.world.move_group(self._group())

    async def _chat(self) -> None:
        group = self._group()
        await self._somebody(group).says(self.world.home(group), f"chat {self.rng.random()}")

    async def _answer(self) -> None:
        """In the thread of a prompt, or as a reply to it."""
        found = self._prompts()
        if not found:
            return
        prompt = self.rng.choice(found[-4:])
        person = self._somebody(prompt.chat.group)
        text = f"answer {self.rng.random()}"
        if prompt.thread and self.rng.random() < 0.6:
            await person.says(prompt.chat.in_room(prompt.thread), text)
        else:
            await person.says(prompt.chat, text, reply_to=prompt)

    async def _change(self) -> None:
        """Somebody changes an answer, or takes it away."""
        mine = [m for m in self.world.messages.values() if str(m.text).startswith("answer")]
        if not mine:
            return
        message = self.rng.choice(mine[-6:])
        person = self.world.person(message.author)
        if self.rng.random() < 0.5:
            await person.edits(message, f"answer changed {self.rng.random()}")
        else:
            await person.deletes(message)

    async def _vote(self) -> None:
        polls = [m for m in self._prompts() if m.poll]
        if polls:
            poll = self.rng.choice(polls)
            person = self._somebody(poll.chat.group)
            if poll.poll and person.id not in poll.poll.votes:
                await person.votes(poll, [self.rng.randrange(len(poll.poll.options))])

    async def _call(self) -> None:
        group = self._group()
        whom = self._somebody(group).profile.name
        person = self._somebody(group)
        await person.gives_command(self.world.home(group), f'/{CALL} "{whom}"')

    async def _send_away(self) -> None:
        """The bot is shown the door and comes back some hours later.

        What it slept through just before it can tell nobody there any more.
        """
        group, since = self._group(), min(self._settled_at, self.clock.now())
        self.world.remove_bot(group)
        await self._advance(timedelta(hours=self.rng.uniform(0.5, 12)))
        self.world.bring_bot(group)
        await self._settle()
        self.away.append((self.world.groups[group].title, since, self.clock.now()))

    # Who and where

    def _group(self) -> str:
        return self.rng.choice([g.id for g in self.world.groups.values() if g.members])

    def _somebody(self, group: str) -> Person:
        return self.world.person(self.rng.choice(self.world.groups[group].members))

    def _prompts(self) -> list[Message]:
        """Posts of the bot's that a thread or a poll makes a prompt of."""
        found = (m for m in self.world.messages.values() if not m.author)
        return [m for m in found if m.thread or m.poll]

    # The program

    async def _settle(self) -> None:
        """Lets the program work; if it dies it is started again, until all is done."""
        while True:
            await asyncio.sleep(0)
            try:
                if self._twins:
                    await asyncio.gather(self.app.settle(), self._twin.settle())
                else:
                    await self.app.settle()
            except Crash:
                self.fuse.blown = True
            if not self.fuse.blown:
                self._settled_at = self.clock.now()
                return
            self.crashes += 1
            await self._die()
            self.clock.advance(timedelta(seconds=self.rng.uniform(0, 600)))
            self.fuse.replace()
            await self._start()

    async def _advance(self, span: timedelta) -> None:
        end = self.clock.now() + span
        await self._settle()
        while (due := await self.app.agenda.next_due()) is not None and due <= end:
            self.clock.set(max(due, self.clock.now()))
            await self._settle()
        self.clock.set(max(end, self.clock.now()))
        await self._settle()

    async def _calm_down(self) -> None:
        self.weather.rate = self.adapter.jumble = 0.0
        self.fuse.replace()
        await self._die()
        await self._start()
        for _ in range(6):
            await self._advance(timedelta(minutes=10))

    async def _start(self) -> None:
        self.app = self._app()
        await self.app.prepare()
        if self._twins:
            self._twin = self._app()
            self._twin.platforms = []
            await self._twin.prepare()
        for courier in self.app.couriers:
            await courier.recover()
        self._hearing = asyncio.create_task(self.adapter.run(self.app.engine))
        await asyncio.sleep(0)

    def _app(self) -> App:
        async def at_once(_: float) -> None:
            await asyncio.sleep(0)

        database = FragileDatabase(self._open(), self.fuse)
        systems = [*features(), probe()]
        return App(database, [self.adapter], clock=self.clock, systems=systems, sleep=at_once)

    async def _die(self) -> None:
        """Every task of the program ends where it is; nothing is tidied up."""
        me = asyncio.current_task()
        mine = asyncio.all_tasks() - self._strangers - {me}
        for task in mine:
            task.cancel()
        await asyncio.gather(*mine, return_exceptions=True)
        await self.app.database.close()
        if self._twins:
            await self._twin.database.close()


def _quiet(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tasks that died with the program are missed by nobody."""
    if not isinstance(context.get("exception"), Crash):
        loop.default_exception_handler(context)
