"""The library's connection, with our own reading of what comes over it.

discord.py does everything about the connection: shards, heartbeats, RESUME, rate limits, the
cache of guilds and channels. Messages, reactions and interactions are read from the raw payloads
in place of the library's message objects and tasks, which is most of the speed of this adapter.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.shard import Shard

from adapters.discord.starts import Starts

log = structlog.get_logger(__name__)
Json = dict[str, Any]
Read = Callable[[Json], None]
# at DEBUG the library writes down every payload: what people said, and interactions' tokens
for _name in ("discord.client", "discord.gateway", "discord.http", "discord.webhook.async_"):
    logging.getLogger(_name).setLevel(logging.INFO)
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks here
HAS_MEMBERS = 1 << 14 | 1 << 15
HAS_CONTENT = 1 << 18 | 1 << 19
"""Flags of the application: full and for small bots."""


def intents() -> discord.Intents:
    """What the bot would like to hear; the privileged two are let go where they aren't granted."""
    return discord.Intents(
        guilds=True,
        members=True,
        message_content=True,
        guild_messages=True,
        dm_messages=True,
        guild_reactions=True,
        dm_reactions=True,
        guild_polls=True,
        dm_polls=True,
    )


class Connection(discord.AutoShardedClient):
    """One life of the connection, from login until it breaks down for good."""

    def __init__(self, starts: Starts, *, gateway: str = "", shards: int | None = None) -> None:
        options: Any = {"shard_count": shards} if shards else {}
        super().__init__(
            intents=intents(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
            **options,
        )
        self._starts, self._gateway = starts, gateway
        self._background: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()
        self.on_login: Callable[[], Coroutine[Any, Any, None]] | None = None
        parsers = self._connection.parsers
        for event, parse in list(parsers.items()):
            parsers[event] = partial(_guarded, event, parse)

    def read(self, event: str, ours: Read, *, after_library: bool = False) -> None:
        """Reads a gateway event with `ours`, in place of the library or after it."""
        parsers = self._connection.parsers
        library = parsers[event]

        def both(data: Json) -> None:
            library(data)
            _guarded(event, ours, data)

        parsers[event] = both if after_library else partial(_guarded, event, ours)

    def start_soon(self, work: Coroutine[Any, Any, None], *, waits: bool = False) -> None:
        """Runs something beside the reading of events; what goes wrong is logged.

        `waits`: it only waits for the core, and brings no events itself.
        """
        task = asyncio.get_running_loop().create_task(work)
        (self._waiting if waits else self._background).add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        self._waiting.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("background_work_failed", exc_info=error)

    @property
    def open(self) -> bool:
        """Whether every shard has its line to the gateway."""
        shards = self.shards
        return bool(shards) and not any(shard.is_closed() for shard in shards.values())

    @property
    def busy(self) -> bool:
        """Whether something that may bring events runs beside the reading."""
        return bool(self._background)

    def read_up_to(self) -> int:
        """The sequence number of the last gateway event that was read, of all shards."""
        sockets = [shard._parent.ws for shard in self.shards.values()]
        return max((socket.sequence or 0 for socket in sockets), default=0)

    async def fetch(self, url: str) -> bytes:
        """A file that somebody attached."""
        return await self.http.get_from_cdn(url)

    async def request_members(self, guild: int) -> None:
        """Asks for the list of members; it comes as GUILD_MEMBERS_CHUNK events."""
        socket = self._connection._get_websocket(guild)
        await socket.request_chunks(guild, query="", limit=0)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """The library tells of every single event by name, which nobody here listens to."""
        if event != "socket_event_type":
            super().dispatch(event, *args, **kwargs)

    async def setup_hook(self) -> None:
        """After the login, before the connection."""
        if self.on_login is not None:
            await self.on_login()

    async def connect(self, *, reconnect: bool = True) -> None:
        """Asks only for the intents that were granted, and goes to the gateway it is told."""
        self._give_up_intents()
        shards, url, _ = await self.http.get_bot_gateway()
        # INVALID_SESSION and a new IDENTIFY go to this address, whatever the API said
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._gateway or url)
        self.shard_count = self.shard_count or shards
        await super().connect(reconnect=reconnect)

    def _give_up_intents(self) -> None:
        flags = self._connection.application_flags.value
        wanted = self._connection._intents
        wanted.members = wanted.members and bool(flags & HAS_MEMBERS)
        wanted.message_content = wanted.message_content and bool(flags & HAS_CONTENT)

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Without the library's endless recursion: whoever supervises decides when to try again."""
        opening = DiscordWebSocket.from_client(
            self, initial=initial, gateway=gateway, shard_id=shard_id
        )
        socket = await asyncio.wait_for(opening, timeout=self.shard_connect_timeout)
        # both are private to the library's class
        queue = vars(self)["_AutoShardedClient__queue"]
        shard = Shard(socket, self, queue.put_nowait)
        vars(self)["_AutoShardedClient__shards"][shard_id] = shard
        shard.launch()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Keeps the number of IDENTIFYs down; Discord resets the token after 1,000 in a day."""
        await asyncio.sleep(self._starts.identify_in().total_seconds())
        self._starts.identified()

    async def close(self) -> None:
        """Ends the connection and what runs beside it."""
        for task in (*self._background, *self._waiting):
            task.cancel()
        await super().close()


def use_api(base: str) -> None:
    """Sends the library's requests to another address than Discord's own."""
    Route.BASE = base.rstrip("/")


def _guarded(event: str, parse: Read, data: Json) -> None:
    """One malformed event must not end the connection."""
    try:
        parse(data)
    except Exception:
        log.exception("gateway_event_not_understood", gateway_event=event)
