"""What happens to questions when a group joins a community or leaves one: they follow it.

The last group of a community takes everything along at once. A group that leaves others behind
takes its own questions, a few at a time, since each is made findable anew.
"""

from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from bot.context import Context
from bot.effects import Delete, Urgency
from bot.events import CommunityChanged, Due
from bot.feature import Follows
from bot.features.answers import questions as records
from bot.features.answers import topic_records
from bot.features.answers.core import answers, post_name
from bot.features.answers.questions import Question
from bot.features.answers.rules import LISTEN, State
from bot.features.answers.tables import carries, questions, topics, travels, willing
from bot.store import groups
from bot.store.database import Tx
from bot.wishes import follow

MOVING = "moving"
CHUNK = 25
"""Questions that move in one transaction; the meaning of each takes about 10 ms."""
PAUSE = timedelta(seconds=1)
_FOUND = (State.OPEN, State.SOLVED, State.CLOSED, State.REPEAT)


@answers.on(CommunityChanged)
async def changed(ctx: Context, event: CommunityChanged) -> Follows:
    """The questions follow the group; what had travelled across the new border is taken down."""
    taken_down = await _separated(ctx, event.group_id)
    await follow(ctx.tx, willing, event)
    if event.emptied:
        await _move_all(ctx, event)
    else:
        await _move_some(ctx, event.group_id)
    return taken_down


@answers.due(MOVING)
async def go_on(ctx: Context, event: Due) -> Follows:
    """The next few questions of a group."""
    await _move_some(ctx, int(event.arg))
    return []


async def _separated(ctx: Context, group: int) -> Follows:
    """Takes down what stands in a group that no longer shares a community with its own."""
    joined = select(travels, questions.c.group_id.label("home")).join(
        questions, questions.c.id == travels.c.question
    )
    either = or_(travels.c.group_id == group, questions.c.group_id == group)
    rows = await ctx.tx.all(joined.where(either))
    places = await groups.by_ids(ctx.tx, {n for row in rows for n in (row.group_id, row.home)})
    follows: Follows = []
    for row in rows:
        there, home = places.get(row.group_id), places.get(row.home)
        if there is None or home is None or there.community == home.community:
            continue
        of_it = (travels.c.question == row.question, travels.c.group_id == row.group_id)
        await ctx.tx.execute(delete(travels).where(*of_it))
        if ctx.now - row.at < LISTEN:
            name = post_name(row.question)
            follows.append(Delete(chat=there.chat, name=name, urgency=Urgency.BULK))
    return follows


async def _move_all(ctx: Context, event: CommunityChanged) -> None:
    tx, before, after = ctx.tx, event.before, event.after
    await ctx.recall.move(tx, before, after)
    for topic in await topic_records.of_community(tx, before):
        await _move_topic(tx, topic, after)
    for table in (questions, carries):
        await tx.execute(update(table).where(table.c.community == before).values(community=after))


async def _move_topic(tx: Tx, topic: topic_records.Topic, after: int) -> None:
    """A topic comes along, or becomes the one that has its name there."""
    same = await topic_records.by_name(tx, after, topic.name)
    if same is None:
        await topic_records.change(tx, topic.id, community=after)
        return
    for column in (questions.c.topic, topics.c.merged_into):
        moved = update(column.table).where(column == topic.id).values({column.name: same.id})
        await tx.execute(moved)
    await tx.execute(delete(topics).where(topics.c.id == topic.id))


async def _move_some(ctx: Context, number: int) -> None:
    group = await groups.by_id(ctx.tx, number)
    if group is None:
        return
    elsewhere = (questions.c.group_id == number, questions.c.community != group.community)
    rows = await ctx.tx.all(select(questions.c.id).where(*elsewhere).limit(CHUNK))
    found = await records.by_ids(ctx.tx, [row.id for row in rows])
    for question in found.values():
        await _move(ctx, question, group.community)
    if len(rows) == CHUNK:
        ctx.arm(f"answers:moving:{number}", ctx.now + PAUSE, MOVING, str(number))


async def _move(ctx: Context, question: Question, after: int) -> None:
    topic = await _topic_there(ctx, question, after) if question.topic else None
    await records.change(ctx.tx, question.id, community=after, topic=topic)
    of_it = carries.c.question == question.id
    await ctx.tx.execute(update(carries).where(of_it).values(community=after))
    if question.state in _FOUND:
        await ctx.recall.keep(ctx.tx, after, question.id, question.text)


async def _topic_there(ctx: Context, question: Question, after: int) -> int | None:
    """The topic of the same name in the new community; None if nobody reads it any more."""
    known = await topic_records.of_community(ctx.tx, question.community)
    read_as = topic_records.readable(known).get(question.topic or 0)
    for topic in known:
        if topic.id == read_as:
            there = await topic_records.by_name(ctx.tx, after, topic.name)
            if there is not None and there.live:
                return there.id
            return await topic_records.create(ctx.tx, after, topic.name, topic.words, ctx.now)
    return None
