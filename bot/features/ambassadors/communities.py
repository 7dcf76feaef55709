"""When a group joins a community or leaves one, its ambassadors are ambassadors there too.

What was measured stays with the community in which it was measured.
"""

from sqlalchemy import delete, literal, select

from bot.context import Context
from bot.events import CommunityChanged
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.tables import people
from bot.store.schema import roster


@ambassadors.on(CommunityChanged)
async def changed(ctx: Context, event: CommunityChanged) -> None:
    """Copies what those who are in the group agreed to or declined; what holds there already
    stays."""
    present = select(roster.c.member).where(
        roster.c.group_id == event.group_id, roster.c.left_at.is_(None)
    )
    columns = [c for c in people.columns if c.name not in ("id", "community", "group_id")]
    rows = select(literal(event.after), literal(event.group_id), *columns).where(
        people.c.community == event.before, people.c.member.in_(present.scalar_subquery())
    )
    names = ["community", "group_id", *(column.name for column in columns)]
    await ctx.tx.execute(ctx.tx.insert(people).from_select(names, rows).on_conflict_do_nothing())
    if event.emptied:
        await ctx.tx.execute(delete(people).where(people.c.community == event.before))
