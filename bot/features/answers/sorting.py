"""A question gets its topic when it is opened, and topics are suggested once there is need."""

from datetime import datetime, time, timedelta

from bot.context import Context
from bot.features.answers import questions, topic_records, topic_rules
from bot.features.answers.questions import Question
from bot.features.answers.topic_records import Topic

SUGGEST = "topics"
"""The kind of `Due` that looks for topics, with the community's number."""
NEEDED = 8
"""Questions without a topic before new ones are suggested."""
AT = time(10, 0)
"""When suggestions are made, in the group's day."""


async def assign(ctx: Context, question: Question) -> None:
    """Finds the topic of a question, unless a moderator chose one."""
    if question.topic_fixed:
        return
    known = await topic_records.of_community(ctx.tx, question.community)
    places = topic_records.readable(known)
    words = {one.id: one.words for one in known if one.id in places}
    found = topic_rules.sorted_into(question.text, words)
    topic = places[found] if found is not None else None
    if topic != question.topic:
        await questions.change(ctx.tx, question.id, topic=topic)
    if topic is None and await topic_records.has_untopiced(ctx.tx, question.community, NEEDED):
        at = next_time(ctx.now, ctx)
        ctx.arm(f"answers:topics:{question.community}", at, SUGGEST, str(question.community))


def next_time(now: datetime, ctx: Context) -> datetime:
    """The next time that it is ten o'clock in the group, in the zone of `now`."""
    local = now.astimezone(ctx.words.zone)
    at = datetime.combine(local.date(), AT, tzinfo=ctx.words.zone)
    if at <= local:
        at = datetime.combine(local.date() + timedelta(days=1), AT, tzinfo=ctx.words.zone)
    return at.astimezone(now.tzinfo)


async def look_for_topics(ctx: Context, community: int) -> list[Topic]:
    """Keeps what the words suggest, each name once; what was refused does not come again."""
    texts = await topic_records.untopiced(ctx.tx, community)
    known = {topic.name.casefold() for topic in await topic_records.of_community(ctx.tx, community)}
    for found in topic_rules.suggest(texts):
        if found.name.casefold() not in known:
            await topic_records.create(
                ctx.tx, community, found.name, found.words, ctx.now, suggested=True
            )
    return await waiting(ctx, community)


async def waiting(ctx: Context, community: int) -> list[Topic]:
    """The suggestions that moderators have not decided about."""
    return [t for t in await topic_records.of_community(ctx.tx, community) if t.waits]


async def gather(ctx: Context, topic: Topic) -> int:
    """Puts the questions without a topic that belong to this one under it; how many."""
    texts = await topic_records.untopiced(ctx.tx, topic.community)
    words = {topic.id: topic.words}
    own = [number for number, text in texts.items() if topic_rules.sorted_into(text, words)]
    await topic_records.put(ctx.tx, {topic.id: own})
    return len(own)


async def examples(ctx: Context, topic: Topic, count: int) -> tuple[list[str], int]:
    """Some of the questions that a suggestion would gather, and how many it would."""
    texts = await topic_records.untopiced(ctx.tx, topic.community)
    words = {topic.id: topic.words}
    own = [text for text in texts.values() if topic_rules.sorted_into(text, words)]
    return own[:count], len(own)
