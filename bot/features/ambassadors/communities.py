"""When a group joins a community or leaves one, its ambassadors are ambassadors there too.

What was measured stays with the community in which it was measured.
"""

from bot import wishes
from bot.context import Context
from bot.events import CommunityChanged
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.tables import people


@ambassadors.on(CommunityChanged)
async def changed(ctx: Context, event: CommunityChanged) -> None:
    """Copies what those who are in the group agreed to or declined."""
    await wishes.follow(ctx.tx, people, event)
