"""What people wrote in a room before, page by page."""

from typing import Any

import discord

from adapters.discord.errors import mapped
from adapters.discord.inbound import Inbound, by_a_person
from bot.events import MessagePosted
from bot.ports import Unreachable
from bot.refs import ChatRef

PAGE = 100
"""The most that Discord gives at once."""
MOST_PAGES = 10
"""Read for one question, once something was found: nobody waits for the whole room."""


async def read(
    client: discord.Client, inbound: Inbound, chat: ChatRef, before: str | None, limit: int
) -> list[MessagePosted]:
    """At most `limit` messages of people, newest first; nothing only at the room's beginning.

    Stretches in which only programs wrote are read over, however long. The history doesn't tell
    nicknames: the names are those of the accounts. Raises the core's errors only.
    """
    if not chat.room or chat.private:
        raise Unreachable(f"{chat} has no past to be read")
    found: list[MessagePosted] = []
    pages = 0
    while not found or (len(found) < limit and pages < MOST_PAGES):
        oldest = int(before) if before else None
        asked = client.http.logs_from(int(chat.room), PAGE, before=oldest)
        page: Any = await mapped(asked, repeatable=True)
        found += [inbound.posted(message, chat) for message in page if by_a_person(message)]
        if len(page) < PAGE:
            break
        before, pages = page[-1]["id"], pages + 1
    return found[:limit]
