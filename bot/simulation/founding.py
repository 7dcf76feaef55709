"""How the simulated groups begin: people come in, moderators go through `/setup` and its buttons,
and the groups become one community. Every step is a person's, through the real engine."""

import re
from collections.abc import Awaitable, Callable

from adapters.local.model import Message, Refused
from adapters.local.people import Person
from adapters.local.world import World
from bot.refs import ChatRef
from bot.simulation.cast import COMMUNITY, TOWNS, VISITOR, Town

Settle = Callable[[], Awaitable[None]]
_CODE = re.compile(r"/community join (\w+)")


class Founding:
    """`settle` lets the application handle what was done. The first town makes the community."""

    def __init__(self, world: World, settle: Settle, towns: tuple[Town, ...] = TOWNS) -> None:
        self._world, self._settle, self._towns = world, settle, towns

    async def everything(self) -> None:
        """Groups that are set up and form one community."""
        first, *others = self._towns
        for town in self._towns:
            await self._people(town)
        await self._visitor()
        await self._settle()
        await self._set_up(first)
        await self._says(first, f"/community name {COMMUNITY}")
        for town in others:
            await self._join(town)
            await self._set_up(town)
        for town in self._towns:
            await self._tell_others(town)
            await self._give_the_floor(town)
        await self._says(first, "/pings never", first.members[-1].name)

    async def _people(self, town: Town) -> None:
        group = self._world.add_group(
            town.title, town.rooms, language=town.language, zone=town.zone
        )
        for member in town.members:
            person = self._world.add_person(member.name, language=town.language)
            if not member.joins:
                await person.joins(group, known=True)
            if member.name in town.moderators:
                self._world.set_moderator(group.id, person.id)

    async def _visitor(self) -> None:
        visitor = self._world.add_person(VISITOR)
        for town in self._towns:
            group = self._world.groups[self._lounge(town).group]
            await visitor.joins(group, known=True)
            self._world.set_moderator(group.id, visitor.id)

    async def _set_up(self, town: Town) -> None:
        """Five questions, answered as a moderator would."""
        person = self._person(town.lead)
        await self._says(town, "/setup")
        await self._press(town, f"setup.language:{town.language}")
        await self._pick(town, town.rooms[0])
        await self._press(town, "setup.zone:", town.zone)
        await self._press(town, "setup.other:plan")
        await person.fills(person.forms()[-1], {"said": town.plan})
        await self._settle()
        await self._pick(town, town.rooms[2])
        await self._press(town, "setup.confirm")

    async def _join(self, town: Town) -> None:
        """The first group makes a code, this one gives it, and the first one says yes."""
        first = self._towns[0]
        await self._says(first, "/community code")
        match = _CODE.search(str(self._panel(first).text))
        if match is None:
            raise Refused("no code was made")
        await self._says(town, f"/community join {match[1]}")
        await self._press(town, "setup.ask:")
        admitting = next(
            m
            for m in reversed(list(self._world.messages.values()))
            if any(b.id.startswith("setup.admit:") for row in m.buttons for b in row)
        )
        await self._person(first.lead).presses(admitting, self._find(admitting, "setup.admit:"))
        await self._settle()

    async def _tell_others(self, town: Town) -> None:
        await self._says(town, "/prompt schedules")
        await self._press(town, "prompt.plan-others:")

    async def _give_the_floor(self, town: Town) -> None:
        """Quiet members may be named, and some people agree to begin."""
        await self._says(town, "/quiet settings")
        await self._press(town, "quiet.switch:switched_on")
        for name in town.hosts:
            await self._person(name).opens_private()
            await self._settle()
            await self._says(town, "/ambassador join", name)

    async def _says(self, town: Town, command: str, who: str = "") -> None:
        await self._person(who or town.lead).gives_command(self._lounge(town), command)
        await self._settle()

    async def _press(self, town: Town, choice: str, zone: str = "") -> None:
        """Presses the first button whose id begins so; of zones the one that shows this hour."""
        panel = self._panel(town)
        wanted = self._zone_button(panel, zone) if zone else self._find(panel, choice)
        await self._person(town.lead).presses(panel, wanted)
        await self._settle()

    async def _pick(self, town: Town, room: str) -> None:
        await self._person(town.lead).picks(self._panel(town), room)
        await self._settle()

    def _zone_button(self, panel: Message, zone: str) -> str:
        from bot.features.setup.rules import short

        return self._find(panel, f"setup.zone:{short(zone)}")

    def _find(self, message: Message, choice: str) -> str:
        return next(b.id for row in message.buttons for b in row if b.id.startswith(choice))

    def _panel(self, town: Town) -> Message:
        """The newest note for the moderator's eyes."""
        lead = self._person(town.lead)
        seen = (m for m in reversed(self._world.history(self._lounge(town), lead.id)))
        return next(m for m in seen if m.only_for == lead.id and not m.author)

    def _person(self, name: str) -> Person:
        key = next(key for key, profile in self._world.people.items() if profile.name == name)
        return self._world.person(key)

    def _lounge(self, town: Town) -> ChatRef:
        group = next(g.id for g in self._world.groups.values() if g.title == town.title)
        return self._world.home(group)
