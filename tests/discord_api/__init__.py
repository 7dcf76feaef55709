"""A small Discord on loopback sockets: gateway, REST, and people to drive it.

What it reaches that an in-memory Discord can't: a first connection that fails, HELLO to
RESUME, rate limits, 5xx, an answer lost after it was processed, and 20,000 events as fast
as a socket takes them. Usage::

    async with DiscordApi() as api:
        guild = api.guild("Friends")
        general, ann = guild.channel("general"), guild.person("Ann")
        ...                       # connect a bot to api.rest_url
        ann.says(general, "hi")
        await api.until(lambda: general.texts[-1] == "hello Ann")
        assert api.violations == []
"""

from tests.discord_api.faults import ApiError
from tests.discord_api.guild import Guild
from tests.discord_api.interaction import Interaction
from tests.discord_api.limits import SlidingWindow, TokenBucket
from tests.discord_api.members import Role
from tests.discord_api.people import Person
from tests.discord_api.pointing import point_discord_py_at
from tests.discord_api.server import DiscordApi
from tests.discord_api.world import Channel, Message

__all__ = [
    "ApiError",
    "Channel",
    "DiscordApi",
    "Guild",
    "Interaction",
    "Message",
    "Person",
    "Role",
    "SlidingWindow",
    "TokenBucket",
    "point_discord_py_at",
]
