"""What the prompts keep of a person: told on demand, and forgotten on demand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update

from bot.commands import N_
from bot.features.prompts.core import prompt
from bot.features.prompts.tables import cards, replies, suggestions, votes
from bot.refs import MemberRef
from bot.store.database import Tx


@prompt.keeps
async def kept(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """Answers, votes, suggestions, and prompts that bear the person's name."""
    who = str(member)
    answered = select(replies.c.at, replies.c.text).where(replies.c.member == who)
    voted = select(votes.c.at, votes.c.options).where(votes.c.member == who)
    suggested = select(suggestions.c.made_at, suggestions.c.text, suggestions.c.state)
    credited = select(cards.c.text).where(cards.c.author == who).order_by(cards.c.id)
    return {
        N_("Your answers to prompts"): [
            {"text": row.text, "at": row.at.isoformat()}
            for row in await tx.all(answered.order_by(replies.c.at))
        ],
        N_("Your votes in prompts"): [
            {"options": row.options, "at": row.at.isoformat()}
            for row in await tx.all(voted.order_by(votes.c.at))
        ],
        N_("Prompts that you suggested"): [
            {"text": row.text, "state": row.state, "at": row.made_at.isoformat()}
            for row in await tx.all(
                suggested.where(suggestions.c.member == who).order_by(suggestions.c.made_at)
            )
        ],
        N_("Prompts that bear your name"): [row.text for row in await tx.all(credited)],
    }


@prompt.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """Answers, votes and suggestions go; a prompt that was approved stays without the name."""
    who = str(member)
    for table in (replies, votes, suggestions):
        await tx.execute(delete(table).where(table.c.member == who))
    await tx.execute(
        update(suggestions).where(suggestions.c.decided_by == who).values(decided_by=None)
    )
    await tx.execute(update(cards).where(cards.c.author == who).values(author=None, author_name=""))
