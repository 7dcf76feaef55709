"""Occasions on which somebody could be named, in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, select, update

from bot.features.quiet.tables import occasions
from bot.store.database import Tx


class Occasion(Struct, frozen=True):
    """One draw of the lot, and what followed from it; None while that is not known."""

    id: int
    community: int
    group_id: int
    post: str
    member: str
    kind: str
    why: str
    named: bool
    chance: float
    days_before: int
    messages_before: int
    at: datetime
    spoke: bool | None
    tied: bool | None


_FIELDS = [occasions.c[name] for name in Occasion.__struct_fields__]


def _occasion(row: Row[Any]) -> Occasion:
    return Occasion(**row._mapping)


async def record(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keeps what was drawn for a post (the columns but `id` and the outcomes), once."""
    if rows:
        await tx.execute(tx.insert(occasions).on_conflict_do_nothing(), [dict(row) for row in rows])


async def of_post(tx: Tx, group: int, post: str) -> Sequence[Occasion]:
    """What was drawn for a post."""
    where = (occasions.c.group_id == group, occasions.c.post == post)
    return [_occasion(row) for row in await tx.all(select(*_FIELDS).where(*where))]


async def conclude(tx: Tx, occasion: int, *, spoke: bool, tied: bool) -> None:
    """Keeps what followed."""
    where = occasions.c.id == occasion
    await tx.execute(update(occasions).where(where).values(spoke=spoke, tied=tied))


async def void(tx: Tx, group: int, post: str) -> None:
    """The post never came: nothing can be learnt from it."""
    where = (occasions.c.group_id == group, occasions.c.post == post)
    await tx.execute(delete(occasions).where(*where))
