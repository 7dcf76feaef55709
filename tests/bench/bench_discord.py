"""From the gateway's text to a durable record: ours against a `discord.Client` that does nothing.

All three sides are logged in to a loopback Discord and are given the same frames at the place
where discord.py takes them from the socket.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord

from adapters.discord.adapter import DiscordAdapter
from bot.engine import Engine
from bot.refs import ChatRef
from tests.bench.engines import engine_in, whole_core
from tests.bench.measure import Row, Side, rate, rounds, speed_ratio, until
from tests.discord_api import Channel, DiscordApi, Person, point_discord_py_at
from tests.discord_api.world import Message

CHUNK = 500
LISTENING = 20
"""One message in so many is a reply to a post of ours that listens."""


class Raw(discord.Client):
    """The library as it comes; counts what it is told."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.all())
        self.heard = 0
        self.enough = asyncio.Event()

    async def on_message(self, _: discord.Message) -> None:
        self.heard += 1
        if self.heard % CHUNK == 0:
            self.enough.set()


def frames(api: DiscordApi, channel: Channel, people: list[Person]) -> list[str]:
    """The texts of a chunk of MESSAGE_CREATE."""
    assert channel.guild is not None
    found = []
    for number in range(CHUNK):
        author = people[number % len(people)].user
        message = Message(api.ids.next(), channel, author, api.clock(), "Hello to everybody here")
        data: dict[str, Any] = message.payload() | {"guild_id": str(channel.guild.id)}
        data["member"] = channel.guild.members[author.id].payload(with_user=False)
        if number % LISTENING == 0:
            post = str(number // LISTENING % 20)
            reference = {"type": 0, "message_id": post, "channel_id": data["channel_id"]}
            data |= {"type": 19, "message_reference": reference}
        event = {"op": 0, "t": "MESSAGE_CREATE", "s": 1000 + number, "d": data}
        found.append(json.dumps(event))
    return found


@asynccontextmanager
async def raw_client(api: DiscordApi) -> AsyncIterator[Raw]:
    """A client that is ready."""
    client = Raw()
    running = asyncio.create_task(client.start(api.token))
    await until(client.is_ready)
    yield client
    await client.close()
    await asyncio.gather(running, return_exceptions=True)


@asynccontextmanager
async def connected(api: DiscordApi, folder: Path, engine: Engine) -> AsyncIterator[Any]:
    """The socket of an adapter of ours that is connected."""
    adapter = DiscordAdapter(api.token, folder, between_starts=timedelta(0))
    engine.adapters = {"discord": adapter}
    running = asyncio.create_task(adapter.run(engine))
    await until(lambda: adapter.connection and adapter.connection.open)
    await asyncio.sleep(0.5)
    await engine.settled()
    assert adapter.connection is not None
    yield adapter.connection.shards[0]._parent.ws
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await adapter.close()


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    count = 10 if quick else 40
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        api = await enter(DiscordApi(validate=False))
        stack.enter_context(point_discord_py_at(api))
        guild = api.guild("Friends")
        channel = guild.channel("general")
        people = [guild.person(f"Person {n}") for n in range(50)]
        chunks = [frames(api, channel, people) for _ in range(count)]
        chat = ChatRef("discord", str(guild.id), str(channel.id))

        client = await enter(raw_client(api))
        left = [list(chunks) for _ in range(3)]

        async def raw() -> None:
            client.enough.clear()
            for text in left[0].pop():
                await client.ws.received_message(text)
            await client.enough.wait()

        plain = await enter(engine_in(folder, fold=False))
        whole = await enter(whole_core(folder, chat))

        async def ours(number: int, engine: Engine) -> Side:
            own = folder / str(number)
            own.mkdir()
            socket = await enter(connected(api, own, engine))

            async def side() -> None:
                for text in left[number].pop():
                    await socket.received_message(text)
                await engine.settled()

            return side

        sides = [raw, await ours(1, plain), await ours(2, whole)]
        times = await rounds(sides, count)
        assert plain.committed >= count * CHUNK <= whole.committed
    what = "Discord message to durable record, against `discord.Client` with nothing to do"
    baseline = rate(times[0], CHUNK)
    return [
        Row(
            f"{what}: without rollups",
            baseline,
            rate(times[1], CHUNK),
            speed_ratio(times[0], times[1]),
            0.55,
        ),
        Row(
            f"{what}: the whole core, 1 in {LISTENING} a reply that a feature hears",
            baseline,
            rate(times[2], CHUNK),
            speed_ratio(times[0], times[2]),
            0.40,
        ),
    ]
