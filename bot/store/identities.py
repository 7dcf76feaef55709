"""Accounts of the same person, linked by that person: wishes and budgets count for all of them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select

from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import identities


async def accounts(tx: Tx, members: Collection[str]) -> Mapping[str, frozenset[str]]:
    """For each of these members all accounts of the same person, the member's own included."""
    other = identities.alias()
    joined = select(identities.c.member.label("asked"), other.c.member).join(
        other, other.c.person == identities.c.person
    )
    found = {member: {member} for member in members}
    for row in await tx.all(joined.where(identities.c.member.in_(list(members)))):
        found[row.asked].add(row.member)
    return {member: frozenset(theirs) for member, theirs in found.items()}


async def of(tx: Tx, member: MemberRef) -> frozenset[str]:
    """All accounts of this person."""
    return (await accounts(tx, [str(member)]))[str(member)]


async def link(tx: Tx, one: MemberRef, other: MemberRef, now: datetime) -> None:
    """The two are one person from now on, with everything that either was linked to."""
    theirs = await of(tx, one) | await of(tx, other)
    for member in theirs:
        await tx.put(identities, {"member": member, "person": min(theirs), "linked_at": now})


async def unlink(tx: Tx, member: MemberRef) -> None:
    """This account stands for itself again; so does a single one that is left."""
    rest = await of(tx, member) - {str(member)}
    gone = {str(member)} | (rest if len(rest) == 1 else frozenset())
    await tx.execute(delete(identities).where(identities.c.member.in_(gone)))
