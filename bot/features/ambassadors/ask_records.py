"""Who was asked to begin what, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, insert, select, update

from bot import consent
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.rules import IGNORED, LONG_REST, OPEN, Asked
from bot.features.ambassadors.tables import asks, people
from bot.refs import MemberRef
from bot.store.database import Tx


class Ask(Struct, frozen=True):
    """One time that somebody was asked to begin; `subject` is what the prompt asked then."""

    id: int
    group_id: int
    post: str
    member: str
    subject: str
    state: str
    asked_at: datetime
    written: str | None

    @property
    def ref(self) -> MemberRef:
        """Who was asked."""
        return MemberRef.parse(self.member)

    @property
    def stands(self) -> bool:
        """Whether it is still up to this person."""
        return self.state in OPEN


_FIELDS = [asks.c[name] for name in Ask.__struct_fields__]


def _ask(row: Row[Any]) -> Ask:
    return Ask(**row._mapping)


async def create(
    tx: Tx, group: int, post: str, member: MemberRef, subject: str, now: datetime
) -> Ask:
    """Somebody is asked now."""
    row = {
        "group_id": group,
        "post": post,
        "member": str(member),
        "subject": subject,
        "state": Asked.WAITING,
        "asked_at": now,
    }
    made = await tx.first(insert(asks).values(**row).returning(*_FIELDS))
    if made is None:
        raise LookupError("nothing was kept")
    return _ask(made)


async def by_id(tx: Tx, number: int) -> Ask | None:
    """The one with this number."""
    row = await tx.first(select(*_FIELDS).where(asks.c.id == number))
    return _ask(row) if row else None


async def about(tx: Tx, group: int, post: str) -> Sequence[Ask]:
    """Everybody who was asked to begin this post, the first one first."""
    where = (asks.c.group_id == group, asks.c.post == post)
    rows = await tx.all(select(*_FIELDS).where(*where).order_by(asks.c.id))
    return [_ask(row) for row in rows]


async def standing(tx: Tx, group: int, post: str) -> Ask | None:
    """The one whose answer is waited for, or who said yes; there is never more than one."""
    return next((ask for ask in await about(tx, group, post) if ask.stands), None)


async def standing_of(tx: Tx, members: Sequence[str], community: int) -> Sequence[Ask]:
    """What these accounts were asked in the community and have not done."""
    own = select(people.c.member).where(
        people.c.community == community, people.c.member.in_(members)
    )
    where = (asks.c.member.in_(own.scalar_subquery()), asks.c.state.in_(OPEN))
    return [_ask(row) for row in await tx.all(select(*_FIELDS).where(*where))]


async def change(tx: Tx, ask: Ask, state: Asked, *, written: str | None = None) -> None:
    """How it stands now; what was written before is replaced."""
    values = {"state": state, "written": written}
    await tx.execute(update(asks).where(asks.c.id == ask.id).values(**values))


async def unanswered(tx: Tx, ask: Ask, now: datetime) -> None:
    """No answer came. Who ignores this again and again rests from it, until they join anew."""
    await change(tx, ask, Asked.SILENT)
    last = select(asks.c.state).where(asks.c.member == ask.member).order_by(asks.c.id.desc())
    states = [row.state for row in await tx.all(last.limit(IGNORED))]
    if states == [Asked.SILENT] * IGNORED:
        await consent.rest(tx, ask.ref, ambassadors.name, now + LONG_REST)
