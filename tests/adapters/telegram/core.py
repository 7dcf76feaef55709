"""A core that only listens: what the adapter hands over, and when it is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TypeVar

from bot.commands import Command, Kind, Param
from bot.effects import Post
from bot.events import Event
from bot.refs import ChatRef, MemberRef
from bot.text import Text
from tests.listener import Listener
from tests.telegram_api import Chat, Person

E = TypeVar("E", bound=Event)

COMMANDS = (
    Command("help", "What I can do", private=True),
    Command("prompt add", "Add a prompt", (Param("text", "The prompt"),), moderator=True),
    Command("thank", "Thank somebody", (Param("to", "Whom", Kind.MEMBER), Param("why", "Why"))),
    Command("import", "Import a deck", (Param("deck", "The file", Kind.FILE),)),
)


class Core(Listener):
    """While `open` is cleared, nothing is committed."""

    def __init__(self, rooms: Sequence[ChatRef] = ()) -> None:
        super().__init__(COMMANDS)
        self.rooms = rooms
        self.committed = 0
        self.commits = 0
        self.open = asyncio.Event()
        self.open.set()
        self._news = asyncio.Condition()

    async def settled(self) -> None:
        await self.open.wait()
        async with self._news:
            self.committed = len(self.events)
            self.commits += 1
            self._news.notify_all()

    async def heard(self, kind: type[E], count: int = 1) -> E:
        """Wait for so many committed events of a kind and return the newest."""

        def found() -> list[E]:
            return [e for e in self.events[: self.committed] if isinstance(e, kind)]

        async with asyncio.timeout(5), self._news:
            await self._news.wait_for(lambda: len(found()) >= count)
        return found()[-1]


def ref(chat: Chat, room: str = "") -> ChatRef:
    return ChatRef("telegram", str(chat.id), room)


def who(person: Person) -> MemberRef:
    return MemberRef("telegram", str(person.user.id))


def post(chat: Chat, text: str | Text, **options: object) -> Post:
    return Post(chat=ref(chat), text=Text.of(text), **options)  # type: ignore[arg-type] # any field
