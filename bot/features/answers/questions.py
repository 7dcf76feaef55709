"""Questions, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select, update

from bot.features.answers.rules import NAME, Source, State, fingerprint, tidy
from bot.features.answers.tables import questions
from bot.refs import ChatRef, MemberRef
from bot.store.database import Tx
from bot.store.groups import Group

NEWEST = 10
"""Open questions to pick from."""


class Question(Struct, frozen=True):
    """What somebody wanted to know. `message` is theirs, if they wrote it as a message."""

    id: int
    community: int
    group_id: int
    member: str
    member_name: str
    text: str
    fingerprint: str
    language: str
    topic: int | None
    topic_fixed: bool
    state: str
    source: str
    same_as: int | None
    room: str
    message: str | None
    asked_at: datetime
    answered_at: datetime | None
    solved_at: datetime | None
    stage: int
    edited_at: datetime | None = None

    @property
    def asker(self) -> MemberRef:
        """Who asked."""
        return MemberRef.parse(self.member)

    def chat_in(self, group: Group) -> ChatRef:
        """The room where it was asked; `group` is its own."""
        return group.chat.in_room(self.room)


_FIELDS = [questions.c[name] for name in Question.__struct_fields__]


def _question(row: Row[Any]) -> Question:
    return Question(**row._mapping)


async def create(
    tx: Tx,
    group: Group,
    room: str,
    asker: MemberRef,
    name: str,
    text: str,
    at: datetime,
    *,
    state: State,
    source: Source,
    message: str | None = None,
    language: str = "",
) -> Question:
    """Keeps a question; it is not searchable before `life.opened`."""
    made = await tx.execute(
        questions.insert().values(
            community=group.community,
            group_id=group.id,
            member=str(asker),
            member_name=name[:NAME],
            text=tidy(text),
            fingerprint=fingerprint(text),
            language=language,
            state=state,
            source=source,
            room=room,
            message=message,
            asked_at=at,
        )
    )
    key = made.inserted_primary_key
    found = await by_id(tx, int(key[0])) if key else None
    if found is None:
        raise LookupError("the question was not kept")
    return found


async def by_id(tx: Tx, number: int) -> Question | None:
    """The question with this number."""
    row = await tx.first(select(*_FIELDS).where(questions.c.id == number))
    return _question(row) if row else None


async def by_ids(tx: Tx, numbers: Collection[int]) -> dict[int, Question]:
    """The questions with these numbers, in one statement."""
    if not numbers:
        return {}
    rows = await tx.all(select(*_FIELDS).where(questions.c.id.in_(list(numbers))))
    return {row.id: _question(row) for row in rows}


async def of_message(tx: Tx, group: int, message: str) -> Question | None:
    """The question that a person's message is."""
    where = (questions.c.group_id == group, questions.c.message == message)
    row = await tx.first(select(*_FIELDS).where(*where).order_by(questions.c.id.desc()))
    return _question(row) if row else None


async def same(
    tx: Tx, community: int, text: str, *, since: datetime | None = None
) -> Sequence[Question]:
    """Questions of the same wording, the newest first."""
    where = [questions.c.community == community, questions.c.fingerprint == fingerprint(text)]
    if since is not None:
        where.append(questions.c.asked_at >= since)
    order = questions.c.id.desc()
    return [_question(r) for r in await tx.all(select(*_FIELDS).where(*where).order_by(order))]


async def open_since(tx: Tx, since: datetime) -> Sequence[Question]:
    """Every open question asked since then, oldest first, over all communities."""
    where = (questions.c.state == State.OPEN, questions.c.asked_at >= since)
    order = questions.c.id
    return [_question(r) for r in await tx.all(select(*_FIELDS).where(*where).order_by(order))]


async def open_in(
    tx: Tx, group: Group, since: datetime, *, member: str = "", room: str | None = None
) -> Sequence[Question]:
    """The newest open questions of a group: of a person, or in a room."""
    where = [
        questions.c.community == group.community,
        questions.c.group_id == group.id,
        questions.c.state == State.OPEN,
        questions.c.asked_at >= since,
    ]
    if member:
        where.append(questions.c.member == member)
    if room is not None:
        where.append(questions.c.room == room)
    order = questions.c.id.desc()
    rows = await tx.all(select(*_FIELDS).where(*where).order_by(order).limit(NEWEST))
    return [_question(r) for r in rows]


async def change(tx: Tx, number: int, **values: Any) -> None:
    """Sets columns of a question."""
    await tx.execute(update(questions).where(questions.c.id == number).values(**values))
