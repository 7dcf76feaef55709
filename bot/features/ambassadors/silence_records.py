"""First posts and questions that wait for a human answer, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, insert, select, update

from bot.features.ambassadors.silence_tables import newcomers, shown, waiting
from bot.refs import ChatRef, MemberRef
from bot.store.database import Tx
from bot.store.groups import Group

FIRST, QUESTION = "first", "question"
NAME = 120


class Waiting(Struct, frozen=True):
    """Something that nobody has answered. `message` is a native id in `room`; `post` the name of
    a post of ours that stands for it; `subject` is empty for a first post."""

    id: int
    kind: str
    group_id: int
    room: str
    message: str
    post: str
    member: str
    member_name: str
    subject: str
    at: datetime
    answered_at: datetime | None
    shown_at: datetime | None

    @property
    def author(self) -> MemberRef:
        """Who waits."""
        return MemberRef.parse(self.member)

    def chat_in(self, group: Group) -> ChatRef:
        """Where it was said."""
        return group.chat.in_room(self.room)


_FIELDS = [waiting.c[name] for name in Waiting.__struct_fields__]


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(**row._mapping)


async def expect(tx: Tx, group: int, member: MemberRef, at: datetime) -> None:
    """Somebody joined: what they say first is a first post."""
    await tx.put(newcomers, {"group_id": group, "member": str(member), "joined_at": at})


async def spoke(tx: Tx, group: int, member: MemberRef) -> datetime | None:
    """Since when a newcomer was silent, told once; None for anybody else."""
    where = (newcomers.c.group_id == group, newcomers.c.member == str(member))
    row = await tx.first(delete(newcomers).where(*where).returning(newcomers.c.joined_at))
    return row.joined_at if row else None


async def expected(tx: Tx, since: datetime) -> Sequence[Row[Any]]:
    """The newcomers (group_id, member) of the time since then."""
    return await tx.all(select(newcomers).where(newcomers.c.joined_at >= since))


async def forget_before(tx: Tx, moment: datetime) -> None:
    """Who joined before and never spoke is no newcomer any more."""
    await tx.execute(delete(newcomers).where(newcomers.c.joined_at < moment))


async def wait(tx: Tx, **values: Any) -> Waiting:
    """Keeps that something waits for an answer."""
    row = await tx.first(insert(waiting).values(**values).returning(*_FIELDS))
    if row is None:
        raise LookupError("the row was not kept")
    return _waiting(row)


async def by_id(tx: Tx, number: int) -> Waiting | None:
    """One of them."""
    row = await tx.first(select(*_FIELDS).where(waiting.c.id == number))
    return _waiting(row) if row else None


async def open_since(tx: Tx, since: datetime) -> Sequence[Waiting]:
    """First posts of the time since then that nobody has answered."""
    where = (waiting.c.kind == FIRST, waiting.c.at >= since, waiting.c.answered_at.is_(None))
    return [_waiting(row) for row in await tx.all(select(*_FIELDS).where(*where))]


async def answered(tx: Tx, number: int, at: datetime) -> None:
    """Somebody answered."""
    where = (waiting.c.id == number, waiting.c.answered_at.is_(None))
    await tx.execute(update(waiting).where(*where).values(answered_at=at))


async def withdraw(tx: Tx, group: int, message: str) -> None:
    """The message is gone."""
    where = (waiting.c.group_id == group, waiting.c.message == message, waiting.c.kind == FIRST)
    await tx.execute(delete(waiting).where(*where))


async def show(tx: Tx, number: int, member: MemberRef, at: datetime) -> int:
    """It is shown to somebody; gives the number of that."""
    await tx.execute(update(waiting).where(waiting.c.id == number).values(shown_at=at))
    values = {"waiting": number, "member": str(member), "at": at}
    return int(await tx.scalar(insert(shown).values(**values).returning(shown.c.id)))


async def shown_to(tx: Tx, number: int) -> set[MemberRef]:
    """Whom it was shown to."""
    rows = await tx.all(select(shown.c.member).where(shown.c.waiting == number))
    return {MemberRef.parse(row.member) for row in rows}


async def showing(tx: Tx, number: int) -> tuple[Waiting, MemberRef] | None:
    """What was shown to whom, by the number of that."""
    row = await tx.first(select(shown).where(shown.c.id == number))
    one = await by_id(tx, row.waiting) if row else None
    return (one, MemberRef.parse(row.member)) if row and one else None


async def say(tx: Tx, number: int, answer: str) -> None:
    """What somebody said to it."""
    await tx.execute(update(shown).where(shown.c.id == number).values(answer=answer))
