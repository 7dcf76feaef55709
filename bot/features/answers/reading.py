"""What can be read of the kept questions, in SQL: found, by topic, one in full, one's own."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import func, or_, select

from bot.features.answers import given as given_records
from bot.features.answers import questions as question_records
from bot.features.answers import topic_records
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.rules import READABLE, Answered, State
from bot.features.answers.tables import given, questions, thanks
from bot.recall import Recall
from bot.refs import MemberRef
from bot.store.database import Tx

NEAR = 0.3
"""What is found far less well than the best is not shown: the share of the best score."""
SOME_WORDS = 0.12
SOME_MEANING = 0.25
"""From where on a hit has to do with what somebody looks for; see `bot.recall.Hit`."""


class Entry(Struct, frozen=True):
    """A question with its kept answers, the best first."""

    question: Question
    answers: Sequence[Given]


class Shelf(Struct, frozen=True):
    """A topic and how many readable questions it has; number 0 gathers those without topic."""

    topic: int
    name: str
    questions: int


class Thanked(Struct, frozen=True):
    """A thanks that somebody got, with the words it is about."""

    id: int
    by: str
    question: str
    answer: str


async def found(tx: Tx, recall: Recall, community: int, text: str, limit: int) -> list[Entry]:
    """The kept questions most like a text, best first; repeats lead to what they repeat."""
    hits = await recall.search(tx, community, text, limit=2 * limit)
    near = [
        hit.item
        for hit in hits
        if hit.score >= hits[0].score * NEAR
        and (hit.words >= SOME_WORDS or hit.similarity >= SOME_MEANING)
    ]
    return (await entries(tx, community, near))[:limit]


async def entries(tx: Tx, community: int, numbers: Sequence[int]) -> list[Entry]:
    """The readable ones among these questions, in their order, each once."""
    rows = await question_records.by_ids(tx, numbers)
    same = {n: row.same_as for n, row in rows.items() if row.state == State.REPEAT and row.same_as}
    rows |= await question_records.by_ids(tx, [n for n in same.values() if n not in rows])
    wanted = dict.fromkeys(same.get(number, number) for number in numbers)
    readable = [
        row
        for number in wanted
        if (row := rows.get(number)) and row.community == community and row.state in READABLE
    ]
    answers = await given_records.to_questions(tx, [row.id for row in readable])
    return [Entry(row, answers[row.id]) for row in readable]


async def entry(tx: Tx, number: int) -> Entry | None:
    """One readable question."""
    row = await question_records.by_id(tx, number)
    if row is None or row.state not in READABLE:
        return None
    return Entry(row, await given_records.to_question(tx, number))


async def shelves(tx: Tx, community: int) -> list[Shelf]:
    """Every topic that has readable questions, the fullest first, those without topic last."""
    where = (questions.c.community == community, questions.c.state.in_(READABLE))
    counted = select(questions.c.topic, func.count().label("n")).where(*where)
    counts = {row.topic: row.n for row in await tx.all(counted.group_by(questions.c.topic))}
    known = await topic_records.of_community(tx, community)
    place = topic_records.readable(known)
    names = {topic.id: topic.name for topic in known}
    full: dict[int, int] = defaultdict(int)
    for topic, count in counts.items():
        full[place.get(topic, 0)] += count
    found = [Shelf(number, names.get(number, ""), count) for number, count in full.items()]
    return sorted(found, key=lambda shelf: (not shelf.topic, -shelf.questions, shelf.name))


async def on_shelf(tx: Tx, community: int, topic: int, limit: int, offset: int = 0) -> list[Entry]:
    """A stretch of a topic's questions, the newest first; topic 0: those without one."""
    place = topic_records.readable(await topic_records.of_community(tx, community))
    own = (
        questions.c.topic.in_([number for number, end in place.items() if end == topic])
        if topic
        else or_(questions.c.topic.is_(None), questions.c.topic.not_in(list(place)))
    )
    where = (questions.c.community == community, own, questions.c.state.in_(READABLE))
    listed = select(questions.c.id).where(*where).order_by(questions.c.id.desc())
    rows = await tx.all(listed.limit(limit).offset(offset))
    return await entries(tx, community, [row.id for row in rows])


async def topic_name(tx: Tx, question: Question) -> str:
    """The name of the topic that a question is read under, "" if there is none."""
    known = await topic_records.of_community(tx, question.community)
    end = topic_records.readable(known).get(question.topic or 0, 0)
    return next((topic.name for topic in known if topic.id == end), "")


async def newest(tx: Tx, community: int, limit: int) -> list[Entry]:
    """The newest questions that can be read."""
    where = (questions.c.community == community, questions.c.state.in_(READABLE))
    listed = select(questions.c.id).where(*where).order_by(questions.c.asked_at.desc())
    rows = await tx.all(listed.limit(limit))
    return await entries(tx, community, [row.id for row in rows])


async def asked_by(tx: Tx, member: MemberRef, limit: int) -> list[Question]:
    """Somebody's own questions in all groups, the newest first."""
    where = (questions.c.member == str(member), questions.c.state != State.DRAFT)
    order = questions.c.id.desc()
    rows = await tx.all(select(questions.c.id).where(*where).order_by(order).limit(limit))
    by_number = await question_records.by_ids(tx, [row.id for row in rows])
    return [by_number[row.id] for row in rows]


async def answered_by(tx: Tx, member: MemberRef, limit: int) -> Sequence[Any]:
    """Somebody's own answers: (question, text, helped) with the newest first."""
    where = (given.c.member == str(member), given.c.state == Answered.KEPT)
    fields = select(questions.c.id, questions.c.text, given.c.helped)
    joined = fields.join(questions, questions.c.id == given.c.question).where(*where)
    return await tx.all(joined.order_by(given.c.id.desc()).limit(limit))


async def thanks_to(tx: Tx, member: MemberRef, limit: int) -> list[Thanked]:
    """The thanks that reached somebody, those not told yet first, then the newest."""
    fields = select(
        thanks.c.id, questions.c.member_name.label("by"), questions.c.text, given.c.text.label("a")
    )
    joined = fields.join(questions, questions.c.id == thanks.c.question)
    joined = joined.join(given, given.c.id == thanks.c.answer)
    where = joined.where(thanks.c.member == str(member))
    rows = await tx.all(where.order_by(thanks.c.told, thanks.c.id.desc()).limit(limit))
    return [Thanked(row.id, row.by, row.text, row.a) for row in rows]


async def told(tx: Tx, numbers: Sequence[int]) -> None:
    """These thanks were shown to whom they are for."""
    if numbers:
        await tx.execute(thanks.update().where(thanks.c.id.in_(numbers)).values(told=True))
