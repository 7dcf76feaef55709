"""Two groups of one community that play with each other, on the local platform."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

from adapters.local.model import Group, Message
from adapters.local.people import Person
from bot.store.database import Database
from tests.features.answers.sisters import Sisters

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Neighbours(Sisters):
    """Ann moderates Lisbon, where Cal is; Ben moderates Porto, where Dia and Eva are."""

    async def settle_in(self) -> None:
        """Makes the groups and the people."""
        self.lisbon = await self.group("Lisbon")
        self.porto = await self.group("Porto", with_=self.lisbon)
        self.ann = await self.person("Ann", self.lisbon, moderator=True)
        self.cal = await self.person("Cal", self.lisbon)
        self.ben = await self.person("Ben", self.porto, moderator=True)
        self.dia = await self.person("Dia", self.porto)
        self.eva = await self.person("Eva", self.porto)
        for group in (self.lisbon, self.porto):
            await self.choose(group)

    async def picks(self, person: Person, message: Message, option: str) -> None:
        """Picks a line of a menu."""
        await person.picks(self.world.messages[message.id], option)
        await self.app.settle()

    async def told(self, person: Person, group: Group) -> str:
        """What somebody alone was told last in a group."""
        return str(self.whispers(person, group)[-1].text)

    def whispers(self, person: Person, group: Group) -> list[Message]:
        """What somebody alone was told in a group."""
        seen = self.world.history(self.world.home(group.id), person.id, limit=10_000)
        return [message for message in seen if message.only_for == person.id]

    def last(self, group: Group, *parts: str) -> Message:
        """The newest thing that everybody in a group can read and that holds all the parts."""
        found = [m for m in self.posts(group) if all(part in str(m.text) for part in parts)]
        assert found, self.readable(group)
        return found[-1]

    def readable(self, group: Group) -> str:
        """Everything that everybody in a group can read."""
        return "\n---\n".join(str(message.text) for message in self.posts(group))

    def labels(self, message: Message) -> list[str]:
        """The buttons that can be pressed."""
        return [b.label for row in message.buttons for b in row if not b.disabled]

    async def challenges(
        self, person: Person, group: Group, against: str = "Porto", *, pace: str = "slow"
    ) -> None:
        """Somebody challenges another group to Connect four."""
        await self.gives(person, group, f"/game start connect {pace}")
        await self.picks(person, self.whispers(person, group)[-1], against)

    async def play(self) -> None:
        """Cal challenges Porto, and Dia accepts."""
        await self.challenges(self.cal, self.lisbon)
        await self.presses(self.dia, self.last(self.porto, "challenges you"), "Accept")

    def boards(self) -> tuple[Message, Message]:
        """The board in Lisbon and the one in Porto."""
        return self.last(self.lisbon, "1️⃣"), self.last(self.porto, "1️⃣")


async def neighbours(open_store: Callable[[], Database]) -> AsyncIterator[Neighbours]:
    """The two groups; they are left behind in order."""
    town = Neighbours(open_store, MONDAY)
    await town.begin()
    await town.settle_in()
    yield town
    await town.end()
