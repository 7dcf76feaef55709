"""The Discord platform."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import structlog

from adapters.discord import checks, client, history, menus
from adapters.discord.answers import Answers
from adapters.discord.client import Connection
from adapters.discord.errors import Outage
from adapters.discord.forms import Forms
from adapters.discord.gaps import Gaps
from adapters.discord.inbound import Inbound
from adapters.discord.interactions import Interactions
from adapters.discord.outbound import Outbound
from adapters.discord.payloads import PLATFORM
from adapters.discord.places import BEFORE_THE_START, Places
from adapters.discord.polls import Polls
from adapters.discord.starts import BETWEEN, Starts
from bot.effects import AnyEffect
from bot.events import MessagePosted
from bot.ports import Capabilities, Fatal, Finding, Limits, Place, Receiver, TryLater
from bot.refs import ChatRef, MessageRef

log = structlog.get_logger(__name__)
Json = dict[str, Any]
REFUSED = "Discord refuses the bot's token. Make a new one in the developer portal and put it in."


def _now() -> datetime:
    return datetime.now(UTC)


class DiscordAdapter:
    """Discord behind the port of the core.

    `state` is a directory for what must outlive a crash: how often the bot has started.
    `api_base` and `gateway` are for proxies; empty means Discord's own.
    """

    platform = PLATFORM
    # 50/s is the limit for all requests; some room is left for the answers to interactions
    limits = Limits(per_second=48.0)

    def __init__(
        self,
        token: str,
        state: Path,
        *,
        api_base: str = "",
        gateway: str = "",
        shards: int | None = None,
        clock: Callable[[], datetime] = _now,
        between_starts: timedelta = BETWEEN,
    ) -> None:
        self._token, self._clock = token, clock
        self._gateway, self._shards = gateway, shards
        self._starts = Starts(state / "discord-starts.json", clock, between=between_starts)
        self._answers = Answers(clock)
        self._forms = Forms()
        self._commands: dict[str, str] = {}
        self._outage = Outage()
        self._connection: Connection | None = None
        self._outbound: Outbound | None = None
        self._places: Places | None = None
        self._inbound: Inbound | None = None
        if api_base:
            client.use_api(api_base)

    # -- the connection

    async def run(self, receiver: Receiver) -> None:
        """Stays connected until cancelled. Raises Fatal when the token is refused."""
        inbound = Inbound(receiver.offer, self._clock)
        gaps = Gaps(receiver, inbound, self._clock)
        await gaps.take_up()
        while True:
            connection = self.prepare(receiver, inbound, gaps)
            try:
                await connection.start(self._token)
            except discord.LoginFailure:
                raise Fatal(REFUSED) from None
            except (discord.DiscordException, OSError, ValueError, RuntimeError) as error:
                log.warning("discord_connection_failed", error=str(error))
            except Exception:
                log.exception("discord_connection_broke")
            finally:
                self._answers.stop()
                await connection.close()
            if self._connection is not connection:
                return  # closed on purpose
            await asyncio.sleep(self._starts.failed().total_seconds())

    def prepare(
        self, receiver: Receiver, inbound: Inbound | None = None, gaps: Gaps | None = None
    ) -> Connection:
        """A connection that is wired to the core but not opened yet."""
        connection = Connection(self._starts, gateway=self._gateway, shards=self._shards)
        heard = inbound or Inbound(receiver.offer, self._clock)
        polls = Polls(heard, self._clock)
        self._answers.client = self._connection = connection
        self._places = Places(connection)
        heard.moderates = self._places.moderates
        kept = self._forms
        self._outbound = Outbound(
            connection, self._answers, kept, self._places, polls, self._commands
        )
        self._inbound = heard
        connection.on_login = lambda: self._ready(connection, receiver)
        interactions = Interactions(heard, self._answers, kept, receiver)
        found = gaps or Gaps(receiver, heard, self._clock)
        _Ears(self, connection, heard, polls, interactions, found).listen()
        return connection

    def greeted(self) -> None:
        """Discord has accepted the connection."""
        self._starts.succeeded()
        self._outage.over()

    async def _ready(self, connection: Connection, receiver: Receiver) -> None:
        """Between the login, from where requests go out, and the gateway, from where events come:
        a post that is still in doubt would not know its answers."""
        await self._sync(connection, receiver)
        await receiver.recovered(PLATFORM)

    async def _sync(self, connection: Connection, receiver: Receiver) -> None:
        """Tells Discord the commands, when they are others than last time."""
        application = connection.application_id or 0
        body = menus.everything(receiver.commands)
        fingerprint = menus.fingerprint(application, body)
        known = await receiver.recall(PLATFORM, "command numbers")
        if known is None or await receiver.recall(PLATFORM, "commands") != fingerprint:
            payload: Any = body
            made: Any = await connection.http.bulk_upsert_global_commands(application, payload)
            known = json.dumps(menus.numbers(made))
            await receiver.remember(PLATFORM, "command numbers", known)
            await receiver.remember(PLATFORM, "commands", fingerprint)
        self._commands.clear()
        self._commands.update(json.loads(known))

    @property
    def connected(self) -> bool:
        """Whether events come in now."""
        return self._connection is not None and self._connection.open

    @property
    def connection(self) -> Connection | None:
        """The present connection, if there is one."""
        return self._connection

    # -- what the core asks for

    async def perform(self, effect: AnyEffect, token: str) -> MessageRef | None:
        """See `bot.ports.Adapter.perform`."""
        if self._outbound is None or not self._reachable():
            raise self._outage.again()
        try:
            made = await self._outbound.perform(effect, token)
        except TryLater as error:
            raise (self._outage.again() if error.everywhere else error) from error
        self._outage.over()
        return made

    def _reachable(self) -> bool:
        """Requests go out once logged in; the gateway may be away meanwhile."""
        return self._connection is not None and self._connection.user is not None

    def capabilities(self, chat: ChatRef) -> Capabilities:
        """See `bot.ports.Adapter.capabilities`."""
        return self._places.capabilities(chat) if self._places else BEFORE_THE_START

    async def rooms(self, chat: ChatRef) -> Sequence[Place]:
        """See `bot.ports.Adapter.rooms`."""
        return self._places.rooms(chat) if self._places else ()

    async def history(
        self, chat: ChatRef, before: str | None, limit: int
    ) -> Sequence[MessagePosted]:
        """See `bot.ports.Adapter.history`."""
        if self._connection is None or self._inbound is None or not self._reachable():
            raise self._outage.again()
        room = self._places.room(chat) if self._places and not chat.room else None
        where = chat.in_room(str(room.id)) if room else chat
        return await history.read(self._connection, self._inbound, where, before, limit)

    async def check(self, chats: Sequence[ChatRef]) -> Sequence[Finding]:
        """See `bot.ports.Adapter.check`; logs in for the purpose when it is not running."""
        if self._connection is not None and self._reachable():
            return await checks.check(self._connection, chats)
        connection = Connection(self._starts)
        try:
            await connection.login(self._token)
            return await checks.check(connection, chats)
        except discord.LoginFailure:
            return [checks.REFUSED]
        except (discord.DiscordException, OSError):
            return [checks.NO_ANSWER]
        finally:
            await connection.close()

    async def close(self) -> None:
        """Ends the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


