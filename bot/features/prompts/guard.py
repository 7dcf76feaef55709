"""Small parts that handlers of presses and forms share."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from bot.context import Context
from bot.events import Answerable
from bot.feature import Follows

A = TypeVar("A", bound=Answerable)


def in_group(
    handler: Callable[[Context, A], Awaitable[Follows]],
) -> Callable[[Context, A], Awaitable[Follows]]:
    """A handler of presses and forms that needs to know the group."""

    @wraps(handler)
    async def guarded(ctx: Context, event: A) -> Follows:
        if ctx.group is None:
            return [ctx.whisper(ctx.own.say("This works in the group, not here."))]
        return await handler(ctx, event)

    return guarded
