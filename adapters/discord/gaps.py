"""Reading what was written while nobody listened and no RESUME could bring it back."""

from collections.abc import Mapping
from typing import Any

import discord
import structlog

from adapters.discord.inbound import Inbound

log = structlog.get_logger(__name__)
Json = dict[str, Any]
PAGE = 100
PAGES_A_ROOM = 10
MOST_ROOMS = 200


WRITTEN_IN = {0, 5, 10, 11, 12}
"""Types of channels that hold messages: text, announcements and their threads."""


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
