"""The effects that wait to be sent, and what is known of those under way.

A new content for a post takes the place of one that still waits: where many act on the same post,
a platform's pace decides how often it changes, and nobody waits behind contents of the past.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, literal_column, select, update

from bot.effects import AnyEffect, Edit, to_json
from bot.store.database import Tx
from bot.store.schema import EPOCH, outbox
from bot.store.sqlite_connection import at_once

WAITING, SENDING, FAILED = "waiting", "sending", "failed"
_LIGHT = [
    outbox.c[name]
    for name in ("id", "platform", "chat", "urgency", "not_before", "state", "doubt_since")
]
_ADD = at_once(insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True))
_SUPERSEDED = at_once(
    delete(outbox).where(
        outbox.c.edits == bindparam("name"),
        outbox.c.edits != literal_column("''"),  # the index holds no others
        outbox.c.group_id == bindparam("group"),
        outbox.c.state == WAITING,
    )
)


def row_of(effect: AnyEffect, event: str, group: int, at: datetime) -> dict[str, Any]:
    """The row that an effect becomes."""
    return {
        "platform": effect.chat.platform,
        "chat": str(effect.chat),
        "group_id": group,
        "urgency": int(effect.urgency),
        "feature": effect.feature,
        "event": event,
        "effect": to_json(effect),
        "edits": effect.name if isinstance(effect, Edit) and not effect.answering else "",
        "created_at": at,
        "not_before": EPOCH,  # at once, whatever the platform's clock says
        "state": WAITING,
    }


async def add(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Puts effects at the end; returns their numbers in the same order.

    Of several contents of one post only the last is kept.
    """
    last = {(row["group_id"], row["edits"]): n for n, row in enumerate(rows) if row["edits"]}
    rows = [
        row
        for n, row in enumerate(rows)
        if not row["edits"] or last[row["group_id"], row["edits"]] == n
    ]
    for group, name in last:
        await tx.execute(_SUPERSEDED, {"name": name, "group": group})
    values = rows[0] if len(rows) == 1 else list(rows)  # one alone is far quicker
    return [row.id for row in (await tx.execute(_ADD, values)).all()]


async def pending(tx: Tx, platform: str, above: int = 0) -> Sequence[Row[Any]]:
    """What is waiting or under way on a platform, without the effects themselves."""
    where = (outbox.c.platform == platform, outbox.c.state != FAILED, outbox.c.id > above)
    return await tx.all(select(*_LIGHT).where(*where).order_by(outbox.c.id))


async def load(tx: Tx, ids: Collection[int]) -> Sequence[Row[Any]]:
    """The whole rows, in order."""
    return await tx.all(select(outbox).where(outbox.c.id.in_(ids)).order_by(outbox.c.id))


async def mark_sending(tx: Tx, ids: Collection[int], at: datetime) -> None:
    """From here on a crash leaves these in doubt."""
    values = {"state": SENDING, "claimed_at": at, "tries": outbox.c.tries + 1}
    await tx.execute(update(outbox).where(outbox.c.id.in_(ids)).values(values))


async def postpone(tx: Tx, row: int, until: datetime, error: str) -> None:
    """Nothing was sent; again later."""
    values = {"state": WAITING, "not_before": until, "error": error[:500]}
    await tx.execute(update(outbox).where(outbox.c.id == row).values(values))


async def doubt(tx: Tx, row: Row[Any], now: datetime, error: str) -> None:
    """It may have arrived; sent again at once, with the moment from which that is in doubt."""
    since = row.doubt_since or row.claimed_at or now
    values = {"state": WAITING, "not_before": now, "doubt_since": since, "error": error[:500]}
    await tx.execute(update(outbox).where(outbox.c.id == row.id).values(values))


async def give_up(tx: Tx, row: int, error: str) -> None:
    """Keeps what could not be sent, with the reason."""
    where = outbox.c.id == row
    await tx.execute(update(outbox).where(where).values(state=FAILED, error=error[:500]))


async def done(tx: Tx, ids: Collection[int]) -> None:
    """These arrived."""
    await tx.execute(delete(outbox).where(outbox.c.id.in_(ids)))
