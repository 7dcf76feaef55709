"""Accounts of the same person, linked by that person: wishes and budgets count for all of them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import identities, preferences, rests


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
    """This account stands for itself again; so does a single one that is left.

    What was wished under any of them was wished by the person: each account goes on with it.
    """
    theirs = await of(tx, member)
    await _share_wishes(tx, theirs)
    rest = theirs - {str(member)}
    gone = {str(member)} | (rest if len(rest) == 1 else frozenset())
    await tx.execute(delete(identities).where(identities.c.member.in_(gone)))
    if len(rest) > 1:  # the person is named after the first account, which may be the one that went
        stay = identities.c.member.in_(rest)
        await tx.execute(update(identities).where(stay).values(person=min(rest)))


async def _share_wishes(tx: Tx, theirs: Collection[str]) -> None:
    """Lets each of these accounts have the "never", the absence and the rests of all."""
    told = await tx.all(select(preferences).where(preferences.c.member.in_(theirs)))
    away = max((row.away_until for row in told if row.away_until), default=None)
    shared = {"no_pings": any(row.no_pings for row in told), "away_until": away}
    resting = select(rests.c.what, func.max(rests.c.until).label("until")).group_by(rests.c.what)
    rows = await tx.all(resting.where(rests.c.member.in_(theirs)))
    for one in sorted(theirs):
        if any(shared.values()):
            await tx.put(preferences, {"member": one} | shared)
        for row in rows:
            await tx.put(rests, {"member": one, "what": row.what, "until": row.until})
