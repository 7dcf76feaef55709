"""A post that was never sent gave nobody the floor: nothing can be learnt from its draw."""

from bot.context import Context
from bot.events import Undelivered
from bot.features.quiet import occasions
from bot.features.quiet.core import quiet


@quiet.on(Undelivered)
async def not_sent(ctx: Context, event: Undelivered) -> None:
    """Forgets the draw, whoever's post it was; one in doubt may have been read."""
    if ctx.group is not None and event.name and event.reason != "doubt":
        await occasions.void(ctx.tx, ctx.here.id, event.name)
