"""Two groups of one community on the local platform, with everything in them."""

from adapters.local.client import LocalAdapter
from adapters.local.model import BOT, Group, Message
from adapters.local.people import Person
from bot.app import App
from bot.features.answers import choices
from bot.store import groups
from tests.features.prompts.town import Town, _at_once


class Sisters(Town):
    """A world, and the whole application in it."""

    def new_app(self) -> App:
        """The program over the same store."""
        adapter = LocalAdapter(self.world, can=self.can)
        return App(self.open_store(), [adapter], clock=self.clock, sleep=_at_once)

    async def choose(self, group: Group, **values: object) -> None:
        """Sets what a group wants."""
        async with self.app.database.write() as tx:
            row = await groups.by_native(tx, "local", group.id)
            assert row
            await groups.change(tx, row.id, ready=True)
            await choices.choose(tx, row.id, **values)

    async def number(self, group: Group) -> int:
        """Our number of a group."""
        async with self.app.database.read() as tx:
            row = await groups.by_native(tx, "local", group.id)
            assert row
            return row.id

    def said(self, group: Group, *parts: str) -> list[Message]:
        """What the bot said in a group, its threads included, that holds all the parts."""
        found = [m for m in self.world.messages.values() if m.chat.group == group.id]
        return [m for m in found if m.author == BOT and all(p in str(m.text) for p in parts)]

    async def fills(self, person: Person, **values: str) -> None:
        """Fills the form that stands open for somebody."""
        (form,) = [form for form in self.world.forms.values() if form.to == person.id]
        await person.fills(form, values)
        await self.app.settle()

    async def presses(self, person: Person, message: Message, label: str) -> None:
        """Presses a button."""
        await person.presses(message, label)
        await self.app.settle()
