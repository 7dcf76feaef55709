"""`python -m bot run` as a process: signals, refusals, and a token that nobody sees."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.discord_api import DiscordApi
from tests.telegram_api import TelegramApi

ROOT = Path(__file__).parent.parent.parent
CANARY = "canary5f1c0a77"


class Program:
    """A running Convive and what it has written so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.written = ""

    async def until(self, words: str) -> None:
        """Returns when it has written this."""
        assert self._process.stderr is not None
        async with asyncio.timeout(30):
            while words not in self.written:
                line = await self._process.stderr.readline()
                assert line, f"it ended without saying {words!r}: {self.written}"
                self.written += line.decode()

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def ended(self) -> int:
        """Its exit code."""
        out, err = await asyncio.wait_for(self._process.communicate(), 30)
        self.written += out.decode() + err.decode()
        return self._process.returncode or 0


@asynccontextmanager
async def program(folder: Path, config: str, **env: str) -> AsyncIterator[Program]:
    """`python -m bot run` with a configuration; killed at the end if it still runs."""
    (folder / "config.toml").write_text(config)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(folder / "config.toml"),
        cwd=ROOT, env={**os.environ, "LC_ALL": "C", **env},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramApi]:
    async with TelegramApi() as api:
        yield api


def block(api: TelegramApi) -> str:
    return f'[telegram]\nbase_url = "{api.address}"\n'


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    async with program(tmp_path, "[local]\nport = 0\n") as convive:
        await convive.until("local_page")
        convive.signal(number)
        code = await convive.ended()
    assert (code, "stopped" in convive.written, "Traceback" in convive.written) == (0, True, False)


async def test_the_token_appears_in_no_output_even_in_trouble(
    tmp_path: Path, telegram: TelegramApi
) -> None:
    token = telegram.token
    config = block(telegram) + '[log]\nlevel = "debug"\n'
    async with program(tmp_path, config, CONVIVE_TELEGRAM_TOKEN=token) as convive:
        telegram.fail("getUpdates", 500, times=2)
        telegram.lose_answer("getUpdates")
        await convive.until("telegram_unreachable")
        await telegram.until(lambda: len(telegram.calls("getUpdates")) > 2, within=30)
        convive.signal(signal.SIGTERM)
        await convive.ended()
    assert token.partition(":")[2] not in convive.written


async def test_a_refused_token_ends_it_with_a_sentence(
    tmp_path: Path, telegram: TelegramApi
) -> None:
    wrong = f"123456789:{CANARY}{'x' * 22}"
    async with program(tmp_path, block(telegram), CONVIVE_TELEGRAM_TOKEN=wrong) as convive:
        code = await convive.ended()
    told = convive.written
    assert (code, "refuses the token" in told, "Traceback" in told) == (1, True, False)
    assert CANARY not in told


async def test_one_refused_platform_leaves_the_others_at_work(
    tmp_path: Path, telegram: TelegramApi
) -> None:
    wrong = f"123456789:{CANARY}{'x' * 22}"
    config = block(telegram) + "[local]\nport = 0\n[health]\nport = 0\n"
    async with program(tmp_path, config, CONVIVE_TELEGRAM_TOKEN=wrong) as convive:
        await convive.until("health_served")
        address = convive.written.partition("http://")[2].split("/")[0]
        await convive.until("platform_refused")
        await convive.until("local_page")
        async with aiohttp.ClientSession() as session:
            answer = await session.get(f"http://{address}/healthz")
            status, text = answer.status, await answer.text()
        convive.signal(signal.SIGTERM)
        code = await convive.ended()
    assert (status, "telegram refuses the bot" in text, code) == (503, True, 0)


async def test_a_port_that_is_taken_ends_it_with_a_sentence(
    tmp_path: Path, telegram: TelegramApi
) -> None:
    port = telegram.address.rpartition(":")[2]
    async with program(tmp_path, f"[local]\nport = {port}\n") as convive:
        code = await convive.ended()
    assert (code, f"can't listen on 127.0.0.1:{port}" in convive.written) == (1, True)


async def test_a_second_process_on_the_same_file_says_so(tmp_path: Path) -> None:
    async with program(tmp_path, "[local]\nport = 0\n") as first:
        await first.until("local_page")
        async with program(tmp_path, "[local]\nport = 0\n") as second:
            code = await second.ended()
    assert (code, "Another Convive is already working" in second.written) == (1, True)


async def test_both_platforms_connect_with_tokens_and_addresses_alone(
    tmp_path: Path, telegram: TelegramApi
) -> None:
    async with DiscordApi(token=CANARY) as discord:
        config = f'{block(telegram)}[discord]\napi_base = "{discord.rest_url}"\n'
        tokens = {"CONVIVE_TELEGRAM_TOKEN": telegram.token, "CONVIVE_DISCORD_TOKEN": CANARY}
        async with program(tmp_path, config, **tokens) as convive:
            await telegram.until(lambda: bool(telegram.calls("getUpdates")), within=30)
            await discord.until(lambda: bool(discord.sessions))
            convive.signal(signal.SIGTERM)
            code = await convive.ended()
    assert (code, CANARY in convive.written) == (0, False)
