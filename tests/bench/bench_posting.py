"""Posting to many chats under the platform's limit: ours against the libraries' usual ways.

The limits are kept by loopback servers, as a sliding window and as a token bucket. `share` is the
rate at which posts arrived, from the first to the last, as a share of the limit.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
from msgspec import Struct
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder

from adapters.discord.adapter import DiscordAdapter
from adapters.telegram import TelegramAdapter
from bot.app import App
from bot.effects import Post, Urgency
from bot.ports import Adapter
from bot.refs import ChatRef
from bot.store import outbox
from bot.store.database import open_database
from bot.text import Text
from tests.bench.measure import Row, until
from tests.databases import fresh_sqlite
from tests.discord_api import DiscordApi, SlidingWindow, TokenBucket, point_discord_py_at
from tests.discord_api.limits import Limiter
from tests.telegram_api import TelegramApi
from tests.telegram_api.errors import too_many_requests
from tests.telegram_api.faults import Limiter as TelegramLimiter

SHAPES: tuple[type[SlidingWindow] | type[TokenBucket], ...] = (SlidingWindow, TokenBucket)
TEXT = "The question of the day"


class Counted:
    """A limiter that notes when it let something through and how often it did not."""

    def __init__(self, inner: Limiter) -> None:
        self.inner, self.limit = inner, inner.limit
        self.arrived: list[float] = []
        self.refused = 0

    def take(self, now: float) -> float:
        wait = self.inner.take(now)
        if wait > 0:
            self.refused += 1
        else:
            self.arrived.append(now)
        return wait

    def remaining(self, now: float) -> int:
        return self.inner.remaining(now)

    def reset_after(self, now: float) -> float:
        return self.inner.reset_after(now)


class Overall(TelegramLimiter):
    """The published limits; the one for all chats is another limiter's."""

    def __init__(self, overall: Counted) -> None:
        super().__init__(overall_per_second=10**9)
        self.overall = overall

    def admit(self, chat_id: int) -> None:
        wait = self.overall.take(time.monotonic())
        if wait > 0:
            raise too_many_requests(int(wait) + 1)
        super().admit(chat_id)


class Posted(Struct):
    """How it went."""

    share: float
    refused: int
    lost: int
    wanted: int

    def __str__(self) -> str:
        return f"{self.share:.2f}, {self.refused} refused, {self.lost} of {self.wanted} lost"


def posted(limiter: Counted, texts: Sequence[Sequence[str]], wanted: int) -> Posted:
    """What came of it: a chat that did not get its post has lost it."""
    found = sorted(limiter.arrived)
    span = found[-1] - found[0]
    lost = sum(1 for chat in texts if TEXT not in chat)
    return Posted((len(found) - 1) / span / limiter.limit, limiter.refused, lost, wanted)


async def by_courier(
    folder: Path, adapter: Adapter, chats: Sequence[ChatRef], ready: Callable[[], bool]
) -> None:
    """Puts a post for each chat into the outbox of a running App; returns when all are gone."""
    database = open_database(await asyncio.to_thread(fresh_sqlite, folder))
    app = App(database, [adapter], systems=[])
    running = asyncio.create_task(app.run())
    await until(ready)
    now = datetime.now(UTC)
    effects = [Post(chat=c, text=Text.of(TEXT), urgency=Urgency.SCHEDULED) for c in chats]
    async with database.write() as tx:
        await outbox.add(tx, [outbox.row_of(e, f"e{n}", 0, now) for n, e in enumerate(effects)])
    courier = app.couriers[0]
    courier.wake()
    await until(lambda: courier.sent + courier.given_up >= len(chats))
    app.stop()
    await running
    await app.close()


# -- Discord


@asynccontextmanager
async def logged_in(api: DiscordApi) -> AsyncIterator[discord.Client]:
    """A client that may send."""
    client = discord.Client(intents=discord.Intents.none())
    await client.login(api.token)
    yield client
    await client.close()


async def gathered(client: discord.Client, channels: Sequence[int]) -> None:
    """Everything at once; the library sorts it out."""
    sends = (client.get_partial_messageable(n).send(TEXT) for n in channels)
    await asyncio.gather(*sends, return_exceptions=True)


