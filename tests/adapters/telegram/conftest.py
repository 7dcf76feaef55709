"""A running Telegram adapter between the loopback Telegram and a listening core."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from adapters.telegram import TelegramAdapter
from adapters.telegram.inbound import ALLOWED_UPDATES
from tests.adapters.telegram.core import Core
from tests.telegram_api import Chat, Person, TelegramApi


@pytest_asyncio.fixture
async def api() -> AsyncIterator[TelegramApi]:
    async with TelegramApi() as api:
        api.updates.allowed = ALLOWED_UPDATES
        yield api
        assert api.violations == []


@pytest.fixture
def core() -> Core:
    return Core()


@pytest_asyncio.fixture
async def adapter(api: TelegramApi, core: Core) -> AsyncIterator[TelegramAdapter]:
    """An adapter that runs."""
    async with running(api, core) as adapter:
        yield adapter


@asynccontextmanager
async def running(api: TelegramApi, core: Core) -> AsyncIterator[TelegramAdapter]:
    adapter = TelegramAdapter(api.token, base_url=api.address, first_pause=0.01)
    before = len(api.calls("getUpdates"))
    task = asyncio.create_task(adapter.run(core))
    try:
        await api.until(lambda: len(api.calls("getUpdates")) > before or task.done())
        yield adapter
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await adapter.close()


@pytest.fixture
def ann(api: TelegramApi) -> Person:
    return api.user("Ann", "ann_lee")


@pytest.fixture
def bob(api: TelegramApi) -> Person:
    return api.user("Bob")


@pytest.fixture
def group(api: TelegramApi, ann: Person, bob: Person) -> Chat:
    """A supergroup that Ann owns and the bot administers."""
    return api.supergroup("Friends", ann, bob, bot="administrator")


@pytest.fixture
def blind_group(api: TelegramApi, ann: Person) -> Chat:
    """A supergroup where the bot is an ordinary member in privacy mode."""
    return api.supergroup("Friends", ann)
