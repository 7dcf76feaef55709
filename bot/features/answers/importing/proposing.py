"""What was found in the past is put before a moderator, in SQL: few statements for many finds."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.events import MessagePosted
from bot.features.answers.importing.decisions import ITS_QUESTION, Decision
from bot.features.answers.importing.pairing import Pair
from bot.features.answers.importing.tables import proposals
from bot.features.answers.rules import NAME, Answered, Source, State, fingerprint, tidy
from bot.features.answers.tables import given, questions
from bot.store.database import Tx
from bot.store.groups import Group

ANSWERS = 5
"""Answers that are proposed to one question."""
MOST = 300
"""Values of one comparison: databases limit how many there may be."""
STAYS = timedelta(days=30)
"""How long a proposal waits for a moderator."""


async def propose(
    tx: Tx, group: Group, job: int, pairs: Sequence[Pair], left_out: Collection[str]
) -> int:
    """Keeps pairs for review; how many of their questions are new.

    Not what is kept already, what was decided about, or what those said who are left out.
    """
    wanted = [p for p in pairs if not {str(p.question.member), str(p.answer.member)} & {*left_out}]
    asked = {pair.question.message: pair.question for pair in wanted}
    numbers, closed = await _standing(tx, group.id, list(asked))
    fresh = [one for message, one in asked.items() if message not in closed | numbers.keys()]
    if fresh:
        numbers |= await _keep_questions(tx, group, job, fresh)
    await _keep_answers(tx, group, numbers, wanted)
    return len(fresh)


async def _standing(tx: Tx, group: int, asked: list[str]) -> tuple[dict[str, int], set[str]]:
    """Of these messages, the questions that wait, by message; and the messages that must not be
    proposed."""
    waiting: dict[str, int] = {}
    closed: set[str] = set()
    for start in range(0, len(asked), MOST):
        some = asked[start : start + MOST]
        here = (proposals.c.group_id == group, proposals.c.message.in_(some))
        for row in await tx.all(select(proposals.c.message, proposals.c.decision).where(*here)):
            closed |= {row.message} if row.decision else set()
        kept = (questions.c.group_id == group, questions.c.message.in_(some))
        columns = select(questions.c.message, questions.c.id, proposals.c.decision)
        for row in await tx.all(columns.outerjoin(proposals, ITS_QUESTION).where(*kept)):
            if row.decision == Decision.NONE:
                waiting[row.message] = row.id
            else:
                closed.add(row.message)
    return {message: n for message, n in waiting.items() if message not in closed}, closed


async def _keep_questions(
    tx: Tx, group: Group, job: int, asked: Sequence[MessagePosted]
) -> dict[str, int]:
    """The numbers of the new questions, by message."""
    rows = [
        {
            "community": group.community,
            "group_id": group.id,
            "member": str(one.member),
            "member_name": one.name[:NAME],
            "text": tidy(one.text),
            "fingerprint": fingerprint(one.text),
            "language": "",
            "state": State.PROPOSED,
            "source": Source.IMPORTED,
            "room": one.chat.room,
            "message": one.message,
            "asked_at": one.at,
        }
        for one in asked
    ]
    told = questions.insert().returning(questions.c.message, questions.c.id)
    made = {row.message: row.id for row in (await tx.execute(told, rows)).all()}
    insert = tx.insert(proposals)
    keys = ["group_id", "message"]
    taken = {name: insert.excluded[name] for name in ("import_id", "question")}
    entries = [
        {"import_id": job, "group_id": group.id, "message": message, "question": number}
        for message, number in made.items()
    ]
    await tx.execute(insert.on_conflict_do_update(index_elements=keys, set_=taken), entries)
    return made


async def _keep_answers(
    tx: Tx, group: Group, numbers: Mapping[str, int], pairs: Sequence[Pair]
) -> None:
    """What answers these questions, at most ANSWERS each."""
    counted = select(given.c.question, func.count().label("n")).group_by(given.c.question)
    count: Counter[int] = Counter()
    chosen = sorted(numbers.values())
    for start in range(0, len(chosen), MOST):
        where = given.c.question.in_(chosen[start : start + MOST])
        count.update({row.question: row.n for row in await tx.all(counted.where(where))})
    rows = []
    for pair in pairs:
        question = numbers.get(pair.question.message)
        if question is not None and count[question] < ANSWERS:
            count[question] += 1
            rows.append(_answer(group, question, pair))
    if rows:
        await tx.execute(tx.insert(given).on_conflict_do_nothing(), rows)


def _answer(group: Group, question: int, pair: Pair) -> dict[str, Any]:
    said = pair.answer
    return {
        "question": question,
        "group_id": group.id,
        "member": str(said.member),
        "member_name": said.name[:NAME],
        "text": tidy(said.text),
        "room": said.chat.room,
        "message": said.message,
        "at": said.at,
        "source": Source.IMPORTED,
        "confidence": pair.confidence,
        "state": Answered.PROPOSED,
    }
