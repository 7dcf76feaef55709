"""What is kept of ambassadors: told on demand, and forgotten on demand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from bot.commands import N_
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.tables import asks, people
from bot.refs import MemberRef
from bot.store.database import Tx


@ambassadors.keeps
async def kept(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """Whether they agreed, and what they were asked to begin."""
    who = str(member)
    agreed = await tx.all(select(people).where(people.c.member == who).order_by(people.c.id))
    asked = await tx.all(select(asks).where(asks.c.member == who).order_by(asks.c.id))
    return {
        N_("Whether you are an ambassador"): [
            {"state": row.state, "at": row.at.isoformat(), "began": row.opened} for row in agreed
        ],
        N_("Conversations you were asked to begin"): [
            {"about": row.subject, "at": row.asked_at.isoformat(), "state": row.state}
            | ({"text": row.written} if row.written else {})
            for row in asked
        ],
    }


@ambassadors.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """Everything; the counts of prompts name nobody."""
    for table in (people, asks):
        await tx.execute(delete(table).where(table.c.member == str(member)))
