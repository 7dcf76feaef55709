"""Before a game between groups begins: whom to play against."""

from collections.abc import Sequence
from typing import Any

from bot.context import Context
from bot.features.games import challenge_views
from bot.features.games.core import Follows
from bot.play import Game, Pace
from bot.store import groups
from bot.store.groups import Group

MOST_OFFERED = 20


async def offered(ctx: Context, chosen: Game[Any], pace: Pace) -> Follows:
    """Asks whom to play against; nothing if this group is on its own, or the game not for two."""
    if ctx.group is None or not chosen.traits.rivals:
        return []
    able = await others(ctx)
    if not able:
        return []
    text, menu = challenge_views.whom(ctx.own, chosen, pace, able[:MOST_OFFERED])
    return [ctx.panel(text, menu=menu)]


async def others(ctx: Context) -> Sequence[Group]:
    """The groups of the community that can be challenged."""
    return [
        group
        for group in await groups.of_community(ctx.tx, ctx.here.community)
        if group.id != ctx.here.id and group.ready and not group.paused
    ]
