"""What members cost in memory; run in a process of its own by bench_start."""

import asyncio
import gc
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import psutil

from adapters.discord.adapter import DiscordAdapter
from bot.engine import Engine
from bot.router import Router
from bot.store.database import open_database

GUILD = "700000000000000001"
CHUNK = 1000
ROLES = ["700000000000000002", "700000000000000003"]


def _guild(members: int) -> dict[str, Any]:
    return {
        "id": GUILD,
        "name": "Friends",
        "owner_id": "1",
        "member_count": members,
        "large": True,
        "roles": [
            {"id": role, "name": role, "permissions": "0", "position": n}
            for n, role in enumerate((GUILD, *ROLES))
        ],
        "channels": [],
        "threads": [],
        "emojis": [],
        "stickers": [],
        "features": [],
        "members": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "joined_at": "2026-01-01T00:00:00+00:00",
    }


def _chunks(members: int) -> Iterator[dict[str, Any]]:
    for start in range(0, members, CHUNK):
        people: list[dict[str, Any]] = [
            {
                "user": {
                    "id": str(10**17 + number),
                    "username": f"person_{number}",
                    "global_name": f"Person {number}",
                    "discriminator": "0",
                    "avatar": f"{number:032x}",
                },
                "nick": None,
                "roles": ROLES,
                "joined_at": "2026-02-03T04:05:06+00:00",
                "deaf": False,
                "mute": False,
                "flags": 0,
            }
            for number in range(start, min(start + CHUNK, members))
        ]
        count = -(-members // CHUNK)
        yield {
            "guild_id": GUILD,
            "members": people,
            "chunk_index": start // CHUNK,
            "chunk_count": count,
            "nonce": "n",
        }


def _mebibytes() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


async def _library(members: int) -> float:
    intents = discord.Intents.default()
    intents.members = True
    client = discord.Client(intents=intents, chunk_guilds_at_startup=False)
    parsers: Any = client._connection.parsers
    parsers["GUILD_CREATE"](_guild(members))
    before = _mebibytes()
    for chunk in _chunks(members):
        for member in chunk["members"]:
            parsers["GUILD_MEMBER_ADD"](member | {"guild_id": GUILD})
    known = client.get_guild(int(GUILD))
    assert known is not None
    assert len(known.members) == members
    return _mebibytes() - before


async def _ours(members: int, url: str) -> float:
    database = open_database(url)
    engine = Engine(database, Router([]))
    with tempfile.TemporaryDirectory() as name:
        adapter = DiscordAdapter("x", Path(name), between_starts=timedelta(0))
        connection = adapter.prepare(engine)
        connection.shard_count = 1
    await engine.start(datetime.now(UTC))
    parsers: Any = connection._connection.parsers
    parsers["GUILD_CREATE"](_guild(members))
    await engine.step()
    before = _mebibytes()
    for chunk in _chunks(members):
        parsers["GUILD_MEMBERS_CHUNK"](chunk)
        while engine.backlog:
            await engine.step()
    grown = _mebibytes() - before
    assert engine.committed >= members
    await database.close()
    return grown


def grown(side: str, members: int, url: str) -> None:
    """Prints by how many MiB the process grew while it got to know the members."""
    print(asyncio.run(_library(members) if side == "library" else _ours(members, url)))
