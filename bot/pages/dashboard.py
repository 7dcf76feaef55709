"""What moderators read in a browser, made when somebody asks."""

import asyncio
from datetime import UTC, datetime

from bot.features.quiet import effect_page
from bot.features.quiet.effect import PAGE
from bot.pages.routes import Make
from bot.site import places
from bot.store.database import Database

PATHS = ("", PAGE)


def maker(database: Database, turns: asyncio.Semaphore) -> Make:
    """Makes the pages, each in its turn."""

    async def make(community: int, path: str) -> str | None:
        if path not in PATHS:
            return None
        async with turns, database.read() as tx:
            place = await places.place(tx, community)
            return await effect_page.page(tx, place, datetime.now(UTC)) if place else None

    return make
