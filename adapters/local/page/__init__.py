"""The local platform in a browser. Nothing heavy is imported before the page is served."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.local.page.site import Lapse, Site

__all__ = ["Lapse", "Site", "page", "serve"]


@asynccontextmanager
async def page(site: Site, *, host: str = "127.0.0.1", port: int = 8080) -> AsyncIterator[str]:
    """Serves the page in this event loop while the block runs; gives its address.

    `port` 0 takes any free one. Raises OSError if the port is taken. One page a process.
    """
    from adapters.local.page.server import served

    async with served(site, host, port) as address:
        yield address


async def serve(site: Site, *, host: str = "127.0.0.1", port: int = 8080) -> None:
    """Serves the page until cancelled."""
    import asyncio

    async with page(site, host=host, port=port):
        await asyncio.Event().wait()
