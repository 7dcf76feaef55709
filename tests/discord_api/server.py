"""The server itself: it listens, remembers and lets a test wait for what happens."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, Self

from aiohttp import web

from tests.discord_api import gateway, rest
from tests.discord_api.faults import Fault
from tests.discord_api.gateway import Link, Session
from tests.discord_api.guild import Guild
from tests.discord_api.interaction import Interaction
from tests.discord_api.limits import Limiter
from tests.discord_api.members import Json, Membership, Role, Snowflakes, User, bits
from tests.discord_api.trouble import Trouble
from tests.discord_api.world import DM, THREAD, Channel, Message, emoji_payload

MEMBER_PERMISSIONS = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "read_message_history",
    "add_reactions",
    "embed_links",
    "attach_files",
    "use_application_commands",
    "send_polls",
)
BOT_PERMISSIONS = (*MEMBER_PERMISSIONS, "manage_threads", "manage_roles", "pin_messages")


def now() -> datetime:
    return datetime.now(UTC)


class DiscordApi(Trouble):
    """A Discord of its own; use as an async context manager."""

    def __init__(
        self,
        *,
        token: str = "loopback-token",
        clock: Callable[[], datetime] = now,
        heartbeat_interval: int = 41_250,
        shards: int = 1,
        global_limit: Limiter | None = None,
        validate: bool = True,
    ) -> None:
        self.token, self.clock, self.shards = token, clock, shards
        self.heartbeat_interval = heartbeat_interval
        self.acknowledges_heartbeats = True
        self.approved_intents = {"members", "message_content", "presences"}
        self.global_limit = global_limit
        self.validate = validate
        self.ids = Snowflakes(clock)
        self.bot = User(self.ids.next(), "Convive", bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.dms: dict[int, Channel] = {}
        self.uploads: dict[int, tuple[str, bytes]] = {}
        self.gone: list[Message] = []
        self.interactions: dict[str, Interaction] = {}
        self.global_commands: list[Json] = []
        self.guild_commands: dict[int, list[Json]] = {}
        self.nonces: dict[tuple[int, str], tuple[Message, datetime]] = {}
        self.sessions: dict[str, Session] = {}
        self.links: list[Link] = []
        self.refusals = 0
        self.received: list[int] = []
        self.requests: list[tuple[str, str, Any]] = []
        self.violations: list[str] = []
        self.faults: list[Fault] = []
        self.buckets: list[tuple[str, re.Pattern[str], Callable[[], Limiter]]] = []
        self.bucket_state: dict[tuple[str, str], Limiter] = {}
        self.too_many = 0
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[None]]] = []
        self.rest_url = self.gateway_url = ""

    # -- life of the server

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**26)
        app.router.add_get("/gateway", partial(gateway.serve, self))
        app.router.add_get("/cdn/{upload}/{name}", self._download)
        app.router.add_route("*", "/api/v10/{path:.*}", partial(rest.answer, self))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.rest_url = f"http://{host}:{port}/api/v10"
        self.gateway_url = f"ws://{host}:{port}/gateway"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.drop()
        await self._runner.cleanup()

    async def until(self, happened: Callable[[], Any], *, within: float = 10.0) -> None:
        """Wait until a test's condition holds; looked at after each request and gateway frame."""
        if happened():
            return
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((happened, future))
        async with asyncio.timeout(within):
            await future

    def changed(self) -> None:
        """Something happened: look at what is waited for."""
        for happened, future in list(self._waiting):
            if not future.done() and happened():
                future.set_result(None)
        self._waiting = [(h, f) for h, f in self._waiting if not f.done()]

    # -- who and what is here

    def user(self, name: str, *, locale: str = "en-US", bot: bool = False) -> User:
        user = User(self.ids.next(), name, bot, locale)
        self.users[user.id] = user
        return user

    def guild(self, name: str) -> Guild:
        """A new guild that the bot has joined; it is told when it is connected."""
        guild = Guild(self, self.ids.next(), name, self.user(f"{name} owner"))
        guild.roles[guild.id] = Role(guild.id, "@everyone", bits(*MEMBER_PERMISSIONS), 0)
        guild.members[guild.owner.id] = Membership(guild.owner)
        bot_role = Role(self.ids.next(), "Convive", bits(*BOT_PERMISSIONS), 10)
        guild.roles[bot_role.id] = bot_role
        guild.members[self.bot.id] = Membership(self.bot, {bot_role.id})
        self.guilds[guild.id] = guild
        for session in self.sessions.values():
            if session.sees("GUILD_CREATE", {}, guild):
                members = session.intents.members
                session.dispatch("GUILD_CREATE", guild.create_payload(members=members))
        return guild

    def kick_bot(self, guild: Guild) -> None:
        """The bot is removed from the guild."""
        del self.guilds[guild.id]
        for channel in (*guild.channels, *guild.threads):
            self.channels.pop(channel, None)
        payload = {"id": str(guild.id), "unavailable": False}
        self.dispatch("GUILD_DELETE", payload, guild=guild)

    def dm(self, user: User) -> Channel:
        if user.id not in self.dms:
            channel = Channel(self, self.ids.next(), "", DM, recipient=user)
            self.dms[user.id] = self.channels[channel.id] = channel
        return self.dms[user.id]

    def delete_channel(self, channel: Channel) -> None:
        del self.channels[channel.id]
        assert channel.guild is not None
        event = "THREAD_DELETE" if channel.type == THREAD else "CHANNEL_DELETE"
        channel.guild.channels.pop(channel.id, None)
        channel.guild.threads.pop(channel.id, None)
        self.dispatch(event, channel.payload(), guild=channel.guild)

    def upload(self, name: str, data: bytes) -> str:
        """Somebody attaches a file; returns its id."""
        number = self.ids.next()
        self.uploads[number] = name, data
        return str(number)

    def attachment(self, number: int) -> Json:
        name, data = self.uploads[number]
        url = f"{self.rest_url.removesuffix('/api/v10')}/cdn/{number}/{name}"
        sized = {"id": str(number), "filename": name, "size": len(data)}
        return {**sized, "url": url, "proxy_url": url}

    async def _download(self, request: web.Request) -> web.Response:
        return web.Response(body=self.uploads[int(request.match_info["upload"])][1])

    def command(self, name: str, guild: Guild, type: int = 1) -> Json:
        """The synced command of this name and type that people of the guild see."""
        known = [*self.guild_commands.get(guild.id, []), *self.global_commands]
        for command in known:
            if (command["name"], command["type"]) == (name, type):
                return command
        raise LookupError(f"/{name} was not synced; there are {[c['name'] for c in known]}")

    # -- things that happen

    def post(
        self, channel: Channel, author: User, text: str = "", *, id: int = 0, **fields: Any
    ) -> Message:
        """A new message, told to the bot."""
        number = id or self.ids.next()
        message = Message(number, channel, author, self.clock(), text, **fields)
        named = {int(found) for found in re.findall(r"<@!?(\d+)>", text)}
        message.mentions = [self.users[user] for user in sorted(named) if user in self.users]
        channel.messages.append(message)
        self.tell_message("MESSAGE_CREATE", message)
        return message

    def delete(self, message: Message) -> None:
        message.channel.messages.remove(message)
        self.gone.append(message)
        self.dispatch("MESSAGE_DELETE", self._where(message, "id"), guild=message.channel.guild)

    def react(self, message: Message, emoji: str, user: User, *, added: bool = True) -> None:
        users = message.reactions.setdefault(emoji, [])
        if (user.id in users) == added:
            return
        (users.append if added else users.remove)(user.id)
        payload = self._where(message, "message_id") | {
            "user_id": str(user.id),
            "emoji": emoji_payload(emoji),
            "message_author_id": str(message.author.id),
            "burst": False,
            "type": 0,
        }
        guild = message.channel.guild
        if added and guild is not None and user.id in guild.members:
            payload["member"] = guild.members[user.id].payload()
        name = "MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE"
        self.dispatch(name, payload, guild=guild)

    def vote(self, message: Message, answer: int, user: User, *, added: bool = True) -> None:
        voters = message.votes.setdefault(answer, [])
        (voters.append if added else voters.remove)(user.id)
        payload = self._where(message, "message_id")
        name = "MESSAGE_POLL_VOTE_ADD" if added else "MESSAGE_POLL_VOTE_REMOVE"
        payload |= {"user_id": str(user.id), "answer_id": answer}
        self.dispatch(name, payload, guild=message.channel.guild)

    def thread(self, parent: Channel, name: str, start: Message | None = None) -> Channel:
        """A new thread; one that starts at a message has that message's id."""
        guild = parent.guild
        assert guild is not None
        number = start.id if start is not None else self.ids.next()
        thread = Channel(self, number, name, THREAD, guild, parent)
        guild.threads[number] = self.channels[number] = thread
        if start is not None:
            start.thread = thread
        self.dispatch("THREAD_CREATE", {**thread.payload(), "newly_created": True}, guild=guild)
        return thread

    def archive(self, thread: Channel, *, archived: bool = True, locked: bool = False) -> None:
        thread.archived, thread.locked = archived, locked
        self.dispatch("THREAD_UPDATE", thread.payload(), guild=thread.guild)

    def dispatch(self, event: str, payload: Json, *, guild: Guild | None) -> None:
        """Send a gateway event to every session that may see it."""
        for session in self.sessions.values():
            if session.sees(event, payload, guild):
                session.dispatch(event, payload)

    def tell_message(self, event: str, message: Message) -> None:
        for session in self.sessions.values():
            if session.sees(event, {}, message.channel.guild):
                session.dispatch(event, self._for(session, message))

    def flood(self, channel: Channel, people: list[Any], count: int, text: str = "hello") -> None:
        """`count` MESSAGE_CREATE of `people` in turn, as fast as the socket takes them."""
        messages = [
            Message(self.ids.next(), channel, people[i % len(people)].user, self.clock(), text)
            for i in range(count)
        ]
        for session in self.sessions.values():
            if session.sees("MESSAGE_CREATE", {}, channel.guild):
                payloads = (self._for(session, message) for message in messages)
                session.dispatch_many("MESSAGE_CREATE", payloads)

    def _for(self, session: Session, message: Message) -> Json:
        """A message as this session may see it: without content when the intent is missing."""
        guild, payload = message.channel.guild, message.payload()
        if guild is not None:
            payload["guild_id"] = str(guild.id)
            if message.author.id in guild.members:
                payload["member"] = guild.members[message.author.id].payload(with_user=False)
        own = message.author.id == self.bot.id or self.bot in message.mentions or guild is None
        if not session.intents.message_content and not own:
            payload |= {"content": "", "embeds": [], "attachments": [], "components": []}
        return payload

    def _where(self, message: Message, name: str) -> Json:
        payload = {name: str(message.id), "channel_id": str(message.channel.id)}
        guild = message.channel.guild
        return payload | ({"guild_id": str(guild.id)} if guild is not None else {})
