"""Questions of the bot that take themselves away when nobody presses anything."""

from datetime import timedelta

from bot.context import Context
from bot.effects import AnyEffect, Delete, Post, Urgency
from bot.events import Due, Event
from bot.features.answers.core import answers
from bot.refs import ChatRef

FADE = "fade"


def fading(ctx: Context, post: Post, after: timedelta) -> Post:
    """The post, which is deleted after a while."""
    ctx.arm(f"{FADE}:{ctx.here.id}:{post.name}", ctx.now + after, FADE, f"{post.name} {post.chat}")
    return post


def stays(ctx: Context, name: str) -> None:
    """Somebody pressed: the post is no longer deleted by itself."""
    ctx.disarm(f"{FADE}:{ctx.here.id}:{name}")


@answers.due(FADE)
async def faded(ctx: Context, event: Due) -> list[AnyEffect | Event]:
    """Nobody pressed anything."""
    name, _, chat = event.arg.partition(" ")
    return [Delete(chat=ChatRef.parse(chat), name=name, urgency=Urgency.BULK)]
