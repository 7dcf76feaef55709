"""What people call a room, also one that the bot can't see any more."""

from collections.abc import Mapping

from bot.context import Context
from bot.i18n import Words
from bot.store.groups import Group
from bot.text import clean


async def titles(ctx: Context) -> Mapping[str, str]:
    """The titles of the rooms where the bot may post, by native room."""
    return {place.chat.room: clean(place.title) for place in await ctx.rooms()}


def called(words: Words, group: Group, room: str, known: Mapping[str, str]) -> str:
    """The room's title, or else what it is for."""
    if title := known.get(room):
        return title
    if room and room == group.moderators_room:
        return words.plain("the moderators' room")
    if room == group.room:
        return words.plain("the room for prompts")
    return words.plain("another room")
