"""From an address to a page: whoever has the key reads it, for all others it is not there."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.pages.addresses import Addresses

Make = Callable[[int, str], Awaitable[str | None]]
"""The page of a community at a path, None if there is no such page."""
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=60",
}


def routes(addresses: Addresses, make: Make, policy: Callable[[], str]) -> list[web.RouteDef]:
    """What is served below the root of these addresses."""

    async def page(request: web.Request) -> web.Response:
        community = addresses.community(request.match_info["folder"])
        path = request.match_info["path"]
        text = await make(community, path) if community is not None else None
        if text is None:
            raise web.HTTPNotFound(text="404")
        headers = HEADERS | {"Content-Security-Policy": policy()}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def folder(request: web.Request) -> web.Response:
        raise web.HTTPPermanentRedirect(f"{addresses.root}{request.match_info['folder']}/")

    return [
        web.get(addresses.root + r"{folder:\d+-[\w-]+}", folder),
        web.get(addresses.root + r"{folder:\d+-[\w-]+}/{path:.*}", page),
    ]
