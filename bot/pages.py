"""The kept answers as pages, read from the database when somebody asks. Loaded only if switched on.

What members wrote is not for everybody: the pages of a community stand under a key that is made
from a secret and its number, and any other address is simply not there.
"""

import asyncio
import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from aiohttp import web

from bot.features.answers import reading
from bot.features.answers.site import links, places, rendering
from bot.features.answers.site.places import Place
from bot.secret import Secret
from bot.settings import PagesSettings
from bot.store.database import Database, Tx

log = structlog.get_logger(__name__)
ROOT = "/answers/"
FILE = "pages.secret"
"""Where a secret of our own is kept, in the store's folder."""
KEY = 22
"""Characters of a key: 132 bits."""
SEARCHED = 1_000
"""Questions that the front page searches, the newest."""
FRESH = 30.0
"""Seconds for which a front page is shown again as it was."""
AT_ONCE = 4
"""Pages that are made at a time; more people wait."""
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=60",
}


def secret_of(settings: PagesSettings, folder: Path) -> Secret:
    """The one that was given, or our own, which is made when there is none."""
    if settings.token is not None:
        return settings.token
    file = folder / FILE
    try:
        return Secret(file.read_text("ascii").strip())
    except FileNotFoundError:
        made = secrets.token_urlsafe(32)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(f"{made}\n")
        return Secret(made)


class Addresses:
    """Where the pages of each community are. `base` is the public address, "" if there is none."""

    def __init__(self, secret: Secret, base: str = "") -> None:
        self._secret, self.base = secret, base.rstrip("/")

    def folder(self, community: int) -> str:
        """ "7-key": the part of the address that only this community's members know."""
        message = f"pages:{community}".encode()
        made = hmac.digest(self._secret.reveal().encode(), message, hashlib.sha256)
        return f"{community}-{base64.urlsafe_b64encode(made).decode()[:KEY]}"

    def page(self, community: int, path: str) -> str:
        """The address of a page, or "" without a public one."""
        return f"{self.base}{ROOT}{self.folder(community)}/{path}" if self.base else ""

    def community(self, folder: str) -> int | None:
        """Whose pages these are; None for an address that nobody gave out."""
        number = folder.partition("-")[0]
        if not (number.isascii() and number.isdecimal() and len(number) <= 15):
            return None
        right = hmac.compare_digest(folder.encode(), self.folder(int(number)).encode())
        return int(number) if right else None


@asynccontextmanager
async def served(
    database: Database, addresses: Addresses, host: str, port: int
) -> AsyncIterator[str]:
    """Serves the pages while the block runs; gives their address. Raises OSError if it is taken."""
    runner = web.AppRunner(_site(database, addresses), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        found_host, found_port = runner.addresses[0][:2]
        address = f"http://{found_host}:{found_port}"
        log.info("pages_served", address=f"{address}{ROOT}…")
        yield address
    finally:
        await runner.cleanup()


def _site(database: Database, addresses: Addresses) -> web.Application:
    turns = asyncio.Semaphore(AT_ONCE)
    fronts: dict[int, tuple[float, str]] = {}
    now = asyncio.get_running_loop().time

    async def found(community: int, kind: str, number: int, page: int) -> str | None:
        at, front = fronts.get(community, (0.0, ""))
        if kind == "index" and front and now() - at < FRESH:
            return front
        async with turns, database.read() as tx:
            place = await places.place(tx, community)
            text = await _made(tx, place, kind, number, page) if place else None
        if kind == "index" and text:
            fronts[community] = (now(), text)
        return text

    async def page(request: web.Request) -> web.Response:
        community = addresses.community(request.match_info["folder"])
        asked = links.parsed(request.match_info["path"])
        text = await found(community, *asked) if community is not None and asked else None
        if text is None:
            raise web.HTTPNotFound(text="404")
        headers = HEADERS | {"Content-Security-Policy": rendering.policy()}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def folder(request: web.Request) -> web.Response:
        raise web.HTTPPermanentRedirect(f"{ROOT}{request.match_info['folder']}/")

    site = web.Application()
    site.add_routes(
        [
            web.get(ROOT + r"{folder:\d+-[\w-]+}", folder),
            web.get(ROOT + r"{folder:\d+-[\w-]+}/{path:.*}", page),
        ]
    )
    return site


async def _made(tx: Tx, place: Place, kind: str, number: int, page: int) -> str | None:
    """The page, or None if there is no such thing in this community."""
    if kind == "question":
        return await _question(tx, place, number)
    shelves = await reading.shelves(tx, place.number)
    if kind == "index":
        found = await reading.newest(tx, place.number, SEARCHED)
        return rendering.index(place, shelves, found, found)
    shelf = next((one for one in shelves if one.topic == number), None)
    if shelf is None or page >= links.pages(shelf.questions):
        return None
    start = page * links.PER_PAGE
    entries = await reading.on_shelf(tx, place.number, number, links.PER_PAGE, start)
    return rendering.topic(place, shelf, entries, page, alone=len(shelves) == 1)


async def _question(tx: Tx, place: Place, number: int) -> str | None:
    entry = await reading.entry(tx, number)
    if entry is None or entry.question.community != place.number:
        return None
    topic = await reading.topic_name(tx, entry.question)
    return rendering.question(place, entry, topic)
