"""An update from the answer's bytes to a durable record, beside the bare library.

Baseline: python-telegram-bot's own Application with a handler that does nothing.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, TypeHandler
from telegram.request import BaseRequest, RequestData

from adapters.telegram import TelegramAdapter
from bot.app import features
from bot.engine import Engine
from bot.router import Router
from bot.store.database import open_database
from bot.store.rollups import activity
from tests.bench.events import START
from tests.bench.measure import Row, rate, rounds, speed_ratio
from tests.databases import fresh_sqlite

TOKEN = "110201543:benchmark"
PAGE, PAGES = 100, 5
CHUNK = PAGE * PAGES
ME = {"id": 110201543, "is_bot": True, "first_name": "Convive", "username": "convive_bot"}

_numbers = count(1)


def page() -> bytes:
    """An answer to getUpdates with messages of 60 people in a group."""
    return json.dumps(
        {"ok": True, "result": [_update(next(_numbers)) for _ in range(PAGE)]}
    ).encode()


def _update(number: int) -> dict[str, Any]:
    person = number % 60
    message = {
        "message_id": number,
        "date": int(START.timestamp()) + number,
        "chat": {"id": -1001, "type": "supergroup", "title": "Friends"},
        "from": {"id": 2000 + person, "is_bot": False, "first_name": f"Ann {person}"},
        "text": "a message of an ordinary length, as people write it",
    }
    return {"update_id": number, "message": message}


class Canned(BaseRequest):
    """Answers without a network; getUpdates waits until there are pages."""

    def __init__(self) -> None:
        self._pages: list[bytes] = []
        self._fed = asyncio.Event()
        self._empty = asyncio.Event()

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """There is no connection."""

    async def shutdown(self) -> None:
        """There is no connection."""

    def feed(self, pages: list[bytes]) -> None:
        self._empty.clear()
        self._pages = pages
        self._fed.set()

    async def asked_again(self) -> None:
        """Wait until all pages are taken and the next one is asked for."""
        await self._empty.wait()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        if "/getUpdates" in url:
            return 200, await self._next_page()
        if url.endswith("/getChat"):
            return 400, b'{"ok": false, "error_code": 400, "description": "Bad Request"}'
        result: Any = ME if url.endswith("/getMe") else True
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def _next_page(self) -> bytes:
        if not self._pages:
            self._fed.clear()
            self._empty.set()
            await self._fed.wait()
        return self._pages.pop(0)


@asynccontextmanager
async def bare_library(request: Canned, done: asyncio.Event) -> AsyncIterator[None]:
    """The library's Application; `done` is set after every chunk of handled updates."""
    handled = count(1)

    async def nothing(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if next(handled) % CHUNK == 0:
            done.set()

    builder = ApplicationBuilder().token(TOKEN).request(Canned()).get_updates_request(request)
    app = builder.build()
    app.add_handler(TypeHandler(Update, nothing))
    async with app:
        await app.start()
        polling = asyncio.create_task(_poll(app.bot, app.update_queue))
        yield
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await app.stop()


async def _poll(bot: Any, queue: asyncio.Queue[object]) -> None:
    """What the library's Updater does, without its long goodbye."""
    offset = None
    while True:
        updates = await bot.get_updates(offset=offset)
        for update in updates:
            await queue.put(update)
        offset = updates[-1].update_id + 1


@asynccontextmanager
async def whole_core(request: Canned, folder: Path) -> AsyncIterator[None]:
    """The adapter over the engine with every feature and a store of its own."""
    database = open_database(await asyncio.to_thread(fresh_sqlite, folder))
    engine = Engine(database, Router(features()))
    await engine.start(START)
    adapter = TelegramAdapter(TOKEN, requests=(request, Canned()))
    tasks = [asyncio.create_task(engine.run()), asyncio.create_task(adapter.run(engine))]
    await request.asked_again()
    yield
    async with database.read() as tx:
        recorded = await tx.scalar(select(func.count()).select_from(activity))
    if recorded % CHUNK or not recorded:
        raise AssertionError(f"{recorded} updates are no whole number of chunks")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await adapter.close()
    await database.close()


async def bench(quick: bool) -> list[Row]:
    """One row: the speed with the whole core as a share of the bare library's."""
    turns = 10 if quick else 40
    bare, ours, done = Canned(), Canned(), asyncio.Event()
    chunks = [[page() for _ in range(PAGES)] for _ in range(2 * turns)]

    async def baseline() -> None:
        done.clear()
        bare.feed(chunks.pop())
        await done.wait()

    async def through_the_core() -> None:
        ours.feed(chunks.pop())
        await ours.asked_again()

    with tempfile.TemporaryDirectory() as folder:
        async with bare_library(bare, done), whole_core(ours, Path(folder)):
            times = await rounds([baseline, through_the_core], turns)
    share = speed_ratio(times[0], times[1])
    what = "Telegram update to durable record, whole core"
    return [Row(what, rate(times[0], CHUNK), rate(times[1], CHUNK), share, 0.80)]
