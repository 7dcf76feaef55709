"""Where the bot is and what it may do there, from what the gateway keeps telling the library."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

import discord

from adapters.discord.payloads import MODERATES, PLATFORM, Json
from adapters.discord.render import CONTENT_LIMIT
from bot.ports import Can, Capabilities, Place
from bot.refs import ChatRef

Room = discord.abc.GuildChannel | discord.Thread
ALWAYS = Can.BUTTONS | Can.MENUS | Can.FORMS | Can.EPHEMERAL | Can.DEDUPE | Can.DM
_NEEDED = {
    Can.POLLS: ("send_polls",),
    Can.REACTIONS: ("add_reactions", "read_message_history"),
    Can.IMAGES: ("attach_files",),
    Can.PINS: ("pin_messages",),
    Can.ROLES: ("manage_roles",),
}
_OF_MESSAGES = {Can.HISTORY: ("view_channel", "read_message_history")}
"""Not in a forum itself: its posts are threads of their own."""
_OUT_OF_THREADS = {Can.THREADS: ("create_public_threads", "send_messages_in_threads")}
_EVERYTHING = reduce(or_, (*_NEEDED, *_OF_MESSAGES, *_OUT_OF_THREADS), ALWAYS)
TEXT_LIMIT = CONTENT_LIMIT - 100
"""Room for the markup of a message that is as long as allowed."""


BEFORE_THE_START = Capabilities(_EVERYTHING | Can.READ, TEXT_LIMIT)


class Places:
    """Questions about guilds and channels; nothing here asks the network."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def guild(self, chat: ChatRef) -> discord.Guild | None:
        """The guild of a chat, if the bot is in it."""
        return self._client.get_guild(int(chat.group)) if chat.group else None

    def room(self, chat: ChatRef) -> Room | None:
        """The channel or thread; that of a chat without a room is the guild's own choice."""
        guild = self.guild(chat)
        if guild is None:
            return None
        return guild.get_channel_or_thread(int(chat.room)) if chat.room else _default(guild)

    def capabilities(self, chat: ChatRef) -> Capabilities:
        """What the bot may do in a chat now."""
        intents = self._client.intents
        reads = Can.READ if intents.message_content or chat.private else Can(0)
        if chat.private:
            return Capabilities(ALWAYS | Can.POLLS | Can.REACTIONS | Can.IMAGES | reads, TEXT_LIMIT)
        roster = Can.ROSTER if intents.members else Can(0)
        can = self._granted(chat) | roster | reads
        room = self.room(chat)
        home = f"https://discord.com/channels/{chat.group}/{room.id}/{{message}}" if room else ""
        return Capabilities(can, TEXT_LIMIT, private_link=self._profile(), message_link=home)

    def moderates(self, guild: str, by: Json) -> bool:
        """Whether a member, as the gateway tells them, looks after a guild, by the roles that are
        known here."""
        found = self._client.get_guild(int(guild))
        if found is None:
            return False
        theirs = {int(role) for role in by.get("roles", ())} | {found.id}
        granted = reduce(or_, (r.permissions.value for r in found.roles if r.id in theirs), 0)
        return by["user"]["id"] == str(found.owner_id) or bool(granted & MODERATES)

    def _profile(self) -> str:
        """Where a person can begin to write to the bot; it can't bring a payload back."""
        user = self._client.user
        return f"https://discord.com/users/{user.id}" if user else ""

    def _granted(self, chat: ChatRef) -> Can:
        guild, room = self.guild(chat), self.room(chat)
        if guild is None or room is None:
            # not told yet, or a thread that was archived before the start
            return _EVERYTHING
        permissions = room.permissions_for(guild.me)
        of_messages = {} if isinstance(room, discord.ForumChannel) else _OF_MESSAGES
        out_of_threads = {} if isinstance(room, discord.Thread) else _OUT_OF_THREADS
        needed = _NEEDED | of_messages | out_of_threads
        able = ALWAYS
        for can, names in needed.items():
            if all(getattr(permissions, name) for name in names):
                able |= can
        return able

    def rooms(self, chat: ChatRef) -> Sequence[Place]:
        """Channels that the bot may write in, the one to propose first."""
        guild = self.guild(chat)
        if guild is None:
            return ()
        default = _default(guild)
        rooms = sorted(_writable(guild), key=lambda room: room is not default)
        return [
            Place(ChatRef(PLATFORM, chat.group, str(room.id)), room.name, room is default)
            for room in rooms
        ]


def _writable(guild: discord.Guild) -> list[discord.TextChannel | discord.ForumChannel]:
    found: list[discord.TextChannel | discord.ForumChannel] = []
    rooms: Sequence[discord.TextChannel | discord.ForumChannel] = (
        *guild.text_channels,
        *guild.forums,
    )
    for room in rooms:
        permissions = room.permissions_for(guild.me)
        if permissions.view_channel and permissions.send_messages:
            found.append(room)
    return found


def _default(guild: discord.Guild) -> discord.TextChannel | None:
    """The guild's system channel, else its first text channel, of those to write in."""
    rooms = [room for room in _writable(guild) if isinstance(room, discord.TextChannel)]
    system = guild.system_channel
    return system if system in rooms else next(iter(rooms), None)
