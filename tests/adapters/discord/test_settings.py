"""The block [discord]."""

from __future__ import annotations

import asyncio
from pathlib import Path

from adapters.discord.settings import Settings, build
from bot.events import ChatAdded
from bot.secret import Secret
from tests.adapters.discord.core import Core
from tests.discord_api import DiscordApi, point_discord_py_at


async def test_the_addresses_are_settings(api: DiscordApi, tmp_path: Path) -> None:
    api.guild("Friends")
    core = Core(api.changed)
    settings = Settings(
        token=Secret(api.token), api_base=api.rest_url, gateway=api.gateway_url, shards=1
    )
    with point_discord_py_at(api):  # only to have the official addresses back afterwards
        running = asyncio.create_task(build(settings, tmp_path).run(core))
        await api.until(lambda: core.all(ChatAdded))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
