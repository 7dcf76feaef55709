"""Telegram as a stage: the real python-telegram-bot over the loopback Telegram.

The group is a forum, so that there are rooms and threads, and the bot administers it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.telegram import TelegramAdapter
from bot.ports import Limits, Receiver
from bot.refs import ChatRef
from tests.stages.base import Line, id_of
from tests.telegram_api import Chat, Message, Person, Press, TelegramApi


class TelegramStage:
    """One forum, driven over sockets."""

    platform = "telegram"

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.api = TelegramApi(clock=now)
        self._now = now
        self._owner = self.api.user("Owner")
        self.group = self.api.supergroup("Friends", self._owner, forum=True, bot="left")
        self._rooms: dict[str, int | None] = {"": None}
        self._people: dict[str, Person] = {}
        self._task: asyncio.Task[None] | None = None
        self._adapter: TelegramAdapter | None = None

    @property
    def adapter(self) -> TelegramAdapter:
        """A new one after each stop, so that nothing is remembered that should not be."""
        if self._adapter is None:
            self._adapter = TelegramAdapter(
                self.api.token, base_url=self.api.address, clock=self._now
            )
            self._adapter.limits = Limits(per_second=10_000)  # a dialogue waits for no pacing
        return self._adapter

    async def open(self, receiver: Receiver) -> None:
        await self.api.__aenter__()
        before = len(self.api.calls("getUpdates"))
        self._task = asyncio.create_task(self.adapter.run(_Trusting(receiver)))
        await self.api.until(lambda: len(self.api.calls("getUpdates")) > before)
        if not self.group.holds(self.api.bot):
            await self._owner.adds_bot(self.group)
            await self._owner.promotes_bot(self.group)
        await self.adapter.rooms(ChatRef("telegram", str(self.group.id)))
        await self.delivered()

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._adapter = None
        await self.api.__aexit__()
        assert self.api.violations == []

    async def delivered(self) -> None:
        await self.api.confirmed()

    async def person(self, name: str, *, moderator: bool = False, language: str = "en") -> None:
        person = self._people[name] = self.api.user(name, name, language)
        await person.joins(self.group)
        if moderator:
            await self._owner.promotes(self.group, person)

    async def leaves(self, name: str) -> None:
        await self._people[name].leaves(self.group)

    async def is_demoted(self) -> None:
        """The bot is no administrator any more, so that privacy mode hides ordinary messages."""
        await self._owner.demotes_bot(self.group)
        await self.delivered()

    async def room(self, title: str) -> None:
        self._rooms[title] = (await self._owner.opens_topic(self.group, title)).id

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
        answered = self._message(reply_to.id) if reply_to else None
        if private or (answered and answered.chat.is_private):
            return _id(await person.says(person.private, text, reply_to=answered))
        topic = answered.thread_id if answered else self._rooms[room]
        return _id(await person.says(self.group, text, reply_to=answered, topic=topic))

    async def says_in_thread(self, name: str, text: str, *, under: Line | str) -> str:
        post = self._message(id_of(under))
        threads = [m.thread_id for m in self.group.messages if m.copy_of is post]
        topic = threads[0] if threads else post.thread_id
        return _id(await self._people[name].says(self.group, text, topic=topic))

    async def opens_post(self, name: str, title: str, text: str) -> str:
        person = self._people[name]
        topic = await person.opens_topic(self.group, title)
        return _id(await person.says(self.group, text, topic=topic.id))

    async def menu(self, name: str, message: Line | str, path: str) -> None:
        await self.answers_person(name, f"/{path}", id_of(message))

    async def edits(self, name: str, message: str, text: str) -> None:
        await self._people[name].edits(self._message(message), text)

    async def deletes(self, name: str, message: str) -> None:
        await self._people[name].deletes(self._message(message))

    async def attaches(
        self, name: str, command: str, files: Mapping[str, tuple[str, bytes]]
    ) -> None:
        ((_, data),) = files.values()
        await self._people[name].sends_file(self.group, data, command)

    async def answers_person(self, name: str, text: str, message: str) -> str:
        answered = self._message(message)
        return _id(await self._people[name].says(answered.chat, text, reply_to=answered))

    async def presses(self, name: str, line: Line, label: str) -> None:
        await self._people[name].presses(self._message(line.id), label)

    async def fills(self, name: str, values: Sequence[str]) -> None:
        """Answers one question after the other: Telegram has no forms."""
        asked = self._question(name)
        assert asked is not None, f"nothing is asked of {name}"
        for value in values:
            await self._people[name].says(asked.chat, value, topic=asked.thread_id)

    async def form(self, name: str) -> tuple[str, ...]:
        asked = self._question(name)
        return tuple(asked.body.split("\n")[-1:]) if asked else ()

    async def reacts(self, name: str, message: Line | str, emoji: str) -> None:
        await self._people[name].reacts(self._message(id_of(message)), emoji)

    async def votes(self, name: str, line: Line, options: Sequence[int]) -> None:
        chosen = [line.poll[index] for index in options]
        await self._people[name].votes(self._message(line.id), *chosen)

    async def opens_private(self, name: str, payload: str = "") -> None:
        await self._people[name].starts(payload)

    async def blocks(self, name: str) -> None:
        await self._people[name].blocks_bot()

    def lines(self) -> Sequence[Line]:
        everything = (m for c in self.api.chats.values() for m in c.messages_by_id.values())
        said = [m for m in everything if m.sender is self.api.bot and not m.service]
        posts = [m for m in said if m.copy_of is None]
        lines = [self._line(m) for m in sorted(posts, key=lambda m: m.serial)]
        return lines + [_popup(press) for press in self.api.presses.values() if press.shown]

    # -- finding and reading

    def _message(self, identity: str) -> Message:
        chat, _, number = identity.partition(":")
        return self.api.chats[int(chat)].messages_by_id[int(number)]

    def _question(self, name: str) -> Message | None:
        """The newest message that offers to cancel; whom it asks is not written on it."""
        places: tuple[Chat, ...] = (self.group, self._people[name].private)
        asked = [m for chat in places for m in chat.messages if "Cancel" in m.labels]
        return max(asked, key=lambda m: m.serial, default=None)

    def _line(self, message: Message) -> Line:
        topic = self.group.topics.get(message.thread_id or 0)
        owner = message.chat.owner
        return Line(
            id=_id(message),
            version=hash((message.body, tuple(message.labels))),
            text=message.body.replace("\u2060", ""),
            room=topic.name if topic else "general",
            buttons=tuple(message.labels),
            only_for=owner.user.first_name if owner else "",
            thread=topic is not None and topic.id not in self._rooms.values(),
            reply=message.reply_to is not None,
            poll=tuple(message.poll.options) if message.poll else (),
            files=(message.file_name,) if message.file_name else (),
            pings=tuple(self._name(e["user"]["id"]) for e in message.entities if "user" in e),
            deleted=message.deleted,
        )

    def _name(self, user: int) -> str:
        return self.api.people[user].user.first_name


def _popup(press: Press) -> Line:
    name = press.person.user.first_name
    return Line(id=press.id, version=0, text=press.shown, only_for=name)


class _Trusting:
    """The core without the wait for its commit: in a dialogue, commits happen step by step."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def __getattr__(self, name: str) -> Any:
        return getattr(self._receiver, name)

    async def settled(self) -> None:
        """Acknowledgement after the commit has its own tests."""


def _id(message: Message) -> str:
    return f"{message.chat.id}:{message.id}"
