"""Prompts for which an ambassador could be asked, and what came of them, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, select, update

from bot.features.ambassadors.tables import trials
from bot.follow_ups import Coming
from bot.store.database import Tx
from bot.store.groups import Group


class Trial(Struct, frozen=True):
    """One prompt. `asked` is what the coin said; None before it was thrown."""

    id: int
    community: int
    group_id: int
    post: str
    room: str
    subject: str
    due_at: datetime
    asked: bool | None
    chance: float | None
    before: float | None
    repliers: int
    went_out_at: datetime | None
    concluded: bool


_FIELDS = [trials.c[name] for name in Trial.__struct_fields__]


def _trial(row: Row[Any]) -> Trial:
    return Trial(**row._mapping)


async def prepare(tx: Tx, group: Group, post: str, coming: Coming) -> Trial:
    """The prompt's row; one that is known only learns when and what it will be."""
    row = {
        "community": group.community,
        "group_id": group.id,
        "post": post,
        "room": coming.chat.room,
        "subject": coming.subject,
        "due_at": coming.due_at,
        "repliers": 0,
        "concluded": False,
    }
    statement = tx.insert(trials).values(**row)
    changed = {name: statement.excluded[name] for name in ("room", "subject", "due_at")}
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["group_id", "post"], set_=changed)
    )
    made = await of_post(tx, group.id, post)
    if made is None:
        raise LookupError(f"{post} was not kept")
    return made


async def by_id(tx: Tx, number: int) -> Trial | None:
    """The one with this number."""
    row = await tx.first(select(*_FIELDS).where(trials.c.id == number))
    return _trial(row) if row else None


async def of_post(tx: Tx, group: int, post: str) -> Trial | None:
    """The row of a prompt."""
    where = (trials.c.group_id == group, trials.c.post == post)
    row = await tx.first(select(*_FIELDS).where(*where))
    return _trial(row) if row else None


async def change(tx: Tx, number: int, **values: Any) -> None:
    """Sets columns of one."""
    await tx.execute(update(trials).where(trials.c.id == number).values(**values))


async def count(tx: Tx, number: int) -> None:
    """One more person answered."""
    more = update(trials).where(trials.c.id == number).values(repliers=trials.c.repliers + 1)
    await tx.execute(more)


async def drop(tx: Tx, number: int) -> None:
    """Nothing can be learnt from it."""
    await tx.execute(delete(trials).where(trials.c.id == number))


async def concluded(tx: Tx, community: int, *, group: int = 0) -> Sequence[Trial]:
    """Those with a known outcome in the order of the draws, up to the first that is still open:
    what was known early must not be judged before the rest of its day. `group` takes one alone."""
    drawn = [trials.c.community == community, trials.c.asked.is_not(None)]
    if group:
        drawn.append(trials.c.group_id == group)
    waiting = select(trials.c.id).where(*drawn, ~trials.c.concluded)
    first = await tx.scalar(waiting.order_by(trials.c.id).limit(1))
    if first is not None:
        drawn.append(trials.c.id < first)
    done = select(*_FIELDS).where(*drawn, trials.c.concluded).order_by(trials.c.id)
    return [_trial(row) for row in await tx.all(done)]
