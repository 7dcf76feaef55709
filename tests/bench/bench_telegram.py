"""From Telegram's answer to a durable record: ours against PTB with a handler that does nothing.

The answers of getUpdates are the same bytes on both sides, handed over in place of the network.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, TypeHandler
from telegram.request import BaseRequest

from adapters.telegram import TelegramAdapter
from bot.engine import Engine
from bot.refs import ChatRef
from tests.bench.engines import engine_in, whole_core
from tests.bench.measure import Row, Side, rate, rounds, speed_ratio

CHUNK, PAGE = 500, 100
LISTENING = 20
TOKEN = "110201543:loopback"
GROUP = -1001234567890
ME = {"id": 110201543, "is_bot": True, "first_name": "Convive", "username": "convive_bot"} | {
    "can_read_all_group_messages": True
}


def pages(start: int) -> list[bytes]:
    """A chunk of ordinary messages as getUpdates answers them; ids from `start`."""
    return [
        json.dumps(
            {"ok": True, "result": [_update(start + n) for n in range(p, p + PAGE)]}
        ).encode()
        for p in range(0, CHUNK, PAGE)
    ]


def _update(number: int) -> dict[str, Any]:
    person = 1000 + number % 60
    message: dict[str, Any] = {
        "message_id": number,
        "date": 1_795_352_332 + number // 100,
        "chat": {"id": GROUP, "type": "supergroup", "title": "Friends"},
        "from": {
            "id": person,
            "is_bot": False,
            "first_name": f"Ann {person}",
            "username": f"ann_{person}",
            "language_code": "en",
        },
        "text": f"Good morning everybody, how are you today? {number}",
    }
    if number % LISTENING == 0:
        message["reply_to_message"] = message | {"message_id": number // LISTENING % 20, "from": ME}
    return {"update_id": number, "message": message}


class Canned(BaseRequest):
    """A network that knows its answers; `read` once all pages are taken and confirmed."""

    def __init__(self) -> None:
        self._pages: list[bytes] = []
        self._more = asyncio.Event()
        self.read = asyncio.Event()

    def feed(self, new: list[bytes]) -> None:
        self._pages = new
        self.read.clear()
        self._more.set()

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        if "/getUpdates" in url:
            return 200, await self._next()
        answers: dict[str, Any] = {
            "getMe": ME,
            "getChatMember": {"status": "member", "user": ME},
        }
        method = url.rpartition("/")[2]
        if method == "getChat":
            return 400, b'{"ok": false, "description": "Bad Request: not modelled"}'
        return 200, json.dumps({"ok": True, "result": answers.get(method, True)}).encode()

    async def _next(self) -> bytes:
        while not self._pages:
            self._more.clear()
            self.read.set()
            await self._more.wait()
        return self._pages.pop(0)


@asynccontextmanager
async def raw_client() -> AsyncIterator[Side]:
    """PTB's Application and Updater as they come."""
    network, heard, enough = Canned(), 0, asyncio.Event()

    async def nothing(update: Update, _: Any) -> None:
        nonlocal heard
        heard += 1
        if heard % CHUNK == 0:
            enough.set()

    builder = ApplicationBuilder().token(TOKEN).request(Canned()).get_updates_request(network)
    app = builder.build()
    app.add_handler(TypeHandler(Update, nothing))
    await app.initialize()
    await app.start()
    assert app.updater is not None
    await app.updater.start_polling()
    start = 0

    async def side() -> None:
        nonlocal start
        start += CHUNK
        enough.clear()
        network.feed(left[start])
        await enough.wait()

    left = _Prepared()
    yield side
    network.feed([json.dumps({"ok": True, "result": []}).encode()] * 2)
    await app.updater.stop()
    await app.stop()


class _Prepared(dict[int, list[bytes]]):
    """Pages by first id, made ahead of the measuring."""

    def __init__(self) -> None:
        super().__init__({n * CHUNK: pages(n * CHUNK) for n in range(1, 45)})


@asynccontextmanager
async def ours(engine: Engine) -> AsyncIterator[Side]:
    """Our adapter over an engine."""
    network = Canned()
    adapter = TelegramAdapter(TOKEN)
    adapter._bot._request = (network, Canned())
    adapter._polling = network
    engine.adapters = {"telegram": adapter}
    running = asyncio.create_task(adapter.run(engine))
    await network.read.wait()
    left, start = _Prepared(), 0

    async def side() -> None:
        nonlocal start
        start += CHUNK
        network.feed(left[start])
        await network.read.wait()

    yield side
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    count = 10 if quick else 40
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        plain = await enter(engine_in(folder, fold=False))
        whole = await enter(whole_core(folder, ChatRef("telegram", str(GROUP))))
        sides = [await enter(raw_client()), await enter(ours(plain)), await enter(ours(whole))]
        times = await rounds(sides, count)
        assert plain.committed >= count * CHUNK <= whole.committed
    what = "Telegram update to durable record, against PTB with nothing to do"
    baseline = rate(times[0], CHUNK)
    return [
        Row(
            f"{what}: without rollups",
            baseline,
            rate(times[1], CHUNK),
            speed_ratio(times[0], times[1]),
            0.80,
        ),
        Row(
            f"{what}: the whole core, 1 in {LISTENING} a reply that a feature hears",
            baseline,
            rate(times[2], CHUNK),
            speed_ratio(times[0], times[2]),
            0.80,
        ),
    ]
