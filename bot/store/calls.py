"""Who was given the floor by name, where and when, and whether they answered."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from bot.effects import Floor
from bot.store.database import Tx
from bot.store.schema import calls


async def record(tx: Tx, floor: Floor, group: int, post: str, at: datetime) -> None:
    """Notes those whose names are in a post that goes out now."""
    where = {"group_id": group, "post": post, "at": at}
    alone = ((call, Floor((call,), floor.buttons)) for call in floor.calls)
    rows = [
        where | {"member": str(call.to), "floor": msgspec.json.encode(one).decode()}
        for call, one in alone
    ]
    if rows:
        await tx.execute(insert(calls), rows)


async def floor_of(tx: Tx, group: int, post: str) -> Floor | None:
    """The names that a post went out with, for when it is edited; None without any."""
    kept = [msgspec.json.decode(row.floor, type=Floor) for row in await in_post(tx, group, post)]
    calls_ = tuple(call for one in kept for call in one.calls)
    return Floor(calls_, kept[0].buttons) if kept else None


async def since(tx: Tx, members: Collection[str], moment: datetime) -> Sequence[Row[Any]]:
    """The calls (member, group_id, post, at, answered_at) of these members, the newest first."""
    where = (calls.c.member.in_(list(members)), calls.c.at > moment)
    return await tx.all(select(calls).where(*where).order_by(calls.c.at.desc(), calls.c.id.desc()))


async def in_post(tx: Tx, group: int, post: str) -> Sequence[Row[Any]]:
    """Those who were named in a post that was sent."""
    where = (calls.c.group_id == group, calls.c.post == post)
    return await tx.all(select(calls).where(*where).order_by(calls.c.id))


async def answered(tx: Tx, members: Collection[str], now: datetime, *, after: datetime) -> None:
    """These people took part, so that no call of theirs since `after` was ignored."""
    where = (calls.c.member.in_(list(members)), calls.c.answered_at.is_(None), calls.c.at > after)
    await tx.execute(update(calls).where(*where).values(answered_at=now))


async def withdraw(tx: Tx, group: int, post: str, at: datetime) -> None:
    """The post that was to go out at that moment did not: nobody was named in it."""
    where = (calls.c.group_id == group, calls.c.post == post, calls.c.at == at)
    await tx.execute(delete(calls).where(*where))
