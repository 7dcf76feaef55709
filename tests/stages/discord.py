"""Discord as a stage: the real discord.py over the loopback Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from adapters.discord.adapter import DiscordAdapter
from bot.commands import Command, Kind, Param, bind
from bot.ports import Receiver
from tests.adapters.discord.reading import text_of
from tests.discord_api import Channel, DiscordApi, Interaction, Message, Person, point_discord_py_at
from tests.discord_api.world import FORUM
from tests.stages.base import Line, id_of


class DiscordStage:
    """One guild, driven over sockets."""

    platform = "discord"

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.api = DiscordApi(clock=now)
        self._state = TemporaryDirectory()
        self.adapter = DiscordAdapter(
            self.api.token, Path(self._state.name), clock=now, between_starts=timedelta(0)
        )
        self.guild = self.api.guild("Friends")
        self._rooms: dict[str, Channel] = {"": self.guild.channel("general")}
        self._people: dict[str, Person] = {}
        self._task: asyncio.Task[None] | None = None
        self._commands: Sequence[Command] = ()
        self._filled: set[int] = set()

    async def open(self, receiver: Receiver) -> None:
        self._commands = receiver.commands
        await self.api.__aenter__()
        self._pointing = point_discord_py_at(self.api)
        self._pointing.__enter__()
        self._task = asyncio.create_task(self.adapter.run(receiver))
        await self.api.until(lambda: any(s.link for s in self.api.sessions.values()))
        await self.delivered()

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.api.sessions.clear()
        await self.api.__aexit__()
        self._pointing.__exit__(None, None, None)
        assert self.api.violations == []

    async def delivered(self) -> None:
        """Until the bot has read everything that it was sent."""
        while not self._caught_up():  # noqa: ASYNC110 - only the socket knows, and it tells nobody
            await asyncio.sleep(0)

    def _caught_up(self) -> bool:
        connection = self.adapter.connection
        if connection is None or connection.busy:
            return False
        sent = max((s.sequence for s in self.api.sessions.values()), default=0)
        return connection.read_up_to() >= sent

    async def person(self, name: str, *, moderator: bool = False, language: str = "en") -> None:
        roles = (self.guild.role("Moderators", "manage_guild"),) if moderator else ()
        locale = {"en": "en-US", "es": "es-ES", "pt": "pt-BR"}.get(language, language)
        self._people[name] = self.guild.person(name, roles=roles, locale=locale)

    async def leaves(self, name: str) -> None:
        self._people[name].leaves()

    async def room(self, title: str) -> None:
        self._rooms[title] = self.guild.channel(title)

    async def says(
        self,
        name: str,
        text: str,
        *,
        reply_to: Line | None = None,
        room: str = "",
        private: bool = False,
    ) -> str:
        person = self._people[name]
        channel = person.dm if private else self._rooms[room]
        if text.startswith("/"):
            self._command(person, channel, text, {})
            return ""
        answered = self._message(reply_to.id) if reply_to else None
        where = answered.channel if answered else channel
        return str(person.says(where, text, reply_to=answered).id)

    async def says_in_thread(self, name: str, text: str, *, under: Line | str) -> str:
        message = self._message(id_of(under))
        thread, person = message.thread or message.channel, self._people[name]
        if text.startswith("/"):
            self._command(person, thread, text, {})
            return ""
        return str(person.says(thread, text).id)

    async def opens_post(self, name: str, title: str, text: str) -> str:
        forums = [c for c in self.guild.channels.values() if c.type == FORUM]
        forum = forums[0] if forums else self.guild.forum("questions")
        return str(self._people[name].opens_post(forum, title, text).id)

    async def menu(self, name: str, message: Line | str, path: str) -> None:
        title = next(c.on_message for c in self._commands if c.path == path)
        self._people[name].uses_menu(self._message(id_of(message)), title)

    async def edits(self, name: str, message: str, text: str) -> None:
        self._people[name].edits(self._message(message), text)

    async def deletes(self, name: str, message: str) -> None:
        self._people[name].deletes(self._message(message))

    async def attaches(
        self, name: str, command: str, files: Mapping[str, tuple[str, bytes]]
    ) -> None:
        self._command(self._people[name], self._rooms[""], command, files)

    async def answers_person(self, name: str, text: str, message: str) -> str:
        answered = self._message(message)
        return str(self._people[name].says(answered.channel, text, reply_to=answered).id)

    async def presses(self, name: str, line: Line, label: str) -> None:
        message, person = self._message(line.id), self._people[name]
        for part in message.buttons:
            if label in [option["label"] for option in part.get("options", [])]:
                person.chooses(message, part["custom_id"], label)
                return
        person.presses(message, label)

    async def fills(self, name: str, values: Sequence[str]) -> None:
        opened = self._form(name)
        assert opened is not None, f"no form is open for {name}"
        self._filled.add(opened.id)
        self._people[name].submits(opened, dict(zip(_labels(opened), values, strict=False)))

    async def form(self, name: str) -> tuple[str, ...]:
        opened = self._form(name)
        return _labels(opened) if opened else ()

    async def reacts(self, name: str, message: Line | str, emoji: str) -> None:
        self._people[name].reacts(self._message(id_of(message)), emoji)

    async def votes(self, name: str, line: Line, options: Sequence[int]) -> None:
        message, user = self._message(line.id), self._people[name].user
        for answer in range(1, len(line.poll) + 1):
            chosen = user.id in message.votes.get(answer, [])
            if chosen != (answer - 1 in options):
                self.api.vote(message, answer, user, added=not chosen)

    async def opens_private(self, name: str, payload: str = "") -> None:
        person = self._people[name]
        person.says(person.dm, payload or "hello")

    async def blocks(self, name: str) -> None:
        self._people[name].user.accepts_dms = False

    def lines(self) -> Sequence[Line]:
        return [self._line(message) for _, message in sorted(self._said().items())]

    # -- finding and reading

    def _said(self) -> dict[int, Message]:
        everywhere = [m for channel in self.api.channels.values() for m in channel.messages]
        alone = [m for made in self.api.interactions.values() for m in made.answers]
        own = self.api.bot.id
        return {m.id: m for m in (*everywhere, *alone, *self.api.gone) if m.author.id == own}

    def _message(self, number: str) -> Message:
        said = self._said().get(int(number))
        if said is not None:
            return said
        everywhere = (m for channel in self.api.channels.values() for m in channel.messages)
        return next(m for m in everywhere if m.id == int(number))

    def _line(self, message: Message) -> Line:
        channel = message.channel
        return Line(
            id=str(message.id),
            version=hash((message.content, str(message.embeds), str(message.components))),
            text=text_of(message, self.api),
            room=channel.name,
            buttons=tuple(p["label"] for p in message.buttons if p["type"] == 2),
            options=tuple(o["label"] for p in message.buttons for o in p.get("options", [])),
            only_for=self._only_for(message),
            thread=channel.parent is not None,
            reply=message.reference is not None,
            poll=tuple(a["poll_media"]["text"] for a in (message.poll or {}).get("answers", [])),
            files=tuple(name for name, _ in message.files),
            pings=tuple(self.api.users[number].name for number in message.pings),
            deleted=message in self.api.gone,
        )

    def _only_for(self, message: Message) -> str:
        if message.channel.recipient is not None:
            return message.channel.recipient.name
        for made in self.api.interactions.values():
            if message in made.answers and message.flags & 64:
                return made.person.user.name
        return ""

    def _form(self, name: str) -> Interaction | None:
        mine = [
            made
            for made in self.api.interactions.values()
            if made.person is self._people[name] and made.modal and made.id not in self._filled
        ]
        return mine[-1] if mine else None

    # -- commands

    def _command(
        self,
        person: Person,
        channel: Channel,
        line: str,
        files: Mapping[str, tuple[str, bytes]],
    ) -> None:
        command, rest = self._declared(line.removeprefix("/"))
        params = {param.name: param for param in command.params}
        typed = {
            name: self._value(params[name], value) for name, value in bind(command, rest).items()
        }
        person.commands(channel, command.path, {**typed, **files})

    def _declared(self, typed: str) -> tuple[Command, str]:
        for length in (2, 1):
            words = typed.split(maxsplit=length)
            path, rest = " ".join(words[:length]), " ".join(words[length:])
            for command in self._commands:
                if command.path == path:
                    return command, rest
        raise LookupError(f"Discord offers no command /{typed}")

    def _value(self, param: Param, value: str) -> Any:
        if param.kind is Kind.MEMBER:
            return self._people[value.removeprefix("@")].user
        if param.kind is Kind.ROOM:
            wanted = value.removeprefix("#")
            return next(room for room in self.guild.channels.values() if room.name == wanted)
        if param.kind is Kind.NUMBER:
            return int(value)
        if param.kind is Kind.FLAG:
            return value.casefold() in ("yes", "true", "1", "on")
        if param.kind is Kind.CHOICE:
            labels = {choice.label.casefold(): choice.value for choice in param.choices}
            return labels.get(value.casefold(), value)
        return value


def _labels(opened: Interaction) -> tuple[str, ...]:
    return tuple(row["label"] for row in (opened.modal or {})["components"])
