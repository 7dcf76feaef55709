"""The program itself, as it is started by whoever installs it, against the loopback Discord."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import Process
from pathlib import Path

from tests.discord_api import DiscordApi, Interaction

ROOT = Path(__file__).parents[3]


async def started(api: DiscordApi, config: Path) -> Process:
    """The program, once Discord has greeted it."""
    before = set(api.sessions)
    env = {**os.environ, "CONVIVE_DISCORD_TOKEN": api.token}
    command = (sys.executable, "-m", "bot", "run", "--config", str(config))
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=env, stderr=asyncio.subprocess.DEVNULL
    )
    await api.until(lambda: set(api.sessions) - before, within=60)
    return process


async def answer_to(api: DiscordApi, asked: Interaction) -> str:
    await api.until(lambda: asked.texts, within=30)
    return asked.texts[0]


async def test_the_program_answers_and_goes_on_after_it_was_killed(
    api: DiscordApi, tmp_path: Path
) -> None:
    guild = api.guild("Friends")
    general, ann = guild.channel("general"), guild.person("Ann")
    config = tmp_path / "config.toml"
    config.write_text(f'[discord]\napi_base = "{api.rest_url}"\ngateway = "{api.gateway_url}"\n')
    for _ in range(2):
        process = await started(api, config)
        try:
            assert "/help" in await answer_to(api, ann.commands(general, "help"))
        finally:
            process.kill()
            await process.wait()
    told = [path for method, path, _ in api.requests if method == "PUT" and "/commands" in path]
    assert len(told) == 1
