"""Codes by which somebody proves that two accounts are theirs.

A code is a secret, so it comes from `secrets` and not from the event's own chance, which anybody
could compute who knows the event's number. If a handler is run again a new code is made, and the
old one was never shown. Only a hash is kept.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select, update

from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import link_codes, link_tries

VALID = timedelta(minutes=15)
TRIES, PER = 5, timedelta(hours=1)
"""Codes that do not fit, from one account in so much time."""
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8
"""31 letters, 8 of them: guessing 5 times in each of 15 minutes hits one code in 10 ** 11."""


def _digest(typed: str) -> str:
    said = "".join(letter for letter in typed.upper() if letter in LETTERS)
    return hashlib.sha256(said.encode()).hexdigest()


async def give(tx: Tx, member: MemberRef, now: datetime) -> str:
    """A new code for this account ("ABCD-EFGH"); the one before is worth nothing any more."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    row = {"member": str(member), "digest": _digest(code), "until": now + VALID, "taken_by": None}
    await tx.put(link_codes, row)
    return f"{code[:4]}-{code[4:]}"


async def may_try(tx: Tx, member: MemberRef, now: datetime) -> bool:
    """Whether this account has not guessed too often."""
    await tx.execute(delete(link_tries).where(link_tries.c.at <= now - PER))
    count = select(func.count()).select_from(link_tries)
    return int(await tx.scalar(count.where(link_tries.c.member == str(member))) or 0) < TRIES


async def take(tx: Tx, typed: str, member: MemberRef, now: datetime) -> MemberRef | None:
    """The account whose code this is; from now on the code is for `member` alone.

    A code that does not fit counts as a try.
    """
    await tx.execute(delete(link_codes).where(link_codes.c.until <= now))
    free = or_(link_codes.c.taken_by.is_(None), link_codes.c.taken_by == str(member))
    where = (link_codes.c.digest == _digest(typed), free)
    row = await tx.first(select(link_codes.c.member).where(*where))
    if row is None:
        await tx.execute(insert(link_tries).values(member=str(member), at=now))
        return None
    if row.member != str(member):
        await tx.execute(update(link_codes).where(*where).values(taken_by=str(member)))
    return MemberRef.parse(row.member)


async def taken(tx: Tx, member: MemberRef, now: datetime) -> MemberRef | None:
    """The account whose code this one took last and may still use; the code is used up."""
    where = (link_codes.c.taken_by == str(member), link_codes.c.until > now)
    newest = select(link_codes.c.member).where(*where).order_by(link_codes.c.until.desc())
    row: Row[Any] | None = await tx.first(newest)
    await tx.execute(delete(link_codes).where(link_codes.c.taken_by == str(member)))
    return MemberRef.parse(row.member) if row else None
