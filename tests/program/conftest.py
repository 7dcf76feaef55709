"""Both loopback platforms, the groups on them, and the program between."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.discord_api import DiscordApi
from tests.program.convive import Convive
from tests.program.sides import Himalaya, Hudson
from tests.telegram_api import TelegramApi


@pytest.fixture
async def discord() -> AsyncIterator[DiscordApi]:
    async with DiscordApi() as api:
        yield api
        assert api.violations == []


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramApi]:
    async with TelegramApi() as api:
        yield api
        assert api.violations == []


@pytest.fixture
def himalaya(discord: DiscordApi) -> Himalaya:
    return Himalaya(discord)


@pytest.fixture
def hudson(telegram: TelegramApi) -> Hudson:
    return Hudson(telegram)


@pytest.fixture
async def convive(
    tmp_path: Path, discord: DiscordApi, telegram: TelegramApi
) -> AsyncIterator[Convive]:
    made = Convive(tmp_path, discord, telegram)
    yield made
    await made.kill()
    assert "Traceback" not in made.written
