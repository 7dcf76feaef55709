"""How long until a message is durable, at a steady rate: ours against a 50 ms window."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.bench.bench_writer import insert_raw, raw_store
from tests.bench.engines import engine_in
from tests.bench.events import messages
from tests.bench.measure import Row, milliseconds, quantile

RATE = 1000
WINDOW = 0.05


async def open_loop(
    offer: Callable[[int], Awaitable[None]], seconds: float, per_second: int
) -> list[float]:
    """Offers at a steady rate whatever comes back; returns the time each took, in seconds."""
    took: list[float] = []

    async def one(number: int) -> None:
        start = time.perf_counter()
        await offer(number)
        took.append(time.perf_counter() - start)

    start, tasks = time.perf_counter(), set()
    for number in range(int(seconds * per_second)):
        wait = start + number / per_second - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        tasks.add(asyncio.create_task(one(number)))
    await asyncio.gather(*tasks)
    return took


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    seconds = 2.0 if quick else 6.0
    ours: list[float] = []
    window: list[float] = []
    with tempfile.TemporaryDirectory() as name, raw_store(Path(name)) as raw:
        async with engine_in(Path(name), fold=True) as engine:
            waiting: list[tuple[tuple[object, ...], asyncio.Future[None]]] = []

            async def every_window() -> None:
                while True:
                    await asyncio.sleep(WINDOW)
                    batch, waiting[:] = list(waiting), []
                    if batch:
                        await asyncio.to_thread(insert_raw, raw, [row for row, _ in batch])
                    for _, future in batch:
                        future.set_result(None)

            async def to_engine(number: int) -> None:
                engine.offer(events.pop())
                await engine.settled()

            async def to_window(number: int) -> None:
                event = events.pop()
                future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                row = (event.id, 1, 1, event.chat.room, str(event.member), 0, None, event.message)
                waiting.append((row, future))
                await future

            for event in messages(5_000):  # so that the people are known
                engine.offer(event)
            await engine.settled()
            ticking = asyncio.create_task(every_window())
            for _ in range(2):
                events = messages(int(seconds * RATE))
                ours += await open_loop(to_engine, seconds, RATE)
                events = messages(int(seconds * RATE))
                window += await open_loop(to_window, seconds, RATE)
            ticking.cancel()
    rows = (
        quantile(ours, 0.5),
        quantile(ours, 0.99),
        quantile(window, 0.5),
        quantile(window, 0.99),
    )
    return [
        Row(
            f"Acknowledgement at {RATE:,}/s, p50 and p99, against a {WINDOW * 1000:.0f} ms window",
            f"{milliseconds(rows[2])} / {milliseconds(rows[3])}",
            f"{milliseconds(rows[0])} / {milliseconds(rows[1])}",
            rows[1] / rows[3],
            0.25,
            at_least=False,
        )
    ]
