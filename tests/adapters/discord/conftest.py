"""A loopback Discord with one guild, one room and one person; the adapter connected to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.discord import answers
from adapters.discord.adapter import DiscordAdapter
from bot.i18n import Words
from tests.adapters.discord.core import Core, connected
from tests.discord_api import Channel, DiscordApi, Guild, Person

Speaking = Callable[[dict[tuple[str, str], str]], None]


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Speaking:
    """Puts another catalogue in place of ours: translations by language and English text."""

    def use(catalogue: dict[tuple[str, str], str]) -> None:
        monkeypatch.setattr(Words, "plain", lambda w, text: catalogue.get((w.language, text), text))

    return use


@pytest.fixture
async def api() -> AsyncIterator[DiscordApi]:
    async with DiscordApi() as api:
        yield api
        assert api.violations == []


@dataclass
class Town:
    """Everything that a test talks about."""

    api: DiscordApi
    guild: Guild
    general: Channel
    ann: Person
    bob: Person
    core: Core
    adapter: DiscordAdapter
    running: asyncio.Task[None]


@pytest.fixture
async def town(api: DiscordApi, tmp_path: Path) -> AsyncIterator[Town]:
    guild = api.guild("Friends")
    general, core = guild.channel("general"), Core(api.changed)
    ann, bob = guild.person("Ann"), guild.person("Bob")
    async with connected(api, core, tmp_path) as adapter:
        assert core.running is not None
        yield Town(api, guild, general, ann, bob, core, adapter, core.running)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """ "Thinking" shows at once, instead of after a second and a half."""
    monkeypatch.setattr(answers, "PATIENCE", 0.0)
