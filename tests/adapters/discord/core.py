"""A core that only remembers what it is told, and an adapter connected to a loopback Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from adapters.discord.adapter import DiscordAdapter
from bot.commands import Choice, Command, Kind, Param
from bot.events import Event
from bot.refs import ChatRef, MemberRef
from tests.discord_api import Channel, DiscordApi, Person, point_discord_py_at
from tests.listener import Listener

COMMANDS = (
    Command("setup", "Set the bot up", moderator=True),
    Command(
        "prompt add",
        "Add a prompt",
        (
            Param("text", "What to ask"),
            Param("deck", "Where it belongs", required=False, complete=True),
            Param("times", "How often", Kind.NUMBER, required=False, complete=True),
            Param("shared", "With sister groups", Kind.FLAG, required=False),
            Param("for", "Whom it is for", Kind.MEMBER, required=False),
            Param("room", "Where to post", Kind.ROOM, required=False),
            Param("picture", "A picture", Kind.FILE, required=False),
        ),
    ),
    Command("prompt week", "The next seven days", private=True),
)
ON_MESSAGES = (
    Command("ask", "Ask a question", on_message="This is a question"),
    Command("close", "Close a question", moderator=True, on_message="Close the question"),
)


class Core(Listener):
    """Stands where the engine stands; `heard` is everything it was offered."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        super().__init__((*COMMANDS, *ON_MESSAGES))
        self.heard = self.events
        self.seen: dict[ChatRef, str] = {}
        self.asked: list[tuple[ChatRef, MemberRef, str, str, str]] = []
        self.changed = changed
        self.running: asyncio.Task[None] | None = None

    def offer(self, event: Event) -> None:
        super().offer(event)
        self.changed()

    async def complete(
        self,
        chat: ChatRef,
        member: MemberRef,
        path: str,
        param: str,
        typed: str,
        *,
        moderator: bool = False,
    ) -> Sequence[Choice]:
        self.asked.append((chat, member, path, param, typed))
        if param == "times":
            return [Choice("3", "thrice"), Choice("many", "not a number")]
        return [Choice(f"{typed}-{n}", f"{typed.title()} {n}") for n in range(30)]

    async def last_seen(self, chat: ChatRef) -> str | None:
        return self.seen.get(chat)

    async def rooms_seen(self, platform: str) -> Sequence[ChatRef]:
        return list(self.seen)


@asynccontextmanager
async def connected(
    api: DiscordApi, core: Core, state: Path, *, token: str = ""
) -> AsyncIterator[DiscordAdapter]:
    """An adapter that has been greeted and has told the loopback Discord its commands."""
    with point_discord_py_at(api):
        adapter = DiscordAdapter(
            token or api.token, state, api_base=api.rest_url, between_starts=timedelta(0)
        )
        running = core.running = asyncio.create_task(adapter.run(core))
        running.add_done_callback(lambda _: api.changed())
        try:
            await api.until(lambda: running.done() or any(s.link for s in api.sessions.values()))
            if running.done():
                running.result()
            here = len(api.guilds)
            await api.until(lambda: len(core.heard) >= here)
            yield adapter
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def chat_of(channel: Channel) -> ChatRef:
    assert channel.guild is not None
    return ChatRef("discord", str(channel.guild.id), str(channel.id))


def member_of(person: Person) -> MemberRef:
    return MemberRef("discord", str(person.id))
