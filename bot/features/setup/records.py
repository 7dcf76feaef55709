"""Drafts of a setup, and codes that bring groups together."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from bot.features.setup.rules import Draft
from bot.features.setup.tables import codes, drafts
from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import communities


async def draft(tx: Tx, group: int) -> tuple[Draft, Row[Any]] | None:
    """What was chosen so far, with the row that tells who chooses since when."""
    row = await tx.first(select(drafts).where(drafts.c.group_id == group))
    return (msgspec.json.decode(row.chosen, type=Draft), row) if row else None


async def save(tx: Tx, group: int, member: MemberRef, chosen: Draft, at: datetime) -> None:
    """Keeps what was chosen; the group has one draft, and one person who holds it."""
    text = msgspec.json.encode(chosen).decode()
    row = {"group_id": group, "member": str(member), "chosen": text, "at": at}
    await tx.put(drafts, row)


async def drop(tx: Tx, group: int) -> None:
    """The setup is finished, or given up."""
    await tx.execute(delete(drafts).where(drafts.c.group_id == group))


async def forget(tx: Tx, member: MemberRef) -> None:
    """Drops what somebody left half done."""
    await tx.execute(delete(drafts).where(drafts.c.member == str(member)))


async def name_of(tx: Tx, community: int) -> str:
    """What a community calls itself, empty if it never said."""
    name = await tx.scalar(select(communities.c.name).where(communities.c.id == community))
    return str(name or "")


async def rename(tx: Tx, community: int, name: str) -> None:
    """Gives a community its name."""
    await tx.execute(update(communities).where(communities.c.id == community).values(name=name))


async def found(tx: Tx, name: str) -> int:
    """Makes a community without groups; returns its number."""
    made = await tx.execute(insert(communities).values(name=name))
    return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0


async def offer(tx: Tx, group: int, code: str, expires_at: datetime) -> None:
    """Keeps a group's code; the one before is worth nothing any more."""
    row = {"group_id": group, "code": code, "expires_at": expires_at, "asked_by": None}
    await tx.put(codes, row)


async def by_code(tx: Tx, code: str, now: datetime) -> Row[Any] | None:
    """The row of a code that is still good."""
    where = (codes.c.code == code, codes.c.expires_at > now)
    return await tx.first(select(codes).where(*where))


async def of_group(tx: Tx, group: int, now: datetime) -> Row[Any] | None:
    """The code of a group, if it is still good."""
    where = (codes.c.group_id == group, codes.c.expires_at > now)
    return await tx.first(select(codes).where(*where))


async def ask(tx: Tx, code: str, by: int) -> None:
    """A group asks to come in by this code, which serves nobody else from now on."""
    await tx.execute(update(codes).where(codes.c.code == code).values(asked_by=by))


async def spend(tx: Tx, code: str) -> None:
    """The code is used up."""
    await tx.execute(delete(codes).where(codes.c.code == code))
