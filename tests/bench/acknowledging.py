"""A process to be killed: records messages and prints the id of each once it is durable."""

import asyncio
import sys
from datetime import UTC, datetime

from bot.engine import Engine
from bot.router import Router
from bot.store.database import open_database
from tests.bench.events import messages


async def main(url: str) -> None:
    """Never ends by itself."""
    engine = Engine(open_database(url), Router([]))
    await engine.start(datetime.now(UTC))
    running = asyncio.create_task(engine.run())
    print("ready", flush=True)
    while not running.done():
        events = messages(100)
        for event in events:
            engine.offer(event)
        await engine.settled()
        print("\n".join(event.id for event in events), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
