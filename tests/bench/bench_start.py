"""Start, idle memory, and what 25,000 members cost: fresh processes, in shuffled turns."""

import asyncio
import os
import random
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Row
from tests.databases import fresh_sqlite

TELL = """
print(int(next(l for l in open('/proc/self/status') if l.startswith('VmRSS')).split()[1]) / 1024)
"""
BARE = """
import discord, telegram.ext, aiosqlite, apscheduler.schedulers.asyncio
"""
OURS = """
import asyncio, sys, tempfile
from pathlib import Path
import bot.cli
from bot.app import App, adapters
from bot.running import run
from bot.settings import load
from bot.app import BLOCKS
from bot.store.database import open_database
folder = Path(sys.argv[1])
settings = load(folder / "config.toml", BLOCKS)
async def main():
    url = settings.store_url.render_as_string(hide_password=False)
    app = App(open_database(url), adapters(settings))
    await app.close()
asyncio.run(main())
"""
CONFIG = """
[store]
url = "sqlite+aiosqlite:///{path}"
[discord]
[telegram]
"""
TOKENS = {
    "CONVIVE_DISCORD_TOKEN": "MTEwMjAxNTQzMTEwMjAxNTQz.loopba.ckloopbackloopbackloopbackloo",
    "CONVIVE_TELEGRAM_TOKEN": "110201543:AAloopbackloopbackloopbackloopback1",
}
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | TOKENS
"""A start compiles nothing, as at a user's: the first run, which does, is left out."""
LAZY = (
    "alembic",
    "asyncpg",
    "babel.dates",
    "babel.messages",
    "emoji",
    "matplotlib",
    "networkx",
    "nicegui",
    "numpy",
    "prometheus_client",
    "rapidfuzz",
    "sqlalchemy.ext.asyncio",
)
"""What must not be loaded by a start."""


async def fresh(code: str, *arguments: str) -> tuple[float, list[str]]:
    """Seconds that a new interpreter takes for the code, and the lines that it prints."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert child.stdout is not None
    said = (await child.stdout.read()).decode().splitlines()
    took = loop.time() - start
    if await child.wait():
        raise RuntimeError(f"a fresh process failed: {code}")
    return took, said


async def _members(members: int) -> tuple[float, float]:
    """Growth in MiB with members: discord.py's usual cache, and ours."""
    growth = []
    for side in ("library", "ours"):
        with tempfile.TemporaryDirectory() as name:
            url = await asyncio.to_thread(fresh_sqlite, Path(name))
            code = f"from tests.bench.members import grown; grown({side!r}, {members}, {url!r})"
            _, said = await fresh(code)
            growth.append(float(said[-1]))
    return growth[0], growth[1]


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    count = 3 if quick else 9
    rng = random.Random(1)
    seconds: dict[str, list[float]] = {"bare": [], "ours": []}
    memory: dict[str, list[float]] = {"bare": [], "ours": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = (await asyncio.to_thread(fresh_sqlite, folder)).partition("///")[2]
        (folder / "config.toml").write_text(CONFIG.format(path=path))
        codes = {"bare": BARE + TELL, "ours": OURS + TELL}
        for _ in range(count + 1):
            for side in rng.sample(sorted(codes), 2):
                took, said = await fresh(codes[side], name)
                seconds[side].append(took)
                memory[side].append(float(said[-1]))
        loaded = OURS + f"\nprint(*(m for m in {LAZY!r} if m in sys.modules))"
        _, said = await fresh(loaded, name)
    library, own = await _members(5_000 if quick else 25_000)
    members = "5,000" if quick else "25,000"
    start, idle = (
        [statistics.median(of[side][1:]) for side in ("bare", "ours")] for of in (seconds, memory)
    )
    early = f"loaded too early: {' '.join(said) or 'nothing'}"
    return [
        _lower("Start with Discord and Telegram, against bare imports", "s", 1.4, *start),
        _lower(f"Idle memory, the same ({early})", "MiB", 1.4, *idle),
        _lower(
            f"Memory for {members} members, against discord.py's usual cache",
            "MiB",
            0.5,
            library,
            own,
        ),
    ]


def _lower(what: str, unit: str, target: float, baseline: float, ours: float) -> Row:
    texts = f"{baseline:.2f} {unit}", f"{ours:.2f} {unit}"
    return Row(what, *texts, ours / baseline, target, at_least=False)
