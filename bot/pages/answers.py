"""The kept answers, read from the database when somebody asks."""

import asyncio

from bot.features.answers import reading
from bot.features.answers.site import links, rendering
from bot.pages.routes import Make
from bot.site import places
from bot.site.places import Place
from bot.store.database import Database, Tx

SEARCHED = 1_000
"""Questions that the front page searches, the newest."""
FRESH = 30.0
"""Seconds for which a front page is shown again as it was."""


def maker(database: Database, turns: asyncio.Semaphore) -> Make:
    """Makes the pages, each in its turn."""
    fronts: dict[int, tuple[float, str]] = {}
    now = asyncio.get_running_loop().time

    async def make(community: int, path: str) -> str | None:
        asked = links.parsed(path)
        at, front = fronts.get(community, (0.0, ""))
        is_front = asked is not None and asked[0] == "index"
        if is_front and front and now() - at < FRESH:
            return front
        if asked is None:
            return None
        async with turns, database.read() as tx:
            place = await places.place(tx, community)
            text = await _made(tx, place, *asked) if place else None
        if is_front and text:
            fronts[community] = (now(), text)
        return text

    return make


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
