"""The whole program as a person starts it, against the loopback Telegram."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.telegram_api import Chat, TelegramApi

ROOT = Path(__file__).resolve().parents[3]
STARTING = 30.0
"""Seconds that a start may take on a busy machine."""


@asynccontextmanager
async def program(
    api: TelegramApi, folder: Path, end: signal.Signals
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A running program, ended by a signal."""
    config = folder / "config.toml"
    config.write_text(f'[telegram]\nbase_url = "{api.address}"\n')
    before = len(api.calls("getUpdates"))
    command = (sys.executable, "-m", "bot", "run", "--config", str(config))
    environment = {**os.environ, "CONVIVE_TELEGRAM_TOKEN": api.token}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe
    )
    try:
        await api.until(lambda: len(api.calls("getUpdates")) > before, STARTING)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(end)
        await process.communicate()


def said(api: TelegramApi, chat: Chat) -> int:
    return sum(message.sender is api.bot for message in chat.messages)


async def test_a_command_given_while_the_program_was_dead_is_answered(
    api: TelegramApi, tmp_path: Path
) -> None:
    ann = api.user("Ann")
    group = api.supergroup("Friends", ann, bot="left")
    async with program(api, tmp_path, signal.SIGKILL):
        await ann.adds_bot(group)
        await ann.says(group, "/help")
        await api.until(lambda: said(api, group) == 1, STARTING)
    before = said(api, group)
    await ann.says(group, "/help")
    async with program(api, tmp_path, signal.SIGTERM) as process:
        await api.until(lambda: said(api, group) > before, STARTING)
        await api.confirmed()
    assert process.returncode == 0


async def test_a_second_program_with_the_same_token_leaves_with_a_clear_word(
    api: TelegramApi, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    ann = api.user("Ann")
    async with program(api, first, signal.SIGTERM):
        await ann.starts()
        await api.confirmed()
        async with program(api, second, signal.SIGTERM) as copy:
            output = b"".join(await copy.communicate())
        await ann.says(ann.private, "/help")
        await api.until(lambda: said(api, ann.private) > 0, STARTING)
    assert copy.returncode != 0
    assert b"Another copy of this bot" in output
    assert api.token.encode() not in output
