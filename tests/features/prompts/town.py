"""Several groups of one community on the local platform, for what one group can't show."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.local.client import EVERYTHING, LocalAdapter
from adapters.local.model import BOT, Group, Message
from adapters.local.people import Person
from adapters.local.world import World
from bot.app import App
from bot.features import prompts
from bot.features.prompts import card_records, deck_records
from bot.features.prompts.deckfile import Card
from bot.ports import Can
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import Database
from scheduler.clock import VirtualClock


async def _at_once(seconds: float) -> None:
    """Pacing has its own tests."""


SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Town:
    """A world, and the application in it."""

    def __init__(
        self, open_store: Callable[[], Database], start: datetime = SUNDAY, can: Can = EVERYTHING
    ) -> None:
        self.clock = VirtualClock(start)
        self.world = World(self.clock.now)
        self.open_store = open_store
        self.can = can
        self.app = self.new_app()

    def new_app(self) -> App:
        """The program over the same store."""
        adapter = LocalAdapter(self.world, can=self.can)
        return App(
            self.open_store(),
            [adapter],
            clock=self.clock,
            systems=[prompts.feature()],
            sleep=_at_once,
        )

    async def begin(self) -> None:
        """Starts the application."""
        await self.app.prepare()
        self._running = asyncio.create_task(self.app.adapters[0].run(self.app.engine))
        await asyncio.sleep(0)
        await self.app.settle()

    async def end(self) -> None:
        """Stops the program; fails if an event was left in the dead letters."""
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        dead = self.app.engine.batches.dead
        await self.app.close()
        assert dead == 0, f"{dead} events ended as dead letters"

    async def restart(self) -> None:
        """The program starts over the same store."""
        await self.end()
        self.app = self.new_app()
        await self.begin()

    async def group(
        self, title: str, zone: str = "UTC", *, with_: Group | None = None, language: str = "en"
    ) -> Group:
        """A group, in the community of another one if that is named."""
        made = self.world.add_group(title, language=language)
        await self.app.settle()
        async with self.app.database.write() as tx:
            row = await groups.by_native(tx, "local", made.id)
            assert row
            await groups.change(tx, row.id, zone=zone)
            if with_:
                first = await groups.by_native(tx, "local", with_.id)
                assert first
                await groups.join_community(tx, row.id, first.community)
        return made

    async def person(self, name: str, group: Group, *, moderator: bool = False) -> Person:
        """Somebody in a group."""
        person = self.world.add_person(name)
        await person.joins(group)
        if moderator:
            self.world.set_moderator(group.id, person.id)
        await self.app.settle()
        return person

    async def gives(self, person: Person, group: Group, *lines: str) -> str:
        """Commands; returns what the person was told to the last one."""
        home = self.world.home(group.id)
        for line in lines:
            before = len(self.world.history(home, person.id, limit=10_000))
            await person.gives_command(home, line)
            await self.app.settle()
        told = self.world.history(home, person.id, limit=10_000)[before:]
        return "\n".join(str(message.text) for message in told)

    async def says(
        self, person: Person, chat: ChatRef, text: str, reply_to: Message | None = None
    ) -> Message:
        """A message of a person's."""
        said = await person.says(chat, text, reply_to=reply_to)
        await self.app.settle()
        return said

    async def until(self, moment: datetime) -> None:
        """Time goes on to a moment, slot by slot."""
        await self.app.live_through(moment - self.clock.now())

    async def later(self, **span: float) -> None:
        """Time goes on by this much."""
        await self.app.live_through(timedelta(**span))

    async def sleeps_until(self, moment: datetime) -> None:
        """The program is stopped, and started again at that moment."""
        await self.end()
        self.clock.set(moment)
        self.app = self.new_app()
        await self.begin()

    def posts(self, group: Group) -> list[Message]:
        """What everybody in a group saw the bot say in its first room."""
        history = self.world.history(self.world.home(group.id), limit=10_000)
        return [m for m in history if m.author == BOT and not m.only_for]

    def prompts(self, group: Group) -> list[Message]:
        """The prompts among it."""
        return [m for m in self.posts(group) if str(m.text).startswith("Q")]

    def talk_under(self, post: Message) -> ChatRef:
        """The thread under a post."""
        thread = self.world.messages[post.id].thread
        assert thread
        return post.chat.in_room(thread)


async def fill(town: Town, group: Group, count: int = 12, *, shuffled: bool = False) -> None:
    """Prompts "Q1 …" to "Qn …" in a deck of the group, in order unless shuffled."""
    made = [Card(text=f"Q{number} of the deck?") for number in range(1, count + 1)]
    now = town.clock.now()
    async with town.app.database.write() as tx:
        row = await groups.by_native(tx, "local", group.id)
        assert row
        deck = await deck_records.create(
            tx, row.community, "Our own questions", now, shuffled=shuffled
        )
        await card_records.add(tx, deck.id, made, now)


async def home(town: Town, zone: str = "UTC", title: str = "Friends") -> tuple[Group, Person]:
    """A group with a moderator and twelve prompts."""
    group = await town.group(title, zone)
    ann = await town.person("Ann", group, moderator=True)
    await fill(town, group)
    return group, ann


def at(text: str, zone: str = "UTC") -> datetime:
    """An instant from a local time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
