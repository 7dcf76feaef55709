"""What other systems are told of questions: one was asked, somebody answered, nobody could be."""

from sqlalchemy import select

from bot.context import Context
from bot.events import Event
from bot.features.answers.core import post_name
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.tables import topics
from bot.follow_ups import TookPart, Unanswered, WorthAnswering
from bot.topics import key_of

KIND = "question"


async def _topics(ctx: Context, question: Question) -> tuple[str, ...]:
    if question.topic is None:
        return ()
    found = select(topics.c.name).where(topics.c.id == question.topic)
    key = key_of(await ctx.tx.scalar(found) or "")
    return (key,) if key else ()


async def going_out(ctx: Context, question: Question) -> Event:
    """A question's post goes out with what this event leads to."""
    return WorthAnswering(
        id=f"{ctx.event.id}:worth:{question.id}",
        at=ctx.now,
        chat=ctx.event.chat,
        name=post_name(question.id),
        kind=KIND,
        subject=question.text,
        topics=await _topics(ctx, question),
        author=question.asker,
    )


async def took_part(ctx: Context, question: Question, answer: Given) -> Event:
    """Somebody answered a question."""
    return TookPart(
        id=f"{ctx.event.id}:part:{answer.id}",
        at=ctx.now,
        chat=ctx.event.chat,
        member=answer.author,
        name=answer.member_name,
        post=post_name(question.id),
        kind=KIND,
        subject=question.text,
        topics=await _topics(ctx, question),
        message=answer.message or "",
    )


def nobody_asked(ctx: Context, question: Question) -> Event:
    """There is nobody who has been through the like of it and may be asked."""
    return Unanswered(
        id=f"{ctx.event.id}:unanswered:{question.id}",
        at=ctx.now,
        chat=question.chat_in(ctx.here),
        asker=question.asker,
        asker_name=question.member_name,
        subject=question.text,
        post=post_name(question.id),
        message=question.message or "",
    )
