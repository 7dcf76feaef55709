"""Who has been through the like of a question: read by indexes alone.

Choosing costs 14 statements (20 are the most), whatever is kept: the search of `bot.recall`, 5 for
what people did and offered, 4 for who is there and may be asked, 2 for consent. Each reads a
bounded number of rows: 55 ms with 2 questions and 39 ms with 100,000 on a busy machine.
"""

from sqlalchemy import select

from bot import consent
from bot import topics as topics_named
from bot.context import Context
from bot.features.answers import questions, views
from bot.features.answers.carry_rules import (
    LATELY,
    NAMES,
    Candidate,
    Carried,
    Part,
    Past,
    barred,
    likeness,
    pick,
    rank,
    shared,
)
from bot.features.answers.core import answers
from bot.features.answers.questions import Question
from bot.features.answers.rules import Answered, State
from bot.features.answers.tables import carries, given, topics, willing
from bot.features.answers.tables import questions as asked
from bot.refs import MemberRef
from bot.store import members
from bot.store.database import Tx

HITS = 20
"""Like questions that are looked at."""
RECENT = 300
"""Questions of a community whose answers say who is about; 0.97 to that power is nothing."""
MOST = 1_000
"""Rows of anything that are read at once."""
_KEPT = (State.OPEN, State.SOLVED, State.REPEAT, State.CLOSED)


async def choose(ctx: Context, question: Question) -> dict[Candidate, str]:
    """At most two people of this group to show the question to, with their names."""
    ranked = rank(await _history(ctx, question))
    names = await members.present_among(ctx.tx, ctx.here.id, [one.member for one in ranked])
    here = [one for one in ranked if one.member in names]
    before = await _carried(ctx.tx, question)
    no = barred(question.member, question.id, before)
    people = [MemberRef.parse(one.member) for one in here if one.member not in no]
    agreed = await consent.agreed(ctx.tx, people, ctx.now, ctx.here.zone, answers.name)
    chosen = pick(here, no, {str(member) for member in agreed})
    return {one: names[one.member] for one in chosen}


async def _history(ctx: Context, question: Question) -> list[Past]:
    like, alike = await _alike(ctx, question)
    ages = await _ages(ctx.tx, question)
    found = [
        _asked(one, like[one.id], ages.get(one.id, RECENT))
        for one in alike.values()
        if one.state in (State.SOLVED, State.REPEAT)
    ]
    kept = (given.c.question.in_({*like, *ages}), given.c.state == Answered.KEPT)
    statement = select(given.c.question, given.c.member, given.c.solves, given.c.at)
    for row in await ctx.tx.all(statement.where(*kept).order_by(given.c.id.desc()).limit(MOST)):
        found.append(
            Past(
                row.member,
                Part.SOLVED if row.solves else Part.ANSWERED,
                ages.get(row.question, RECENT),
                like.get(row.question, 0.0),
                views.title(alike[row.question]) if row.question in alike else "",
                row.at,
            )
        )
    return found + await _offers(ctx.tx, question)


def _asked(question: Question, like: float, age: int) -> Past:
    title = views.title(question)
    return Past(question.member, Part.ASKED, age, like, title, question.asked_at)


async def _alike(ctx: Context, question: Question) -> tuple[dict[int, float], dict[int, Question]]:
    """How like each like question is, and the questions; another wording counts for its own."""
    hits = await ctx.recall.search(ctx.tx, question.community, question.text, limit=HITS)
    found = await questions.by_ids(ctx.tx, {hit.item for hit in hits} - {question.id})
    values = {
        hit.item: likeness(hit.similarity, hit.words, shared(question.text, found[hit.item].text))
        for hit in hits
        if hit.item in found
    }
    like = {item: value for item, value in values.items() if value}
    found = {item: found[item] for item in like}
    for one in list(found.values()):
        if one.same_as is not None and one.same_as != question.id:
            like[one.same_as] = max(like.get(one.same_as, 0.0), like[one.id])
    found |= await questions.by_ids(ctx.tx, like.keys() - found.keys())
    return {item: value for item, value in like.items() if item in found}, found


async def _ages(tx: Tx, question: Question) -> dict[int, int]:
    """For the newest questions of the community: how many were asked since."""
    columns = select(asked.c.id, asked.c.state).where(asked.c.community == question.community)
    rows = await tx.all(columns.order_by(asked.c.asked_at.desc()).limit(RECENT))
    kept = (row.id for row in rows if row.state in _KEPT)
    return {number: age for age, number in enumerate(kept) if number != question.id}


async def _offers(tx: Tx, question: Question) -> list[Past]:
    """Who offered to help with what the question is about."""
    keys = topics_named.keys_in(question.text)
    if question.topic is not None:
        of_it = select(topics.c.name).where(topics.c.id == question.topic)
        keys.add(topics_named.key_of(await tx.scalar(of_it) or ""))
    where = (willing.c.community == question.community, willing.c.words.in_(keys - {""}))
    statement = select(willing.c.member, willing.c.topic, willing.c.at).where(*where)
    rows = await tx.all(statement.order_by(willing.c.at.desc()).limit(MOST))
    return [Past(r.member, Part.OFFERED, 0, 1.0, r.topic, r.at) for r in rows]


async def _carried(tx: Tx, question: Question) -> list[Carried]:
    columns = select(carries.c.question, carries.c.member)
    of_it = await tx.all(columns.where(carries.c.question == question.id))
    newest = columns.where(carries.c.community == question.community)
    order = (carries.c.at.desc(), carries.c.question.desc())
    # other questions, as many rows as the rule looks at besides those of this one
    limit = LATELY + NAMES + len(of_it)
    rows = await tx.all(newest.order_by(*order).limit(limit))
    others = [row for row in rows if row.question != question.id]
    return [Carried(row.question, row.member) for row in [*of_it, *others]]
