"""The bot comes into a group: one short message, and then it waits."""

from bot.context import Context
from bot.effects import AnyEffect, Post
from bot.events import ChatAdded
from bot.features.setup.core import setup
from bot.text import code


@setup.on(ChatAdded)
async def arrived(ctx: Context, event: ChatAdded) -> list[AnyEffect]:
    """Says who is there and how to begin; nothing after a mere restart."""
    if not event.new:
        return []
    if ctx.here.ready:
        said = ctx.words.say(
            "Back again, with everything as it was. {setup} shows it.", setup=code("/setup")
        )
    else:
        said = ctx.words.say(
            "Hello, I am Convive. From time to time I post a question that gets people here "
            "talking to each other. A moderator starts with {setup}; it takes two minutes.",
            setup=code("/setup"),
        )
    return [Post(chat=event.chat, text=said)]
