"""Posts that are coming, and what moderators decided about the names in them, in SQL."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Row, delete, select, update

from bot.features.quiet.reasons import Candidate
from bot.features.quiet.tables import coming, proposals
from bot.follow_ups import Coming
from bot.refs import ChatRef
from bot.store.database import Tx

KEPT = timedelta(days=7)
"""So long after its post a proposal is forgotten, and who was in it."""


class State(StrEnum):
    """What moderators said."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


class Proposal(Struct, frozen=True):
    """Who would be named in a post; `without` are those whom a moderator took out."""

    id: int
    group_id: int
    post: str
    subject: str
    candidates: tuple[Candidate, ...]
    without: frozenset[str]
    state: State
    due_at: datetime

    @property
    def name(self) -> str:
        """The name of the post that asks the moderators."""
        return f"quiet:proposal:{self.id}"

    @property
    def left(self) -> list[Candidate]:
        """Those who may be named if the moderators agree."""
        return [one for one in self.candidates if one.member not in self.without]


_FIELDS = [proposals.c[name] for name in Proposal.__struct_fields__]


def _proposal(row: Row[Any] | None) -> Proposal | None:
    if row is None:
        return None
    candidates = msgspec.json.decode(row.candidates, type=tuple[Candidate, ...])
    without = frozenset(json.loads(row.without))
    read = {"candidates": candidates, "without": without, "state": State(row.state)}
    return Proposal(**dict(row._mapping) | read)


async def by_id(tx: Tx, number: int) -> Proposal | None:
    """The proposal with that number."""
    return _proposal(await tx.first(select(*_FIELDS).where(proposals.c.id == number)))


async def of_post(tx: Tx, group: int, post: str) -> Proposal | None:
    """The proposal for a post."""
    where = (proposals.c.group_id == group, proposals.c.post == post)
    return _proposal(await tx.first(select(*_FIELDS).where(*where)))


async def propose(
    tx: Tx, group: int, event: Coming, candidates: Sequence[Candidate], now: datetime
) -> Proposal:
    """Keeps who would be named in a post, in place of what was proposed for it before."""
    row = {
        "group_id": group,
        "post": event.name,
        "subject": event.subject,
        "candidates": msgspec.json.encode(candidates).decode(),
        "without": "[]",
        "state": State.ASKED,
        "due_at": event.due_at,
        "made_at": now,
    }
    statement = tx.insert(proposals).values(**row)
    await tx.execute(statement.on_conflict_do_update(index_elements=["group_id", "post"], set_=row))
    made = await of_post(tx, group, event.name)
    if made is None:
        raise LookupError(f"the proposal for {event.name} was not kept")
    return made


async def move(tx: Tx, proposal: int, due_at: datetime) -> None:
    """The post comes at another moment; what was decided stays."""
    await tx.execute(update(proposals).where(proposals.c.id == proposal).values(due_at=due_at))


async def decide(
    tx: Tx, proposal: Proposal, state: State, without: frozenset[str] | None = None
) -> Proposal:
    """Keeps what a moderator said and gives the proposal as it stands then."""
    kept = proposal.without if without is None else without
    values = {"state": state, "without": json.dumps(sorted(kept))}
    await tx.execute(update(proposals).where(proposals.c.id == proposal.id).values(**values))
    return msgspec.structs.replace(proposal, state=state, without=kept)


async def note(tx: Tx, group: int, event: Coming) -> None:
    """Remembers what is coming, and forgets what has passed."""
    past = (coming.c.group_id == group, coming.c.due_at <= event.at)
    await tx.execute(delete(coming).where(*past))
    settled = (proposals.c.group_id == group, proposals.c.due_at <= event.at - KEPT)
    await tx.execute(delete(proposals).where(*settled))
    row = {
        "group_id": group,
        "name": event.name,
        "kind": event.kind,
        "subject": event.subject,
        "topics": json.dumps(event.topics),
        "due_at": event.due_at,
    }
    await tx.put(coming, row)


async def went_out(tx: Tx, group: int, name: str) -> None:
    """A post is no longer coming."""
    await tx.execute(delete(coming).where(coming.c.group_id == group, coming.c.name == name))


async def waiting(tx: Tx, group: int, chat: ChatRef, now: datetime) -> list[Coming]:
    """The posts that are coming in a group, the next one first, as they were told."""
    where = (coming.c.group_id == group, coming.c.due_at > now)
    rows = await tx.all(select(coming).where(*where).order_by(coming.c.due_at, coming.c.name))
    return [
        Coming(
            id=f"{row.name}:coming",
            at=now,
            chat=chat,
            name=row.name,
            kind=row.kind,
            subject=row.subject,
            topics=tuple(json.loads(row.topics)),
            due_at=row.due_at,
        )
        for row in rows
    ]
