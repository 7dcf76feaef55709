"""Running engines over stores of their own."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import features
from bot.engine import Engine
from bot.feature import Feature
from bot.refs import ChatRef
from bot.router import Router
from bot.store.database import open_database
from tests.databases import fresh_sqlite

NEVER = 10**9


@asynccontextmanager
async def engine_in(
    folder: Path, *, fold: bool, systems: Sequence[Feature] = ()
) -> AsyncIterator[Engine]:
    """A running engine; without `fold` the rollups are left for later."""
    own = Path(tempfile.mkdtemp(dir=folder))
    database = open_database(await asyncio.to_thread(fresh_sqlite, own))
    engine = Engine(database, Router(systems))
    if not fold:
        engine.batches.fold_every = NEVER
    await engine.start(datetime.now(UTC))
    running = asyncio.create_task(engine.run())
    try:
        yield engine
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await database.close()


@asynccontextmanager
async def whole_core(folder: Path, chat: ChatRef) -> AsyncIterator[Engine]:
    """Every feature, the rollups, and 20 posts and 20 threads of the group that listen."""
    async with engine_in(folder, fold=True, systems=features()) as engine:
        until = datetime.now(UTC) + timedelta(days=1)
        for number in range(20):
            name, message = f"prompts:{number}", str(number)
            engine.interests.listen(name, chat, message, until, is_thread=False)
            thread = chat.in_room(f"9{number}")
            engine.interests.listen(f"{name}:thread", thread, "", until, is_thread=True)
        yield engine
