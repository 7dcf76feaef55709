"""What is missing, and how to mend it. Asked over REST, so that it works without the gateway."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord

from adapters.discord.client import HAS_CONTENT, HAS_MEMBERS
from bot.commands import N_
from bot.ports import Finding
from bot.refs import ChatRef

Json = dict[str, Any]
REFUSED = Finding(
    False,
    N_("Discord accepts the bot's token."),
    N_(
        "Make a new token in the developer portal, under Bot, "
        "and put it into CONVIVE_DISCORD_TOKEN."
    ),
)
NO_ANSWER = Finding(
    False,
    N_("Discord answers."),
    N_("Look at the connection to the internet, and at `api_base` if you have set it."),
)
_TOKEN = N_("Discord accepts the bot's token.")
_CONTENT = (
    N_("The bot may read messages (Message Content Intent)."),
    N_(
        "Switch on Message Content Intent in the developer portal, under Bot. Without it the bot "
        "sees only mentions, private messages, commands and buttons."
    ),
)
_MEMBERS = (
    N_("The bot may see who is a member (Server Members Intent)."),
    N_(
        "Switch on Server Members Intent in the developer portal, under Bot. Without it people are "
        "known only once they write."
    ),
)
_ROOM = N_("The bot can see this room.")
_INVITE = N_("Give the bot's role the permission View Channel here.")
_PERMISSIONS = {
    "view_channel": (_ROOM, _INVITE),
    "send_messages": (
        N_("The bot can write here."),
        N_("Give the bot's role the permission Send Messages here."),
    ),
    "read_message_history": (
        N_("The bot can read what was written before."),
        N_("Give the bot's role the permission Read Message History here."),
    ),
    "create_public_threads": (
        N_("The bot can open threads."),
        N_("Give the bot's role the permission Create Public Threads here."),
    ),
    "send_messages_in_threads": (
        N_("The bot can write in threads."),
        N_("Give the bot's role the permission Send Messages in Threads here."),
    ),
    "attach_files": (
        N_("The bot can show pictures."),
        N_("Give the bot's role the permission Attach Files here."),
    ),
    "embed_links": (
        N_("The bot can send long messages."),
        N_("Give the bot's role the permission Embed Links here."),
    ),
    "add_reactions": (
        N_("The bot can react."),
        N_("Give the bot's role the permission Add Reactions here."),
    ),
    "send_polls": (
        N_("The bot can make polls."),
        N_("Give the bot's role the permission Create Polls here."),
    ),
    "pin_messages": (
        N_("The bot can pin messages."),
        N_(
            "Give the bot's role the permission Pin Messages here (apart from Manage Messages "
            "since February 2026)."
        ),
    ),
}


async def check(client: discord.Client, chats: Sequence[ChatRef]) -> Sequence[Finding]:
    """Tests what the bot may see and do. The client is logged in."""
    application: Any = await client.http.application_info()
    flags = int(application.get("flags", 0))
    found = [
        Finding(True, _TOKEN),
        Finding(bool(flags & HAS_CONTENT), *_CONTENT),
        Finding(bool(flags & HAS_MEMBERS), *_MEMBERS),
    ]
    for chat in chats:
        if chat.group and chat.room:
            found += await _room(client, chat)
    return found


async def _room(client: discord.Client, chat: ChatRef) -> list[Finding]:
    try:
        granted = await _granted(client, chat)
    except (discord.Forbidden, discord.NotFound):
        return [Finding(False, _ROOM, _INVITE, chat)]
    return [
        Finding(bool(getattr(granted, name)), what, mend, chat)
        for name, (what, mend) in _PERMISSIONS.items()
    ]


async def _granted(client: discord.Client, chat: ChatRef) -> discord.Permissions:
    own = client.user.id if client.user else 0
    channel: Any = await client.http.get_channel(int(chat.room))
    if "thread_metadata" in channel:
        channel = await client.http.get_channel(int(channel["parent_id"]))
    guild: Any = await client.http.get_guild(int(chat.group))
    member: Any = await client.http.get_member(int(chat.group), own)
    return permissions(guild, member, channel, str(own))


def permissions(guild: Json, member: Json, channel: Json, user: str) -> discord.Permissions:
    """A member's permissions in a channel, by Discord's order of overwrites."""
    mine = {guild["id"], *member["roles"]}
    base = 0
    for role in guild["roles"]:
        base |= int(role["permissions"]) if role["id"] in mine else 0
    if guild.get("owner_id") == user or discord.Permissions(base).administrator:
        return discord.Permissions.all()
    overwrites = channel.get("permission_overwrites", [])
    for step in ({guild["id"]}, set(member["roles"]), {user}):
        base = _overwritten(base, [o for o in overwrites if o["id"] in step])
    return discord.Permissions(base)


def _overwritten(base: int, overwrites: Iterable[Json]) -> int:
    allow = deny = 0
    for overwrite in overwrites:
        allow |= int(overwrite["allow"])
        deny |= int(overwrite["deny"])
    return base & ~deny | allow
