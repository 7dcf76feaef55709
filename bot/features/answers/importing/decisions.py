"""What moderators decided about the questions of the past, in SQL."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, and_, delete, func, select, update

from bot.features.answers import questions as question_records
from bot.features.answers.given import Given
from bot.features.answers.importing.tables import proposals
from bot.features.answers.memory import erase
from bot.features.answers.questions import Question
from bot.features.answers.rules import Answered, Source
from bot.features.answers.tables import given, questions
from bot.recall import Recall
from bot.store.database import Tx


class Decision(StrEnum):
    """What a moderator said of a proposal."""

    NONE = ""
    KEPT = "kept"
    SKIPPED = "skipped"


class Proposal(Struct, frozen=True):
    """A question that was found, by number, and what was decided."""

    id: int
    import_id: int
    question: int
    decision: str
    decided_at: datetime | None


_FIELDS = [proposals.c[name] for name in Proposal.__struct_fields__]
ITS_QUESTION = and_(
    questions.c.id == proposals.c.question,
    questions.c.group_id == proposals.c.group_id,
    questions.c.message == proposals.c.message,
    questions.c.source == Source.IMPORTED,
)
"""The number alone could by now be that of another question."""


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(**row._mapping)


async def by_id(tx: Tx, group: int, number: int) -> tuple[Proposal, Question] | None:
    """A proposal of the group with its question; None if that is gone."""
    return await _first(tx, proposals.c.group_id == group, proposals.c.id == number)


async def waiting(tx: Tx, group: int) -> tuple[Proposal, Question] | None:
    """The next proposal that nobody decided about: the newest question first, because what was
    said lately is true still."""
    where = (proposals.c.group_id == group, proposals.c.decision == Decision.NONE)
    return await _first(tx, *where)


async def _first(tx: Tx, *where: Any) -> tuple[Proposal, Question] | None:
    joined = select(*_FIELDS).join(questions, ITS_QUESTION).where(*where)
    row = await tx.first(joined.order_by(questions.c.asked_at.desc(), proposals.c.id))
    question = await question_records.by_id(tx, row.question) if row else None
    return (_proposal(row), question) if row and question else None


async def answers(tx: Tx, question: int) -> list[Given]:
    """What was answered to a proposed question: the surest first, then as it was said."""
    where = (given.c.question == question, given.c.source == Source.IMPORTED)
    order = (given.c.confidence.desc(), given.c.at, given.c.id)
    columns = [given.c[name] for name in Given.__struct_fields__]
    rows = await tx.all(select(*columns).where(*where).order_by(*order))
    return [Given(**row._mapping) for row in rows]


async def progress(tx: Tx, job: int) -> tuple[int, int]:
    """How many proposals of an import were decided about, and how many still wait."""
    of_job = proposals.c.import_id == job
    joined = select(func.count()).select_from(proposals.join(questions, ITS_QUESTION))
    left = await tx.scalar(joined.where(of_job, proposals.c.decision == Decision.NONE))
    decided = select(func.count()).select_from(proposals)
    done = await tx.scalar(decided.where(of_job, proposals.c.decision != Decision.NONE))
    return int(done or 0), int(left or 0)


async def undecided(tx: Tx, group: int, job: int) -> list[int]:
    """The proposals of an import that nobody decided about."""
    of_job = (proposals.c.group_id == group, proposals.c.import_id == job)
    where = (*of_job, proposals.c.decision == Decision.NONE)
    return [row.id for row in await tx.all(select(proposals.c.id).where(*where))]


async def decide(
    tx: Tx, group: int, numbers: Collection[int], decision: Decision, now: datetime
) -> None:
    """Notes what a moderator said. The decision before can't be taken back any more: what it
    put aside is deleted."""
    await _let_go(tx, group)
    values = {"decision": decision, "decided_at": now}
    await tx.execute(update(proposals).where(proposals.c.id.in_(list(numbers))).values(**values))


async def _let_go(tx: Tx, group: int) -> None:
    skipped = (proposals.c.group_id == group, proposals.c.decision == Decision.SKIPPED)
    await erase(tx, Recall(meaning=False), await _questions(tx, *skipped))
    kept = (proposals.c.group_id == group, proposals.c.decision == Decision.KEPT)
    theirs = select(questions.c.id).join(proposals, ITS_QUESTION).where(*kept)
    aside = (given.c.state == Answered.PROPOSED, given.c.source == Source.IMPORTED)
    await tx.execute(delete(given).where(*aside, given.c.question.in_(theirs)))


async def last_decided(tx: Tx, group: int) -> list[tuple[Proposal, Question]]:
    """What the last decision was about, as far as it is still there."""
    of_group = proposals.c.group_id == group
    joined = proposals.join(questions, ITS_QUESTION)
    latest = select(func.max(proposals.c.decided_at)).where(of_group).scalar_subquery()
    where = (of_group, proposals.c.decision != Decision.NONE, proposals.c.decided_at == latest)
    rows = await tx.all(select(*_FIELDS).select_from(joined).where(*where))
    known = await question_records.by_ids(tx, [row.question for row in rows])
    return [(_proposal(row), known[row.question]) for row in rows if row.question in known]


async def undecide(tx: Tx, numbers: Collection[int]) -> None:
    """These wait again."""
    values = {"decision": Decision.NONE, "decided_at": None}
    await tx.execute(update(proposals).where(proposals.c.id.in_(list(numbers))).values(**values))


async def brought(tx: Tx, job: int) -> tuple[int, int]:
    """How many questions of an import are kept, and how many wait."""
    of_job = proposals.c.import_id == job
    kept = await _questions(tx, of_job, proposals.c.decision == Decision.KEPT)
    return len(kept), len(await _questions(tx, of_job, proposals.c.decision == Decision.NONE))


async def take_back(tx: Tx, recall: Recall, job: int) -> int:
    """Deletes what an import brought, kept or not; how many questions. It can be found again."""
    of_job = proposals.c.import_id == job
    gone = await _questions(tx, of_job)
    await erase(tx, recall, gone)
    await tx.execute(delete(proposals).where(of_job))
    return len(gone)


async def expire(tx: Tx, recall: Recall, job: int) -> None:
    """Nobody looked at the rest of an import: its words are not kept for ever."""
    of_job, kept = proposals.c.import_id == job, proposals.c.decision == Decision.KEPT
    await erase(tx, recall, await _questions(tx, of_job, ~kept))
    left = proposals.c.decision == Decision.NONE
    await tx.execute(delete(proposals).where(of_job, left))


async def _questions(tx: Tx, *where: Any) -> list[int]:
    joined = select(questions.c.id).join(proposals, ITS_QUESTION).where(*where)
    return [row.id for row in await tx.all(joined)]
