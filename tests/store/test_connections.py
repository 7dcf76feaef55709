"""SQLite's connections when several end them at once."""

import asyncio
from pathlib import Path

from bot.store import one_hop


async def test_a_close_that_is_cancelled_ends_though_the_thread_was_stopped(tmp_path: Path) -> None:
    connection = await one_hop.connect(str(tmp_path / "some.sqlite"))
    closing = asyncio.create_task(connection.close())
    await asyncio.sleep(0)  # it is under way
    stopped = connection.stop()
    closing.cancel()
    async with asyncio.timeout(5):
        await asyncio.gather(closing, return_exceptions=True)
        assert stopped is not None
        await stopped
