"""What is kept of somebody's games: told on demand, and forgotten on demand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, or_, select

from bot.commands import N_
from bot.features.games import meeting_records
from bot.features.games.core import games
from bot.features.games.score_tables import bests, met
from bot.refs import MemberRef
from bot.store.database import Tx


@games.keeps
async def kept(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """Own bests, and whom one met; results name nobody."""
    who = str(member)
    own = select(bests).where(bests.c.member == who).order_by(bests.c.game)
    return {
        N_("Your best figures in games"): [
            {"game": row.game, "value": row.value, "at": row.at.isoformat()}
            for row in await tx.all(own)
        ],
        N_("People you met while playing"): await meeting_records.names(tx, [who]),
    }


@games.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """Both; whoever met them has met one person less."""
    who = str(member)
    await tx.execute(delete(bests).where(bests.c.member == who))
    await tx.execute(delete(met).where(or_(met.c.member == who, met.c.peer == who)))
