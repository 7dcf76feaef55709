"""The questions of the last time, as figures, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.features.answers import topic_records
from bot.features.answers.needs_rules import Asked
from bot.features.answers.rules import State
from bot.features.answers.tables import questions
from bot.store.database import Tx
from bot.store.groups import Group

MOST = 5_000
"""Questions that are looked at, the newest."""
COUNTED = (State.OPEN, State.SOLVED, State.CLOSED, State.REPEAT)


async def asked(tx: Tx, group: Group, since: datetime) -> Sequence[Asked]:
    """The group's questions since then; a repeat counts for the topic that it repeats."""
    same = questions.alias()
    where = (
        questions.c.community == group.community,
        questions.c.asked_at >= since,
        questions.c.group_id == group.id,
        questions.c.state.in_(COUNTED),
    )
    chosen = (
        select(
            questions.c.member,
            questions.c.state,
            questions.c.asked_at,
            questions.c.answered_at,
            func.coalesce(questions.c.topic, same.c.topic).label("topic"),
        )
        .outerjoin(same, same.c.id == questions.c.same_as)
        .where(*where)
        .order_by(questions.c.asked_at.desc())
        .limit(MOST)
    )
    place = topic_records.readable(await topic_records.of_community(tx, group.community))
    return [
        Asked(
            topic=place.get(row.topic, 0),
            member=row.member,
            unanswered=row.answered_at is None and row.state in (State.OPEN, State.CLOSED),
            repeated=row.state == State.REPEAT,
            waited=row.answered_at - row.asked_at if row.answered_at else None,
        )
        for row in await tx.all(chosen)
    ]
