"""What each route does. A route is found by method and template; its words arrive by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.discord_api import faults
from tests.discord_api.faults import ApiError, unknown
from tests.discord_api.guild import Guild
from tests.discord_api.members import Json, bits
from tests.discord_api.world import DM, FORUM, THREAD, Channel

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