async def discord_baseline(shape: Callable[..., Limiter], count: int) -> Posted:
    """discord.py alone."""
    limiter = Counted(shape(50, 1.0))
    async with DiscordApi(validate=False, global_limit=limiter) as api:
        guild = api.guild("Friends")
        channels = [guild.channel(f"room {n}") for n in range(count)]
        with point_discord_py_at(api):
            async with logged_in(api) as client:
                limiter.arrived.clear()
                await gathered(client, [channel.id for channel in channels])
    return posted(limiter, [channel.texts for channel in channels], count)


async def discord_ours(shape: Callable[..., Limiter], count: int) -> Posted:
    """The whole way from the outbox."""
    limiter = Counted(shape(50, 1.0))
    async with DiscordApi(validate=False, global_limit=limiter) as api:
        guild = api.guild("Friends")
        channels = [guild.channel(f"room {n}") for n in range(count)]
        chats = [ChatRef("discord", str(guild.id), str(channel.id)) for channel in channels]
        with point_discord_py_at(api), tempfile.TemporaryDirectory() as name:
            adapter = DiscordAdapter(api.token, Path(name), between_starts=timedelta(0))

            def ready() -> bool:
                return _all_quiet(adapter.connected, limiter)

            await by_courier(Path(name), adapter, chats, ready)
    return posted(limiter, [channel.texts for channel in channels], count)


def _all_quiet(connected: bool, limiter: Counted) -> bool:
    """Connected, and the requests of the start are a second ago, so that they don't count."""
    if not connected or (limiter.arrived and time.monotonic() - limiter.arrived[-1] < 1.0):
        return False
    limiter.arrived.clear()
    limiter.refused = 0
    return True


# -- Telegram


async def telegram_ours(shape: Callable[..., Limiter], count: int) -> Posted:
    """The whole way from the outbox."""
    limiter = Counted(shape(30, 1.0))
    async with TelegramApi() as api:
        groups = [api.supergroup(f"Group {n}") for n in range(count)]
        api.enforce_limits(Overall(limiter))
        adapter = TelegramAdapter(api.token, base_url=api.address)
        chats = [ChatRef("telegram", str(group.id)) for group in groups]
        with tempfile.TemporaryDirectory() as name:
            await by_courier(Path(name), adapter, chats, lambda: adapter.connected)
    return posted(limiter, [[m.body for m in group.messages] for group in groups], count)


async def telegram_baseline(shape: Callable[..., Limiter], count: int) -> Posted:
    """PTB with its own limiter and five retries."""
    limiter = Counted(shape(30, 1.0))
    async with TelegramApi() as api:
        groups = [api.supergroup(f"Group {n}") for n in range(count)]
        api.enforce_limits(Overall(limiter))
        builder = ApplicationBuilder().token(api.token).base_url(api.base_url)
        app = builder.rate_limiter(AIORateLimiter(max_retries=5)).connection_pool_size(64).build()

        async def send(group: int) -> None:
            try:
                await app.bot.send_message(group, TEXT)
            except TelegramError:
                return

        await app.initialize()
        await asyncio.gather(*(send(group.id) for group in groups))
        await app.shutdown()
    return posted(limiter, [[m.body for m in group.messages] for group in groups], count)


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    count = 100 if quick else 300
    rows = []
    for shape in SHAPES:
        kind = "sliding window" if shape is SlidingWindow else "token bucket"
        gather = await discord_baseline(shape, count)
        mine = await discord_ours(shape, count)
        rows.append(_row(f"Discord: {count} rooms at 50/s, {kind}", f"gather {gather}", mine))
        ptb = await telegram_baseline(shape, count)
        mine = await telegram_ours(shape, count)
        rows.append(_row(f"Telegram: {count} groups at 30/s, {kind}", f"PTB {ptb}", mine))
    return rows


def _row(what: str, baseline: str, mine: Posted) -> Row:
    """The ratio is the share of the limit; 0 if anything was lost or over 0.2 % refused."""
    good = not mine.lost and mine.refused <= 0.002 * mine.wanted
    return Row(f"Posting, share of the limit. {what}", baseline, str(mine), mine.share * good, 0.94)