class _Ears:
    """Which gateway event is read by whom."""

    def __init__(
        self,
        adapter: DiscordAdapter,
        connection: Connection,
        inbound: Inbound,
        polls: Polls,
        interactions: Interactions,
        gaps: Gaps,
    ) -> None:
        self._adapter, self._connection, self._inbound = adapter, connection, inbound
        self._polls, self._interactions, self._gaps = polls, interactions, gaps
        self._expected: set[str] = set()

    def listen(self) -> None:
        """Puts our reading in place of the library's, or behind it where its cache is needed."""
        read, inbound = self._connection.read, self._inbound
        read("MESSAGE_CREATE", inbound.message_create)
        read("MESSAGE_UPDATE", inbound.message_update)
        read("MESSAGE_DELETE", inbound.message_delete)
        read("MESSAGE_DELETE_BULK", inbound.message_delete_bulk)
        read("MESSAGE_REACTION_ADD", inbound.reaction_add)
        read("MESSAGE_REACTION_REMOVE", inbound.reaction_remove)
        read("MESSAGE_POLL_VOTE_ADD", lambda data: self._voted(data, added=True))
        read("MESSAGE_POLL_VOTE_REMOVE", lambda data: self._voted(data, added=False))
        read("INTERACTION_CREATE", self._interaction)
        read("GUILD_MEMBER_ADD", inbound.member_add)
        read("GUILD_MEMBER_REMOVE", inbound.member_remove)
        read("GUILD_MEMBERS_CHUNK", inbound.members_chunk)
        read("READY", self._ready, after_library=True)
        read("RESUMED", lambda _: self._adapter.greeted(), after_library=True)
        read("GUILD_CREATE", self._guild, after_library=True)
        read("GUILD_UPDATE", lambda d: inbound.guild_here(d, new=False), after_library=True)
        read("GUILD_DELETE", self._guild_gone, after_library=True)
        read("CHANNEL_DELETE", lambda d: inbound.forget(d["id"]), after_library=True)
        read("THREAD_DELETE", lambda d: inbound.forget(d["id"]), after_library=True)

    def _ready(self, data: Json) -> None:
        """A new session: whatever happened since the last one has to be read from the history."""
        self._inbound.own_id = data["user"]["id"]
        guilds = {guild["id"] for guild in data["guilds"]}
        self._expected |= guilds
        self._adapter.greeted()
        self._gaps.begin(guilds)
        self._start(self._gaps.read_known(self._connection))

    def _guild(self, data: Json) -> None:
        guild = data["id"]
        new = guild not in self._expected
        self._inbound.guild_here(data, new=new)
        self._expected.add(guild)
        if not new:
            self._start(self._gaps.read_guild(self._connection, data))
        if self._connection.intents.members:
            self._start(self._connection.request_members(int(guild)))

    def _guild_gone(self, data: Json) -> None:
        self._inbound.guild_gone(data)
        if not data.get("unavailable"):
            self._expected.discard(data["id"])

    def _voted(self, data: Json, *, added: bool) -> None:
        self._polls.voted(data, added=added, client=self._connection, start=self._start)

    def _interaction(self, data: Json) -> None:
        self._interactions.received(data, self._start, self._connection.fetch)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._connection.start_soon(work)
