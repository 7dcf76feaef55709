"""What is let go of plays that are long over.

`KEPT` after its end a play loses its log, its table and its state, with everything that people
wrote in it. Who played what and when stays, for who met whom and for the seasons' results.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, delete, select, update

from bot.context import Context
from bot.events import Due
from bot.features.games.core import games
from bot.features.games.plays import Phase
from bot.features.games.tables import moves, plays
from bot.store.database import Tx

KEPT = timedelta(days=30)
KEY, KIND = "games:prune", "prune"
HOUR = 3
"""UTC; arming for the same moment again changes nothing, however many plays end in a day."""
AT_ONCE = 200
"""Plays in one transaction."""
BREATH = timedelta(minutes=1)


def next_at(now: datetime) -> datetime:
    """The next moment for it after now."""
    today = now.astimezone(UTC).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


@games.due(KIND)
async def prune(ctx: Context, event: Due) -> None:
    """Once a day, as long as there is something to let go of one day."""
    full = await let_go(ctx.tx, ctx.now - KEPT) == AT_ONCE
    if full:
        ctx.arm(KEY, ctx.now + BREATH, KIND)
    elif await ctx.tx.first(_over().limit(1)):
        ctx.arm(KEY, next_at(ctx.now), KIND)


def _over() -> Select[tuple[int]]:
    """The plays that are over and still have their log."""
    return select(plays.c.id).where(plays.c.phase == Phase.OVER, plays.c.state != "")


async def let_go(tx: Tx, before: datetime) -> int:
    """Prunes what was over before that moment; how many plays."""
    old = _over().where(plays.c.over_at < before).order_by(plays.c.id).limit(AT_ONCE)
    numbers = [row.id for row in await tx.all(old)]
    if numbers:
        await tx.execute(delete(moves).where(moves.c.play.in_(numbers)))
        bare = update(plays).where(plays.c.id.in_(numbers))
        await tx.execute(bare.values(table="", state=""))
    return len(numbers)
