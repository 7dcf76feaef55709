"""Convive as whoever installs it starts it: a process, its configuration and its database file."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.discord_api import DiscordApi
from tests.telegram_api import TelegramApi

ROOT = Path(__file__).parents[2]
STARTING = 60.0
"""Seconds that a start may take on a busy machine."""


class Convive:
    """One installation on both platforms; started and killed at will."""

    def __init__(self, folder: Path, discord: DiscordApi, telegram: TelegramApi) -> None:
        self.discord, self.telegram = discord, telegram
        self._config, self._log = folder / "config.toml", folder / "convive.log"
        self._file = folder / "convive.sqlite"
        self._config.write_text(
            f'[discord]\napi_base = "{discord.rest_url}"\ngateway = "{discord.gateway_url}"\n'
            f'[telegram]\nbase_url = "{telegram.address}"\n'
        )
        self._process: asyncio.subprocess.Process | None = None

    async def launch(self) -> None:
        """Starts the process and waits for nothing."""
        tokens = {
            "CONVIVE_DISCORD_TOKEN": self.discord.token,
            "CONVIVE_TELEGRAM_TOKEN": self.telegram.token,
        }
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--config", str(self._config),
                cwd=ROOT, env={**os.environ, **tokens}, stdout=log, stderr=log,
            )  # fmt: skip

    async def start(self) -> None:
        """Returns when both platforms have greeted it."""
        known, asked = set(self.discord.sessions), len(self.telegram.calls("getUpdates"))
        await self.launch()
        await self.discord.until(lambda: set(self.discord.sessions) - known, within=STARTING)
        await self.telegram.until(
            lambda: len(self.telegram.calls("getUpdates")) > asked, within=STARTING
        )

    async def kill(self) -> None:
        """SIGKILL: it can't save anything."""
        await self.end(signal.SIGKILL)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code; nothing if it does not run."""
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(how)
        return await asyncio.wait_for(process.wait(), STARTING)

    @property
    def written(self) -> str:
        """What all its runs have written."""
        return self._log.read_text()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database holds; also while the program runs."""
        connection = sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def posts(self) -> set[tuple[str, str]]:
        """Platform and message of each prompt that it knows to have arrived."""
        return set(self.rows("SELECT platform, message FROM posts WHERE is_thread = 0"))

    def answers(self) -> set[tuple[str, str]]:
        """Platform and message of each answer that it has kept."""
        query = "SELECT platform, message FROM prompt_replies r JOIN groups g ON g.id = r.group_id"
        return set(self.rows(query))


async def eventually(happened: Callable[[], Any], within: float, told: Callable[[], str]) -> None:
    """Waits for what only the database knows, which tells nobody; fails with `told()`."""
    end = time.monotonic() + within
    while not happened():
        assert time.monotonic() < end, f"did not happen in {within} s: {told()}"
        await asyncio.sleep(0.2)
