"""What is kept of somebody who waited for an answer, or was asked to give one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from bot.commands import N_
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.silence_tables import newcomers, shown, waiting
from bot.refs import MemberRef
from bot.store.database import Tx


@ambassadors.keeps
async def kept(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """When, never what was said."""
    who = str(member)
    joined = select(newcomers.c.joined_at).where(newcomers.c.member == who)
    waited = select(waiting.c.at).where(waiting.c.member == who).order_by(waiting.c.at)
    asked = select(shown.c.at).where(shown.c.member == who).order_by(shown.c.at)
    return {
        N_("Joined, and has not written yet"): [
            row.joined_at.isoformat() for row in await tx.all(joined)
        ],
        N_("When I looked whether somebody answered you"): [
            row.at.isoformat() for row in await tx.all(waited)
        ],
        N_("When I asked you to answer somebody"): [
            row.at.isoformat() for row in await tx.all(asked)
        ],
    }


@ambassadors.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """All of it, and what others were asked about this person."""
    who = str(member)
    mine = select(waiting.c.id).where(waiting.c.member == who)
    await tx.execute(delete(shown).where(shown.c.waiting.in_(mine.scalar_subquery())))
    for table in (newcomers, waiting, shown):
        await tx.execute(delete(table).where(table.c.member == who))
