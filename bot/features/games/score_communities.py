"""What was reached and who met follow a group into its new community."""

from sqlalchemy import delete, literal, select, update

from bot.context import Context
from bot.events import CommunityChanged
from bot.features.games.core import games
from bot.features.games.score_tables import met, results
from bot.store.schema import roster


@games.on(CommunityChanged)
async def changed(ctx: Context, event: CommunityChanged) -> None:
    """Results are the group's own. Two of its people who met have met in the new community too;
    where nobody is left in the old one, that is forgotten there."""
    own = results.c.group_id == event.group_id
    await ctx.tx.execute(update(results).where(own).values(community=event.after))
    people = (
        select(roster.c.member)
        .where(roster.c.group_id == event.group_id, roster.c.left_at.is_(None))
        .scalar_subquery()
    )
    both = () if event.emptied else (met.c.member.in_(people), met.c.peer.in_(people))
    kept = [column for column in met.columns if column.name != "community"]
    rows = select(literal(event.after), *kept).where(met.c.community == event.before, *both)
    names = ["community", *(column.name for column in kept)]
    await ctx.tx.execute(ctx.tx.insert(met).from_select(names, rows).on_conflict_do_nothing())
    if event.emptied:
        await ctx.tx.execute(delete(met).where(met.c.community == event.before))
