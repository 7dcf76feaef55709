"""What was answered to questions, in SQL."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, case, delete, select, update

from bot.features.answers.core import GIVEN
from bot.features.answers.rules import NAME, Answered, Source, Worked, tidy
from bot.features.answers.tables import flags, given, thanks
from bot.refs import MemberRef, MessageRef
from bot.store import posts
from bot.store.database import Tx


class Given(Struct, frozen=True):
    """One answer. `message` is the author's own, if it was a message."""

    id: int
    question: int
    group_id: int
    member: str
    member_name: str
    text: str
    room: str
    message: str | None
    at: datetime
    source: str
    confidence: float
    state: str
    solves: bool
    solved_by: str | None
    solved_at: datetime | None
    worked: str
    outdated: bool
    helped: int

    @property
    def author(self) -> MemberRef:
        """Who answered."""
        return MemberRef.parse(self.member)


_FIELDS = [given.c[name] for name in Given.__struct_fields__]


def _given(row: Row[Any]) -> Given:
    return Given(**row._mapping)


async def keep(
    tx: Tx,
    question: int,
    group: int,
    author: MemberRef,
    name: str,
    text: str,
    at: datetime,
    *,
    source: Source,
    place: MessageRef | None = None,
    confidence: float = 1.0,
    state: Answered = Answered.KEPT,
) -> Given | None:
    """Keeps an answer; None if this message is already one to the question."""
    statement = tx.insert(given).values(
        question=question,
        group_id=group,
        member=str(author),
        member_name=name[:NAME],
        text=tidy(text),
        room=place.chat.room if place else "",
        message=place.id if place else None,
        at=at,
        source=source,
        confidence=confidence,
        state=state,
    )
    made = await tx.first(statement.on_conflict_do_nothing().returning(given.c.id))
    return await by_id(tx, made.id) if made else None


async def by_id(tx: Tx, number: int) -> Given | None:
    """The answer with this number."""
    row = await tx.first(select(*_FIELDS).where(given.c.id == number))
    return _given(row) if row else None


async def of_message(tx: Tx, group: int, place: MessageRef) -> Given | None:
    """The answer that a message is, the newest if it answers several questions; also that which
    a post of ours shows, because it was given in a form."""
    where = (given.c.group_id == group, given.c.message == place.id)
    row = await tx.first(select(*_FIELDS).where(*where).order_by(given.c.id.desc()))
    if row is not None:
        return _given(row)
    post = await posts.at(tx, place)
    number = post.name.partition(posts.LINK)[0].rpartition(GIVEN)[2] if post else ""
    return await by_id(tx, int(number)) if number.isdecimal() else None


async def to_questions(tx: Tx, numbers: Collection[int]) -> dict[int, list[Given]]:
    """The kept answers of each question: those that solved it first, then the most helpful;
    what did not work comes after them, the outdated last."""
    found: dict[int, list[Given]] = {number: [] for number in numbers}
    if not numbers:
        return found
    where = (given.c.question.in_(list(numbers)), given.c.state == Answered.KEPT)
    failed = case((given.c.worked == Worked.NO, 1), else_=0)
    order = (given.c.outdated, failed, given.c.solves.desc(), given.c.helped.desc(), given.c.id)
    for row in await tx.all(select(*_FIELDS).where(*where).order_by(*order)):
        found[row.question].append(_given(row))
    return found


async def to_question(tx: Tx, number: int) -> list[Given]:
    """The kept answers of one question, in the order of `to_questions`."""
    return (await to_questions(tx, [number]))[number]


async def change(tx: Tx, number: int, **values: Any) -> None:
    """Sets columns of an answer."""
    await tx.execute(update(given).where(given.c.id == number).values(**values))


async def remove(tx: Tx, number: int) -> None:
    """Deletes an answer, with the thanks for it and what was said against it."""
    for table in (flags, thanks):
        await tx.execute(delete(table).where(table.c.answer == number))
    await tx.execute(delete(given).where(given.c.id == number))
