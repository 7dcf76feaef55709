"""What each route does. A route is found by method and template; its words arrive by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.discord_api import faults
from tests.discord_api.faults import ApiError, unknown
from tests.discord_api.world import (
    DM,
    EPHEMERAL,
    FORUM,
    THREAD,
    Channel,
    Guild,
    Json,
    Message,
    bits,
)

if TYPE_CHECKING:
    from tests.discord_api.rest import Call

Handler = Callable[..., Any]
_ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []
NONCES_LAST = timedelta(minutes=5)


def route(method: str, template: str) -> Callable[[Handler], Handler]:
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template) + "$")

    def register(handler: Handler) -> Handler:
        _ROUTES.append((method, pattern, handler))
        return handler

    return register


def find(call: Call) -> Any:
    """Carry out a call; None stands for 204."""
    for method, pattern, handler in _ROUTES:
        if method == call.method and (match := pattern.match(call.path)):
            return handler(call, **match.groupdict())
    raise ApiError(404, 0, f"404: no such route here: {call.method} {call.path}")


# -- looking things up, with the errors Discord has for each


def guild_of(call: Call, number: str) -> Guild:
    guild = call.api.guilds.get(int(number))
    if guild is None:
        raise faults.missing_access()
    return guild


def channel_of(call: Call, number: str, *needed: str) -> Channel:
    """The channel, when the bot may see it and has the permissions that are needed there."""
    channel = call.api.channels.get(int(number))
    if channel is None:
        raise unknown("Channel")
    if channel.guild is None:
        return channel
    granted = channel.guild.permissions(call.api.bot, channel)
    if not granted & bits("view_channel"):
        raise faults.missing_access()
    if granted & bits(*needed) != bits(*needed):
        raise faults.missing_permissions()
    return channel


def writable(call: Call, number: str) -> Channel:
    channel = channel_of(call, number)
    inside = channel.type == THREAD
    channel_of(call, number, "send_messages_in_threads" if inside else "send_messages")
    if channel.type == DM and channel.recipient and not channel.recipient.accepts_dms:
        raise faults.cannot_message_user()
    if channel.archived and channel.locked:
        raise ApiError(403, 50083, "Thread is archived")
    if channel.type == FORUM:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
    return channel


# -- who am I


@route("GET", "/gateway/bot")
def gateway_bot(call: Call) -> Json:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return {"url": call.api.gateway_url, "shards": call.api.shards, "session_start_limit": limit}


@route("GET", "/users/@me")
def me(call: Call) -> Json:
    return call.api.bot.payload()


@route("GET", "/applications/@me")
@route("GET", "/oauth2/applications/@me")
def application(call: Call) -> Json:
    flags = 1 << 15 if "members" in call.api.approved_intents else 0
    flags |= 1 << 19 if "message_content" in call.api.approved_intents else 0
    return {
        "id": str(call.api.bot.id),
        "name": call.api.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "owner": call.api.bot.payload(),
        "team": None,
    }


@route("GET", "/users/{user}")
def user(call: Call, user: str) -> Json:
    found = call.api.users.get(int(user))
    if found is None:
        raise unknown("User")
    return found.payload()


@route("POST", "/users/@me/channels")
def open_dm(call: Call) -> Json:
    person = call.api.users.get(int(call.body["recipient_id"]))
    if person is None:
        raise unknown("User")
    return call.api.dm(person).payload()


# -- commands


@route("GET", "/applications/{app}/commands")
def list_commands(call: Call, app: str) -> list[Json]:
    return call.api.global_commands


@route("PUT", "/applications/{app}/commands")
def sync_commands(call: Call, app: str) -> list[Json]:
    call.api.global_commands = [_command(call, app, command) for command in call.body]
    return call.api.global_commands


@route("PUT", "/applications/{app}/guilds/{guild}/commands")
def sync_guild_commands(call: Call, app: str, guild: str) -> list[Json]:
    made = [{**_command(call, app, command), "guild_id": guild} for command in call.body]
    call.api.guild_commands[int(guild)] = made
    return made


def _command(call: Call, app: str, command: Json) -> Json:
    number = str(call.api.ids.next())
    return {
        "default_member_permissions": None,
        "type": 1,
        **command,
        "id": number,
        "application_id": app,
        "version": number,
    }


# -- guilds, channels, members


@route("GET", "/guilds/{guild}")
def read_guild(call: Call, guild: str) -> Json:
    found = guild_of(call, guild)
    return {**found.payload(), "approximate_member_count": len(found.members)}


@route("GET", "/guilds/{guild}/channels")
def read_channels(call: Call, guild: str) -> list[Json]:
    return [channel.payload() for channel in guild_of(call, guild).channels.values()]


@route("GET", "/guilds/{guild}/roles")
def read_roles(call: Call, guild: str) -> list[Json]:
    return [role.payload() for role in guild_of(call, guild).roles.values()]


@route("GET", "/guilds/{guild}/threads/active")
def read_threads(call: Call, guild: str) -> Json:
    threads = guild_of(call, guild).threads.values()
    return {"threads": [t.payload() for t in threads if not t.archived], "members": []}


@route("GET", "/guilds/{guild}/members")
def read_members(call: Call, guild: str) -> list[Json]:
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 1))
    members = sorted(guild_of(call, guild).members.items())
    return [member.payload() for number, member in members if number > after][:limit]


@route("GET", "/guilds/{guild}/members/{user}")
def read_member(call: Call, guild: str, user: str) -> Json:
    member = guild_of(call, guild).members.get(int(user))
    if member is None:
        raise unknown("Member")
    return member.payload()


@route("PUT", "/guilds/{guild}/members/{user}/roles/{role}")
def grant_role(call: Call, guild: str, user: str, role: str) -> None:
    _change_role(call, guild, user, role, granted=True)


@route("DELETE", "/guilds/{guild}/members/{user}/roles/{role}")
def revoke_role(call: Call, guild: str, user: str, role: str) -> None:
    _change_role(call, guild, user, role, granted=False)


def _change_role(call: Call, guild: str, user: str, role: str, *, granted: bool) -> None:
    found = guild_of(call, guild)
    if int(role) not in found.roles:
        raise unknown("Role")
    if int(user) not in found.members:
        raise unknown("Member")
    if not found.permissions(call.api.bot) & bits("manage_roles"):
        raise faults.missing_permissions()
    roles = found.members[int(user)].roles
    (roles.add if granted else roles.discard)(int(role))


@route("GET", "/channels/{channel}")
def read_channel(call: Call, channel: str) -> Json:
    return channel_of(call, channel).payload()


@route("PATCH", "/channels/{channel}")
def edit_channel(call: Call, channel: str) -> Json:
    found = channel_of(call, channel)
    if found.locked and not call.body.get("archived", True):
        channel_of(call, channel, "manage_threads")
    found.archived = call.body.get("archived", found.archived)
    found.locked = call.body.get("locked", found.locked)
    found.name = call.body.get("name", found.name)
    event = "THREAD_UPDATE" if found.type == THREAD else "CHANNEL_UPDATE"
    call.api.dispatch(event, found.payload(), guild=found.guild)
    return found.payload()


# -- messages


@route("GET", "/channels/{channel}/messages")
def history(call: Call, channel: str) -> list[Json]:
    found = channel_of(call, channel, "read_message_history")
    limit = int(call.query.get("limit", 50))
    after, before = call.query.get("after"), call.query.get("before")
    messages = [
        message
        for message in found.messages
        if (after is None or message.id > int(after))
        and (before is None or message.id < int(before))
    ]
    page = messages[:limit] if after is not None else messages[-limit:]
    return [message.payload() for message in reversed(page)]


@route("POST", "/channels/{channel}/messages")
def create_message(call: Call, channel: str) -> Json:
    found = writable(call, channel)
    nonce = call.body.get("nonce")
    if nonce is not None and call.body.get("enforce_nonce"):
        known = call.api.nonces.get((found.id, str(nonce)))
        if known is not None and call.api.clock() - known[1] <= NONCES_LAST:
            return known[0].payload()
    message = _write(call, found, call.body)
    if nonce is not None:
        call.api.nonces[found.id, str(nonce)] = message, call.api.clock()
    return message.payload()


def _write(call: Call, channel: Channel, body: Json, **more: Any) -> Message:
    """A message of the bot, from the body of a create request."""
    if channel.archived:
        call.api.archive(channel, archived=False)
    if not any(body.get(k) for k in ("content", "embeds", "poll", "components")) and not call.files:
        raise ApiError(400, 50006, "Cannot send an empty message")
    _check(body)
    return call.api.post(channel, call.api.bot, **_fields(call, body), **more)


def _check(body: Json) -> None:
    if (
        len(body.get("content") or "") > 2000
        or len((body.get("poll") or {}).get("answers", [])) > 10
    ):
        raise ApiError(400, 50035, "Invalid Form Body")


def _fields(call: Call, body: Json) -> Json:
    reference = body.get("message_reference")
    text = body.get("content") or ""
    return {
        "text": text,
        "embeds": body.get("embeds") or [],
        "components": body.get("components") or [],
        "files": call.files,
        "reference": {"type": 0, **reference} if reference else None,
        "flags": body.get("flags") or 0,
        "nonce": body.get("nonce"),
        "poll": _poll(call, body["poll"]) if body.get("poll") else None,
        "pings": _pings(call, text, body.get("allowed_mentions")),
    }


def _pings(call: Call, text: str, allowed: Json | None) -> list[int]:
    """Who really gets a notification. Without `allowed_mentions`, everybody the text names."""
    named = [int(found) for found in re.findall(r"<@!?(\d+)>", text)]
    everyone = list(call.api.users) if "@everyone" in text or "@here" in text else []
    if allowed is None:
        return named + everyone
    kinds, users = allowed.get("parse", []), map(int, allowed.get("users", []))
    chosen = named if "users" in kinds else [u for u in named if u in set(users)]
    return chosen + (everyone if "everyone" in kinds else [])


def _poll(call: Call, asked: Json) -> Json:
    answers = [{"answer_id": n, **answer} for n, answer in enumerate(asked["answers"], 1)]
    ends = call.api.clock() + timedelta(hours=asked.get("duration", 24))
    return {
        **asked,
        "answers": answers,
        "expiry": ends.isoformat(),
        "layout_type": 1,
        "results": {"is_finalized": False, "answer_counts": []},
    }


@route("GET", "/channels/{channel}/messages/pins")
def read_pins(call: Call, channel: str) -> Json:
    pinned = [m for m in channel_of(call, channel).messages if m.pinned]
    items = [{"pinned_at": m.at.isoformat(), "message": m.payload()} for m in pinned]
    return {"items": items, "has_more": False}


@route("PUT", "/channels/{channel}/messages/pins/{message}")
def pin(call: Call, channel: str, message: str) -> None:
    channel_of(call, channel, "pin_messages").message(int(message)).pinned = True


@route("DELETE", "/channels/{channel}/messages/pins/{message}")
def unpin(call: Call, channel: str, message: str) -> None:
    channel_of(call, channel, "pin_messages").message(int(message)).pinned = False


@route("GET", "/channels/{channel}/messages/{message}")
def read_message(call: Call, channel: str, message: str) -> Json:
    return channel_of(call, channel, "read_message_history").message(int(message)).payload()


@route("PATCH", "/channels/{channel}/messages/{message}")
def edit_message(call: Call, channel: str, message: str) -> Json:
    found = channel_of(call, channel).message(int(message))
    if found.author.id != call.api.bot.id:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    _check(call.body)
    return _edit(call, found).payload()


def _edit(call: Call, message: Message) -> Message:
    body = call.body
    message.content = body.get("content", message.content) or ""
    message.embeds = body.get("embeds", message.embeds) or []
    message.components = body.get("components", message.components) or []
    message.files = [*message.files, *call.files]
    message.edited_at = call.api.clock()
    if not message.flags & EPHEMERAL:
        call.api.tell_message("MESSAGE_UPDATE", message)
    return message


@route("DELETE", "/channels/{channel}/messages/{message}")
def delete_message(call: Call, channel: str, message: str) -> None:
    found = channel_of(call, channel).message(int(message))
    if found.author.id != call.api.bot.id:
        channel_of(call, channel, "manage_messages")
    call.api.delete(found)


@route("PUT", "/channels/{channel}/messages/{message}/reactions/{emoji}/@me")
def react(call: Call, channel: str, message: str, emoji: str) -> None:
    found = channel_of(call, channel, "add_reactions").message(int(message))
    if len(found.reactions) >= 20 and emoji not in found.reactions:
        raise ApiError(400, 30010, "Maximum number of reactions reached (20)")
    call.api.react(found, emoji, call.api.bot)


@route("DELETE", "/channels/{channel}/messages/{message}/reactions/{emoji}/@me")
def unreact(call: Call, channel: str, message: str, emoji: str) -> None:
    found = channel_of(call, channel).message(int(message))
    call.api.react(found, emoji, call.api.bot, added=False)


@route("POST", "/channels/{channel}/polls/{message}/expire")
def end_poll(call: Call, channel: str, message: str) -> Json:
    found = channel_of(call, channel).message(int(message))
    (found.poll or {})["results"]["is_finalized"] = True
    return found.payload()


@route("GET", "/channels/{channel}/polls/{message}/answers/{answer}")
def voters(call: Call, channel: str, message: str, answer: str) -> Json:
    votes = channel_of(call, channel).message(int(message)).votes.get(int(answer), [])
    return {"users": [call.api.users[number].payload() for number in votes]}


@route("POST", "/channels/{channel}/messages/{message}/threads")
def thread_of_message(call: Call, channel: str, message: str) -> Json:
    parent = channel_of(call, channel, "create_public_threads")
    found = parent.message(int(message))
    if found.thread is not None:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    return call.api.thread(parent, call.body["name"], found).payload()


@route("POST", "/channels/{channel}/threads")
def thread(call: Call, channel: str) -> Json:
    parent = channel_of(call, channel)
    if parent.type != FORUM:
        channel_of(call, channel, "create_public_threads")
        return call.api.thread(parent, call.body["name"]).payload()
    channel_of(call, channel, "send_messages")
    made = call.api.thread(parent, call.body["name"])
    # a post's first message has the id of its thread
    message = _write(call, made, call.body["message"], id=made.id)
    return {**made.payload(), "message": message.payload()}


@route("PUT", "/channels/{channel}/thread-members/@me")
def join_thread(call: Call, channel: str) -> None:
    channel_of(call, channel)
