"""Pages in a browser, for those who were given their address. Loaded only if switched on.

What members wrote is not for everybody: the pages of a community stand under a key that is made
from a secret and its number, those for its moderators under another one, and any other address is
simply not there.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.features.answers.site import rendering
from bot.features.quiet import effect_page
from bot.pages import answers, dashboard
from bot.pages.addresses import DASHBOARD, FILE, ROOT, Addresses, secret_of
from bot.pages.routes import routes
from bot.store.database import Database

__all__ = ["DASHBOARD", "FILE", "ROOT", "Addresses", "secret_of", "served"]

log = structlog.get_logger(__name__)
AT_ONCE = 4
"""Pages that are made at a time; more people wait."""


@asynccontextmanager
async def served(
    database: Database,
    addresses: Addresses,
    host: str,
    port: int,
    moderators: Addresses | None = None,
) -> AsyncIterator[str]:
    """Serves the pages for members, and those for moderators if they have addresses, while the
    block runs; gives their address. Raises OSError if it is taken."""
    runner = web.AppRunner(_site(database, addresses, moderators), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        found_host, found_port = runner.addresses[0][:2]
        address = f"http://{found_host}:{found_port}"
        log.info("pages_served", address=f"{address}{ROOT}…")
        yield address
    finally:
        await runner.cleanup()


def _site(database: Database, members: Addresses, moderators: Addresses | None) -> web.Application:
    turns = asyncio.Semaphore(AT_ONCE)
    site = web.Application()
    site.add_routes(routes(members, answers.maker(database, turns), rendering.policy))
    if moderators is not None:
        made = dashboard.maker(database, turns)
        site.add_routes(routes(moderators, made, effect_page.policy))
    return site
