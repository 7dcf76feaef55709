"""Challenges in SQL."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, insert, or_, select, update

from bot.features.games.challenge_tables import challenges
from bot.play import Pace
from bot.refs import MemberRef
from bot.store.database import Tx


class State(StrEnum):
    """What became of a challenge."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Challenge(Struct, frozen=True):
    """One group asks another for a game; see the table."""

    id: int
    game: str
    pace: Pace
    home: int
    room: str
    there: int
    member: MemberRef | None
    state: State
    at: datetime


def _challenge(row: Row[Any]) -> Challenge:
    values = dict(row._mapping)
    member = MemberRef.parse(row.member) if row.member else None
    return Challenge(
        **values | {"pace": Pace(row.pace), "state": State(row.state), "member": member}
    )


async def create(tx: Tx, *, home: int, there: int, **values: Any) -> int:
    """A new challenge, in place of an earlier one that is settled; returns its number."""
    both = (challenges.c.home == home, challenges.c.there == there)
    await tx.execute(delete(challenges).where(*both, challenges.c.state != State.OPEN))
    row = {"home": home, "there": there, "state": State.OPEN} | values
    made = await tx.execute(insert(challenges).values(**row).returning(challenges.c.id))
    return int(made.scalar_one())


async def by_id(tx: Tx, number: int) -> Challenge | None:
    """A challenge; nobody else changes it before this transaction ends."""
    row = await tx.first(select(challenges).where(challenges.c.id == number).with_for_update())
    return _challenge(row) if row else None


async def settle(tx: Tx, number: int, state: State) -> None:
    """The challenge is not open any more."""
    await tx.execute(update(challenges).where(challenges.c.id == number).values(state=state))


async def latest(tx: Tx, home: int, there: int) -> Challenge | None:
    """The last time that one group challenged another."""
    of_both = (challenges.c.home == home, challenges.c.there == there)
    newest = challenges.c.id.desc()
    row = await tx.first(select(challenges).where(*of_both).order_by(newest).limit(1))
    return _challenge(row) if row else None


async def open_at(tx: Tx, there: int) -> bool:
    """Whether a group has a challenge to answer."""
    waiting = (challenges.c.there == there, challenges.c.state == State.OPEN)
    return await tx.first(select(challenges.c.id).where(*waiting).limit(1)) is not None


async def open_of(tx: Tx, group: int) -> Sequence[Challenge]:
    """The open challenges by a group or to it."""
    either = or_(challenges.c.home == group, challenges.c.there == group)
    of_it = select(challenges).where(either, challenges.c.state == State.OPEN)
    return [_challenge(row) for row in await tx.all(of_it.order_by(challenges.c.id))]


async def of_member(tx: Tx, member: MemberRef) -> Sequence[Challenge]:
    """The challenges that somebody made, as long as they are kept."""
    own = select(challenges).where(challenges.c.member == str(member)).order_by(challenges.c.id)
    return [_challenge(row) for row in await tx.all(own)]


async def forget(tx: Tx, member: MemberRef) -> None:
    """Who challenged is not kept any more; the challenge stands."""
    own = challenges.c.member == str(member)
    await tx.execute(update(challenges).where(own).values(member=""))
