"""A loopback Telegram and real python-telegram-bot applications that talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.telegram_api import TelegramApi
from tests.telegram_api.client import App, application


@pytest_asyncio.fixture
async def api() -> AsyncIterator[TelegramApi]:
    async with TelegramApi() as api:
        yield api
        assert api.violations == []


@pytest_asyncio.fixture
async def app(api: TelegramApi) -> AsyncIterator[App]:
    """An initialised application that doesn't poll by itself."""
    app = application(api)
    async with app:
        yield app
