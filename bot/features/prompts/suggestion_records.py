"""Suggestions in the store."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, func, insert, select, update

from bot.features.prompts.deck_rules import fingerprint
from bot.features.prompts.tables import suggestions
from bot.store.database import Tx


class State(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Suggestion(Struct, frozen=True):
    """A prompt that a member would like to see; `card` is what it became."""

    id: int
    group_id: int
    member: str
    member_name: str
    text: str
    state: State
    card: int | None
    reason: str
    made_at: datetime
    decided_by: str | None

    @property
    def post(self) -> str:
        """The name of the moderators' post about it."""
        return f"prompt:suggestion:{self.id}"


_FIELDS = [suggestions.c[name] for name in Suggestion.__struct_fields__]


def _suggestion(row: Row[Any]) -> Suggestion:
    values = dict(row._mapping)
    return Suggestion(**values | {"state": State(values["state"])})


async def find(tx: Tx, group: int, number: int) -> Suggestion | None:
    """The suggestion with this number, if it was made in the group."""
    where = (suggestions.c.id == number, suggestions.c.group_id == group)
    row = await tx.first(select(*_FIELDS).where(*where))
    return _suggestion(row) if row else None


async def waiting(tx: Tx, group: int) -> Sequence[Suggestion]:
    """Those that nobody decided yet, the oldest first."""
    where = (suggestions.c.group_id == group, suggestions.c.state == State.OPEN)
    rows = await tx.all(select(*_FIELDS).where(*where).order_by(suggestions.c.id))
    return [_suggestion(row) for row in rows]


async def of_member(tx: Tx, group: int, member: str, limit: int) -> Sequence[Suggestion]:
    """Somebody's own, the newest first."""
    where = (suggestions.c.group_id == group, suggestions.c.member == member)
    newest = select(*_FIELDS).where(*where).order_by(suggestions.c.id.desc()).limit(limit)
    return [_suggestion(row) for row in await tx.all(newest)]


async def open_of(tx: Tx, member: str) -> int:
    """How many of somebody's suggestions wait, in all groups."""
    where = (suggestions.c.member == member, suggestions.c.state == State.OPEN)
    return int(await tx.scalar(select(func.count()).select_from(suggestions).where(*where)) or 0)


async def made_since(tx: Tx, member: str, since: datetime) -> list[datetime]:
    """When somebody made suggestions after a moment, whatever became of them, in order."""
    where = (suggestions.c.member == member, suggestions.c.made_at > since)
    rows = await tx.all(select(suggestions.c.made_at).where(*where))
    return sorted(row.made_at for row in rows)


async def same_as(tx: Tx, group: int, text: str) -> Suggestion | None:
    """One that waits in the group and counts as the same prompt."""
    where = (
        suggestions.c.group_id == group,
        suggestions.c.state == State.OPEN,
        suggestions.c.fingerprint == fingerprint(text),
    )
    row = await tx.first(select(*_FIELDS).where(*where))
    return _suggestion(row) if row else None


async def keep(tx: Tx, group: int, member: str, name: str, text: str, now: datetime) -> Suggestion:
    """A new suggestion, which waits."""
    values = {
        "group_id": group,
        "member": member,
        "member_name": name,
        "text": text,
        "fingerprint": fingerprint(text),
        "state": State.OPEN,
        "made_at": now,
    }
    made = await tx.execute(insert(suggestions).values(**values).returning(suggestions.c.id))
    number = int(made.scalar_one())
    return Suggestion(number, group, member, name, text, State.OPEN, None, "", now, None)


async def decide(
    tx: Tx,
    number: int,
    state: State,
    by: str,
    now: datetime,
    *,
    card: int | None = None,
    reason: str = "",
) -> None:
    """Ends the waiting."""
    values = {
        "state": state,
        "decided_by": by,
        "decided_at": now,
        "card": card,
        "reason": reason,
    }
    await tx.execute(update(suggestions).where(suggestions.c.id == number).values(**values))
