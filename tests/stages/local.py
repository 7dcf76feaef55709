"""The local platform as a stage."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from adapters.local.client import EVERYTHING, LocalAdapter
from adapters.local.model import BOT, Message, OpenForm, Room, RoomKind
from adapters.local.people import Person
from adapters.local.world import World
from bot.events import File
from bot.ports import Can, Receiver
from bot.refs import ChatRef
from tests.stages.base import Line, id_of


class LocalStage:
    """One world with one group."""

    platform = "local"

    def __init__(self, now: Callable[[], datetime], *, can: Can = EVERYTHING) -> None:
        self.world = World(now)
        self.adapter = LocalAdapter(self.world, can=can)
        self.group = self.world.add_group("Friends")
        self._people: dict[str, Person] = {}
        self._rooms: dict[str, ChatRef] = {"": self.world.home(self.group.id)}
        self._task: asyncio.Task[None] | None = None

    async def open(self, receiver: Receiver) -> None:
        self._task = asyncio.create_task(self.adapter.run(receiver))
        await asyncio.sleep(0)

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def delivered(self) -> None:
        await asyncio.sleep(0)

    async def person(self, name: str, *, moderator: bool = False, language: str = "en") -> None:
        person = self.world.add_person(name, language=language)
        self._people[name] = person
        await person.joins(self.group)
        if moderator:
            self.world.set_moderator(self.group.id, person.id)

    async def leaves(self, name: str) -> None:
        await self._people[name].leaves(self.group)

    async def room(self, title: str) -> None:
        self._rooms[title] = self.world.add_room(self.group.id, title)

    async def says(
        self,
        name: str,
        text: str,
        *,
        reply_to: Line | None = None,
        room: str = "",
        private: bool = False,
    ) -> str:
        chat = self._people[name].private_chat if private else self._rooms[room]
        answered = self.world.messages[reply_to.id] if reply_to else None
        return await self._says(name, answered.chat if answered else chat, text, answered)

    async def _says(
        self, name: str, chat: ChatRef, text: str, answered: Message | None = None
    ) -> str:
        person = self._people[name]
        if text.startswith("/"):
            await person.gives_command(chat, text, reply_to=answered)
            return ""
        return (await person.says(chat, text, reply_to=answered)).id

    async def says_in_thread(self, name: str, text: str, *, under: Line | str) -> str:
        message = self.world.messages[id_of(under)]
        return await self._says(
            name, message.chat.in_room(message.thread or message.chat.room), text
        )

    async def opens_post(self, name: str, title: str, text: str) -> str:
        home = self._rooms[""]
        with self.world.change():
            thread = home.in_room(f"t-{self.world.next()}")
            self.world.put(Room(thread, title, RoomKind.THREAD, parent=home.room))
        return await self._says(name, thread, text)

    async def menu(self, name: str, message: Line | str, path: str) -> None:
        await self._people[name].uses_menu(self.world.messages[id_of(message)], path)

    async def edits(self, name: str, message: str, text: str) -> None:
        await self._people[name].edits(self.world.messages[message], text)

    async def deletes(self, name: str, message: str) -> None:
        await self._people[name].deletes(self.world.messages[message])

    async def attaches(
        self, name: str, command: str, files: Mapping[str, tuple[str, bytes]]
    ) -> None:
        given = {param: File(file, data) for param, (file, data) in files.items()}
        await self._people[name].gives_command(self._rooms[""], command, files=given)

    async def answers_person(self, name: str, text: str, message: str) -> str:
        answered = self.world.messages[message]
        return await self._says(name, answered.chat, text, answered)

    async def presses(self, name: str, line: Line, label: str) -> None:
        message = self.world.messages[line.id]
        if label in line.options:
            await self._people[name].picks(message, label)
        else:
            await self._people[name].presses(message, label)

    async def fills(self, name: str, values: Sequence[str]) -> None:
        opened = self._form(name)
        assert opened is not None, f"no form is open for {name}"
        named = dict(zip((field.name for field in opened.form.fields), values, strict=False))
        await self._people[name].fills(opened, named)

    async def form(self, name: str) -> tuple[str, ...]:
        opened = self._form(name)
        return tuple(field.label for field in opened.form.fields) if opened else ()

    async def reacts(self, name: str, message: Line | str, emoji: str) -> None:
        await self._people[name].reacts(self.world.messages[id_of(message)], emoji)

    async def votes(self, name: str, line: Line, options: Sequence[int]) -> None:
        await self._people[name].votes(self.world.messages[line.id], options)

    async def opens_private(self, name: str, payload: str = "") -> None:
        await self._people[name].opens_private(payload)

    async def blocks(self, name: str) -> None:
        await self._people[name].closes_private()

    def lines(self) -> Sequence[Line]:
        found = [m for m in self.world.messages.values() if m.author == BOT]
        return [self._line(m) for m in sorted(found, key=lambda m: int(m.id))]

    def _form(self, name: str) -> OpenForm | None:
        mine = [f for f in self.world.forms.values() if f.to == self._people[name].id]
        return mine[-1] if mine else None

    def _line(self, message: Message) -> Line:
        room = self.world.rooms[message.chat]
        only = message.only_for or (message.chat.room if message.chat.private else "")
        people = self.world.people
        return Line(
            id=message.id,
            version=0
            if message.edited is None
            else hash((message.edited, str(message.text), message.buttons)),
            text=message.poll.question if message.poll else str(message.text),
            room=room.title,
            buttons=tuple(b.label for row in message.buttons for b in row),
            options=tuple(o.label for o in message.menu.options) if message.menu else (),
            only_for=people[only].name if only else "",
            thread=room.kind is RoomKind.THREAD,
            reply=message.reply_to is not None,
            poll=message.poll.options if message.poll else (),
            files=(message.file.name,) if message.file else (),
            pings=tuple(people[p].name for p in message.pings),
            deleted=message.deleted,
        )
