"""The feature that everything about ambassadors registers its handlers on."""

from collections.abc import Callable

from bot.context import Context
from bot.events import Undelivered
from bot.feature import Feature, Follows, Handler

ambassadors = Feature("ambassadors")
_lost: dict[str, Handler] = {}


def post_name(kind: str, number: int) -> str:
    """The name of a post of ours; `when_lost(kind)` hears if it could not be sent."""
    return f"ambassadors:{kind}:{number}"


def number_in(text: str) -> int:
    """The number at the end of a post's name or of a button's argument; 0 if there is none."""
    last = text.rpartition(":")[2]
    return int(last) if last.isdecimal() and len(last) < 16 else 0


def when_lost(kind: str) -> Callable[[Handler], Handler]:
    """Handles `Undelivered` of the posts of one kind."""

    def register(handler: Handler) -> Handler:
        _lost[kind] = handler
        return handler

    return register


@ambassadors.undelivered
async def undelivered(ctx: Context, event: Undelivered) -> Follows:
    """By the kind of post."""
    kind = event.name.split(":")[1] if event.name.count(":") > 1 else ""
    handler = _lost.get(kind)
    return list(await handler(ctx, event) or ()) if handler else []
