"""Reading what was written while nobody listened and no RESUME could bring it back.

A note in the store says that a gap is being read, and from where. Without it a stop meanwhile
would leave a hole: what is new comes in beside the history, and would pass for the newest that
was read.
"""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

import discord
import structlog

from adapters.discord.client import Connection
from adapters.discord.inbound import Inbound
from adapters.discord.payloads import PLATFORM, snowflake
from bot.ports import Receiver

log = structlog.get_logger(__name__)
Json = dict[str, Any]
PAGE = 100
PAGES_A_ROOM = 10
MOST_ROOMS = 200
NOTE = "gap"
KNOWN_ROOMS = "rooms"
SLACK = 60_000 << 22
"""A minute of snowflakes: rooms do not tell in the order in which they were written in."""


WRITTEN_IN = {0, 5, 10, 11, 12}
"""Types of channels that hold messages: text, announcements and their threads."""


class Gaps:
    """Reads each gap to its end, also across stops. `inbound` takes what is found."""

    def __init__(self, receiver: Receiver, inbound: Inbound, clock: Callable[[], datetime]) -> None:
        self._receiver, self._inbound, self._clock = receiver, inbound, clock
        self._since = "0"
        self._seen: dict[str, str] = {}
        self._unread: set[str] = set()

    async def take_up(self) -> None:
        """Where the last run stopped, asked before anything new is recorded."""
        for chat in await self._receiver.rooms_seen(PLATFORM):
            newest = await self._receiver.last_seen(chat)
            if newest is not None and not chat.private:
                self._inbound.remember(chat, newest)
        kept = json.loads(await self._receiver.recall(PLATFORM, NOTE) or "{}")
        self._since = kept.get("since") or snowflake(self._clock())
        self._seen = kept.get("rooms", {})
        self._mark(goes_on=kept.get("open", False))
        self._unread = {KNOWN_ROOMS}
        await self._note()

    def begin(self, guilds: Collection[str]) -> None:
        """A new session with these guilds: what was heard so far is where its gap begins."""
        self._mark(goes_on=bool(self._unread))
        self._unread = {KNOWN_ROOMS, *guilds}

    async def read_known(self, client: Connection) -> None:
        """Reads the rooms that were known before the session."""
        seen = dict(self._seen)
        await self._note()
        await self._read(client, KNOWN_ROOMS, seen)

    async def read_guild(self, client: Connection, guild: Json) -> None:
        """A guild as GUILD_CREATE tells it: reads its rooms that nobody had written in."""
        since = str(max(0, int(self._since) - SLACK))
        rooms = livened_up(guild, since, self._seen) if int(self._since) else []
        for room in rooms:
            self._inbound.place(guild["id"], room)
        await self._read(client, guild["id"], dict.fromkeys(rooms, since))

    def _mark(self, *, goes_on: bool) -> None:
        newest = dict(self._inbound.newest)
        if goes_on:
            self._seen = {room: self._seen.get(room, self._since) for room in newest}
        else:
            self._seen = newest
            self._since = max([self._since, *newest.values()], key=int)

    async def _read(self, client: Connection, part: str, rooms: Mapping[str, str]) -> None:
        await read(client, self._inbound, rooms)
        self._unread.discard(part)
        if not self._unread:
            client.start_soon(self._read_up(), waits=True)

    async def _read_up(self) -> None:
        await self._receiver.settled()
        await self._note()

    async def _note(self) -> None:
        is_open = bool(self._unread)
        kept = {"since": self._since, "open": is_open, "rooms": self._seen if is_open else {}}
        await self._receiver.remember(PLATFORM, NOTE, json.dumps(kept))


def livened_up(guild: Json, since: str, seen: Mapping[str, str]) -> list[str]:
    """The rooms of a guild (as GUILD_CREATE tells it) that had been silent until the gap."""
    return [
        channel["id"]
        for channel in (*guild.get("channels", ()), *guild.get("threads", ()))
        if channel["type"] in WRITTEN_IN
        and channel["id"] not in seen
        and int(channel.get("last_message_id") or 0) > int(since)
    ]


async def read(client: discord.Client, inbound: Inbound, seen: Mapping[str, str]) -> None:
    """Hands over the messages after `seen` (newest id by channel), room by room, oldest first.

    At most 1,000 messages of each of 200 rooms. What arrives twice has the same id and is refused
    by the engine.
    """
    for channel, newest in list(seen.items())[:MOST_ROOMS]:
        try:
            await _read_room(client, inbound, channel, newest)
        except discord.HTTPException as error:
            log.info("history_closed", channel=channel, status=error.status, code=error.code)
            inbound.forget(channel)


async def _read_room(client: discord.Client, inbound: Inbound, channel: str, newest: str) -> None:
    # the history, unlike the gateway, doesn't say which guild a message is from
    guild = inbound.guild_of(channel)
    if not guild:
        return
    for _ in range(PAGES_A_ROOM):
        page: Any = await client.http.logs_from(int(channel), PAGE, after=int(newest))
        for message in reversed(page):
            inbound.message_create({**message, "guild_id": guild})
        if len(page) < PAGE:
            return
        newest = page[0]["id"]
