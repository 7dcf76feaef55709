"""What the answers keep of a person: told on demand, and forgotten on demand."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select, update

from bot.commands import N_
from bot.features.answers.core import answers
from bot.features.answers.tables import (
    carries,
    flags,
    given,
    offered,
    questions,
    thanks,
    travels,
    willing,
)
from bot.recall import Recall
from bot.refs import MemberRef
from bot.store.database import Tx


async def erase(tx: Tx, recall: Recall, numbers: Collection[int]) -> None:
    """Deletes questions, what was answered to them, and what followed from that."""
    if not numbers:
        return
    chosen = list(numbers)
    theirs = select(given.c.id).where(given.c.question.in_(chosen)).scalar_subquery()
    await tx.execute(delete(flags).where(flags.c.answer.in_(theirs)))
    await tx.execute(delete(thanks).where(thanks.c.answer.in_(theirs)))
    for table in (thanks, given, carries, travels):
        await tx.execute(delete(table).where(table.c.question.in_(chosen)))
    repeats = update(questions).where(questions.c.same_as.in_(chosen)).values(same_as=None)
    await tx.execute(repeats)
    await tx.execute(delete(questions).where(questions.c.id.in_(chosen)))
    for number in chosen:
        await recall.drop(tx, number)


@answers.keeps
async def kept(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """Questions, answers, and the topics that the person offered help with."""
    who = str(member)
    asked = select(questions.c.text, questions.c.asked_at, questions.c.state)
    answered = select(given.c.text, given.c.at).where(given.c.member == who)
    topics = select(willing.c.topic).where(willing.c.member == who)
    carried = select(carries.c.at).where(carries.c.member == who).order_by(carries.c.at)
    offers = select(offered.c.until).where(offered.c.member == who)
    marked = select(flags.c.at).where(flags.c.member == who).order_by(flags.c.at)
    thanked = select(thanks.c.at).where(thanks.c.member == who).order_by(thanks.c.at)
    return {
        N_("Your questions"): [
            {"text": row.text, "state": row.state, "at": row.asked_at.isoformat()}
            for row in await tx.all(asked.where(questions.c.member == who).order_by(questions.c.id))
        ],
        N_("Your answers to questions"): [
            {"text": row.text, "at": row.at.isoformat()}
            for row in await tx.all(answered.order_by(given.c.at))
        ],
        N_("Topics you offered to help with"): [
            row.topic for row in await tx.all(topics.order_by(willing.c.topic))
        ],
        N_("Questions you were asked to look at"): [
            row.at.isoformat() for row in await tx.all(carried)
        ],
        N_("Not asked whether to keep an answer until"): [
            row.until.isoformat() for row in await tx.all(offers)
        ],
        N_("Answers you marked as outdated"): [row.at.isoformat() for row in await tx.all(marked)],
        N_("Thanks for your answers"): [row.at.isoformat() for row in await tx.all(thanked)],
    }


@answers.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """Questions go with their answers; answers to others go alone."""
    who = str(member)
    asked = await tx.all(select(questions.c.id).where(questions.c.member == who))
    await erase(tx, Recall(meaning=False), [row.id for row in asked])
    answered = select(given.c.id).where(given.c.member == who).scalar_subquery()
    await tx.execute(delete(flags).where(flags.c.answer.in_(answered)))
    await tx.execute(delete(thanks).where(thanks.c.answer.in_(answered)))
    for table in (given, willing, carries, offered, flags, thanks):
        await tx.execute(delete(table).where(table.c.member == who))
    await tx.execute(delete(thanks).where(thanks.c.thanked_by == who))
    await tx.execute(update(given).where(given.c.solved_by == who).values(solved_by=None))
