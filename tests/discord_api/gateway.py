"""The gateway: sessions that outlive their connections, and what they let through."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import discord
from aiohttp import WSMsgType, web

from tests.discord_api.guild import Guild
from tests.discord_api.members import Json

if TYPE_CHECKING:
    from tests.discord_api.server import DiscordApi

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT = 0, 1, 2, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 8, 9, 10, 11
PRIVILEGED = {"members", "message_content", "presences"}
NEEDED_INTENT = {
    "MESSAGE_CREATE": "guild_messages",
    "MESSAGE_UPDATE": "guild_messages",
    "MESSAGE_DELETE": "guild_messages",
    "MESSAGE_REACTION_ADD": "guild_reactions",
    "MESSAGE_REACTION_REMOVE": "guild_reactions",
    "MESSAGE_POLL_VOTE_ADD": "guild_polls",
    "MESSAGE_POLL_VOTE_REMOVE": "guild_polls",
    "GUILD_MEMBER_ADD": "members",
    "GUILD_MEMBER_REMOVE": "members",
}


@dataclass
class Link:
    """One websocket connection. Frames are written straight to the transport.

    So a test can act without `await`, and a flood of events costs this side next to nothing.
    """

    ws: web.WebSocketResponse
    transport: Any
    compressor: Any

    def send(self, payload: Json) -> None:
        self.write([json.dumps(payload).encode()])

    def write(self, texts: Iterable[bytes]) -> None:
        """Send JSON texts, one frame each."""
        if not self.transport.is_closing():
            self.transport.write(b"".join(self._frame(text) for text in texts))

    def _frame(self, text: bytes) -> bytes:
        data = text
        if self.compressor is not None:
            data = self.compressor.compress(text) + self.compressor.flush(zlib.Z_SYNC_FLUSH)
        first = 0x82 if self.compressor is not None else 0x81
        if len(data) < 126:
            return struct.pack("!BB", first, len(data)) + data
        if len(data) < 65536:
            return struct.pack("!BBH", first, 126, len(data)) + data
        return struct.pack("!BBQ", first, 127, len(data)) + data


@dataclass
class Session:
    """What RESUME resumes: everything that was dispatched, by sequence number."""

    id: str
    intents: discord.Intents
    shard: tuple[int, int]
    link: Link | None = None
    sequence: int = 0
    log: list[tuple[int, bytes]] = field(default_factory=list)

    def sees(self, event: str, payload: Json, guild: Guild | None) -> bool:
        if guild is None:
            return self.shard[0] == 0
        needed = NEEDED_INTENT.get(event)
        mine = (guild.id >> 22) % self.shard[1] == self.shard[0]
        return mine and (needed is None or bool(getattr(self.intents, needed)))

    def dispatch(self, event: str, payload: Json) -> None:
        self.dispatch_many(event, [payload])

    def dispatch_many(self, event: str, payloads: Iterable[Json]) -> None:
        texts = []
        for payload in payloads:
            self.sequence += 1
            frame = {"op": DISPATCH, "s": self.sequence, "t": event, "d": payload}
            texts.append(json.dumps(frame).encode())
            self.log.append((self.sequence, texts[-1]))
        if self.link is not None:
            self.link.write(texts)


async def serve(api: DiscordApi, request: web.Request) -> web.StreamResponse:
    """One connection, from HELLO to its end."""
    if api.refusals > 0:
        api.refusals -= 1
        raise web.HTTPServiceUnavailable
    ws = web.WebSocketResponse(compress=False, autoping=True)
    await ws.prepare(request)
    compressed = request.query.get("compress") == "zlib-stream"
    link = Link(ws, request.transport, zlib.compressobj() if compressed else None)
    api.links.append(link)
    link.send({"op": HELLO, "d": {"heartbeat_interval": api.heartbeat_interval}})
    try:
        async for message in ws:
            if message.type is WSMsgType.TEXT:
                await _receive(api, link, json.loads(message.data))
            api.changed()
    finally:
        api.links.remove(link)
        for session in api.sessions.values():
            if session.link is link:
                session.link = None
        api.changed()
    return ws


async def _receive(api: DiscordApi, link: Link, frame: Json) -> None:
    op: int = frame["op"]
    data: Any = frame.get("d")
    api.received.append(op)
    if op == HEARTBEAT:
        if api.acknowledges_heartbeats:
            link.send({"op": HEARTBEAT_ACK})
    elif op == IDENTIFY:
        await _identify(api, link, data)
    elif op == RESUME:
        _resume(api, link, data)
    elif op == REQUEST_MEMBERS:
        _chunks(api, link, data)


async def _identify(api: DiscordApi, link: Link, data: Json) -> None:
    intents = discord.Intents._from_value(data["intents"])
    if data["token"] != api.token:
        await link.ws.close(code=4004, message=b"Authentication failed.")
        return
    if any(getattr(intents, name) for name in PRIVILEGED - api.approved_intents):
        await link.ws.close(code=4014, message=b"Disallowed intent(s).")
        return
    shard = tuple(data.get("shard", (0, 1)))
    session = Session(f"session-{api.ids.next()}", intents, (shard[0], shard[1]), link)
    api.sessions[session.id] = session
    guilds = [g for g in api.guilds.values() if session.sees("GUILD_CREATE", {}, g)]
    session.dispatch("READY", _ready(api, session, guilds))
    for guild in guilds:
        session.dispatch("GUILD_CREATE", guild.create_payload(members=intents.members))


def _ready(api: DiscordApi, session: Session, guilds: list[Guild]) -> Json:
    return {
        "v": 10,
        "user": api.bot.payload(),
        "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
        "session_id": session.id,
        "resume_gateway_url": api.gateway_url,
        "shard": list(session.shard),
        "application": {"id": str(api.bot.id), "flags": 0},
        "private_channels": [],
    }


def _resume(api: DiscordApi, link: Link, data: Json) -> None:
    session = api.sessions.get(data["session_id"])
    if session is None or data["token"] != api.token:
        link.send({"op": INVALID_SESSION, "d": False})
        return
    session.link = link
    link.write(text for sequence, text in session.log if sequence > (data["seq"] or 0))
    session.dispatch("RESUMED", {})


def _chunks(api: DiscordApi, link: Link, data: Json) -> None:
    guild = api.guilds[int(data["guild_id"])]
    session = next(s for s in api.sessions.values() if s.link is link)
    members = [member.payload() for member in guild.members.values()]
    if wanted := data.get("user_ids"):
        members = [m for m in members if int(m["user"]["id"]) in map(int, wanted)]
    elif prefix := data.get("query"):
        members = [m for m in members if m["user"]["username"].startswith(prefix.lower())]
    if data.get("limit"):
        members = members[: data["limit"]]
    pages = [members[i : i + 1000] for i in range(0, len(members), 1000)] or [[]]
    for index, page in enumerate(pages):
        chunk = {
            "guild_id": str(guild.id),
            "members": page,
            "chunk_index": index,
            "chunk_count": len(pages),
            "not_found": [],
        }
        nonce = {"nonce": data["nonce"]} if data.get("nonce") else {}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | nonce)
