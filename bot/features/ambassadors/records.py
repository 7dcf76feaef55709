"""Ambassadors, in SQL: who they are, and who may be asked now."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, select, update

from bot import consent
from bot.context import Context
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.rules import State, is_rested
from bot.features.ambassadors.tables import people
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.database import Tx
from bot.store.groups import Group


class Ambassador(Struct, frozen=True):
    """Somebody who was invited, or who agreed, or who did once."""

    id: int
    community: int
    member: str
    group_id: int
    state: str
    at: datetime
    asked_at: datetime | None
    closed_at: datetime | None
    opened: int

    @property
    def ref(self) -> MemberRef:
        """Who it is."""
        return MemberRef.parse(self.member)

    @property
    def active(self) -> bool:
        """Whether they agreed to be asked."""
        return self.state == State.AGREED


_FIELDS = [people.c[name] for name in Ambassador.__struct_fields__]


def _ambassador(row: Row[Any]) -> Ambassador:
    return Ambassador(**row._mapping)


async def by_id(tx: Tx, number: int) -> Ambassador | None:
    """The one with this number."""
    row = await tx.first(select(*_FIELDS).where(people.c.id == number))
    return _ambassador(row) if row else None


async def of(tx: Tx, community: int, member: MemberRef) -> Ambassador | None:
    """What is known of this person as an ambassador of the community."""
    where = (people.c.community == community, people.c.member == str(member))
    row = await tx.first(select(*_FIELDS).where(*where))
    return _ambassador(row) if row else None


async def of_community(tx: Tx, community: int) -> Sequence[Ambassador]:
    """Everybody who was ever invited or joined, the active ones in turn."""
    where = people.c.community == community
    order = (people.c.asked_at.is_not(None), people.c.asked_at, people.c.id)
    rows = await tx.all(select(*_FIELDS).where(where).order_by(*order))
    return [_ambassador(row) for row in rows]


async def note(
    tx: Tx, community: int, group: int, member: MemberRef, state: State, now: datetime
) -> Ambassador:
    """Makes this the person's state, whatever it was; what is known besides stays."""
    row = {
        "community": community,
        "member": str(member),
        "group_id": group,
        "state": state,
        "at": now,
    }
    statement = tx.insert(people).values(**row)
    changed = {name: statement.excluded[name] for name in ("group_id", "state", "at")}
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["community", "member"], set_=changed)
    )
    kept = await of(tx, community, member)
    if kept is None:
        raise LookupError(f"{member} was not kept")
    return kept


async def change(tx: Tx, number: int, **values: Any) -> None:
    """Sets columns of one ambassador."""
    await tx.execute(update(people).where(people.c.id == number).values(**values))


async def drop(tx: Tx, number: int) -> None:
    """As if they had never been invited."""
    await tx.execute(delete(people).where(people.c.id == number))


async def stop(tx: Tx, member: MemberRef, community: int, now: datetime) -> None:
    """This person is asked nothing more in the community, under whatever account they agreed."""
    accounts = await identities.of(tx, member)
    where = (people.c.community == community, people.c.member.in_(accounts))
    await tx.execute(update(people).where(*where).values(state=State.STOPPED, at=now))


async def reachable(tx: Tx, member: MemberRef, *, since: datetime | None) -> None:
    """Private messages to this account arrive (None), or do not since then."""
    where = people.c.member == str(member)
    await tx.execute(update(people).where(where).values(closed_at=since))


async def volunteers(
    ctx: Context, group: Group, not_members: Collection[MemberRef] = (), limit: int = 2
) -> list[MemberRef]:
    """Those who may be asked in private now, whose turn it is first.

    They agreed, can be written to, are in the group, were not asked for a week, and nothing
    stands against notifying them now; the send has to name them in `pings` all the same. None of
    `not_members` under any account, and nobody twice.
    """
    tx, rows = ctx.tx, await of_community(ctx.tx, group.community)
    ready = [r for r in rows if r.active and not r.closed_at and is_rested(r.asked_at, ctx.now)]
    here = await members.present_among(tx, group.id, [row.member for row in ready])
    there = [row.ref for row in ready if row.member in here]
    free = await consent.agreed(tx, there, ctx.now, group.zone, ambassadors.name)
    accounts = await identities.accounts(tx, [str(m) for m in (*free, *not_members)])
    taken = {account for member in not_members for account in accounts[str(member)]}
    chosen: list[MemberRef] = []
    for member in there:
        if member in free and str(member) not in taken and len(chosen) < limit:
            chosen.append(member)
            taken |= accounts[str(member)]
    return chosen


async def asked(tx: Tx, member: MemberRef, community: int, now: datetime) -> None:
    """Notes that an ambassador is being asked for something: the next turn is somebody else's."""
    accounts = await identities.of(tx, member)
    where = (people.c.community == community, people.c.member.in_(accounts))
    await tx.execute(update(people).where(*where).values(asked_at=now))
