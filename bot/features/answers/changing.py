"""What becomes of questions and answers when their messages are edited or deleted.

Most edits concern nothing of ours; those cost one statement.
"""

from typing import NamedTuple

from sqlalchemy import literal, select, union_all, update

from bot.context import Context
from bot.events import ChatMoved, MessageDeleted, MessageEdited
from bot.feature import Follows
from bot.features.answers import given, life, questions
from bot.features.answers.core import answers
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.rules import Answered, State, has_words, tidy
from bot.features.answers.tables import given as given_table
from bot.features.answers.tables import questions as question_table


class Ours(NamedTuple):
    """The questions and answers that a message is."""

    questions: list[Question]
    answers: list[Given]


@answers.on(MessageEdited)
async def edited(ctx: Context, event: MessageEdited) -> Follows:
    """A question or an answer reads as its message does now."""
    if ctx.group is None:
        return []
    ear = ctx.ear
    ctx.after_commit.append(lambda: ear.edited(event.chat, event.message, event.text))
    ours = await _ours(ctx, event.message)
    follows: Follows = []
    for question in ours.questions:
        follows += await _reworded(ctx, question, event.text)
    for answer in ours.answers:
        follows += await _changed(ctx, answer, event.text)
    return follows


@answers.on(MessageDeleted)
async def deleted(ctx: Context, event: MessageDeleted) -> Follows:
    """A question goes with everything that was answered to it; an answer goes alone."""
    if ctx.group is None:
        return []
    ear = ctx.ear
    ctx.after_commit.append(lambda: ear.deleted(event.chat, event.message))
    ours = await _ours(ctx, event.message)
    follows: Follows = []
    for answer in ours.answers:
        follows += await _lost(ctx, answer)
    for question in ours.questions:
        follows += await _withdrawn(ctx, question)
    return follows


@answers.on(ChatMoved)
async def moved(ctx: Context, event: ChatMoved) -> None:
    """The platform numbers the group's messages anew: the old numbers mean nothing there."""
    if ctx.group is not None:
        for table in (question_table, given_table):
            of_group = update(table).where(table.c.group_id == ctx.group.id)
            await ctx.tx.execute(of_group.values(message=None))
        ear = ctx.ear
        ctx.after_commit.append(lambda: ear.moved(event.chat, event.to))


async def _ours(ctx: Context, message: str) -> Ours:
    group, found = ctx.here.id, Ours([], [])
    rows = await ctx.tx.all(
        union_all(
            *(
                select(literal(kind).label("kind"), table.c.id).where(
                    table.c.group_id == group, table.c.message == message
                )
                for kind, table in enumerate((question_table, given_table))
            )
        )
    )
    for row in rows:
        if row.kind:
            answer = await given.by_id(ctx.tx, row.id)
            found.answers.extend([answer] if answer else [])
        else:
            question = await questions.by_id(ctx.tx, row.id)
            found.questions.extend([question] if question else [])
    return found


async def _reworded(ctx: Context, question: Question, text: str) -> Follows:
    new = tidy(text)
    if new == question.text:
        return []
    if not has_words(new):
        # With answers it keeps its last words: they would answer nothing. A deletion takes all.
        answered = await given.to_question(ctx.tx, question.id)
        return [] if answered else await _withdrawn(ctx, question)
    if question.state in (State.PROPOSED, State.DRAFT):
        await questions.change(ctx.tx, question.id, text=new)
        return []
    return await life.reworded(ctx, question, new)


async def _changed(ctx: Context, answer: Given, text: str) -> Follows:
    if not has_words(text):
        return await _lost(ctx, answer)
    await given.change(ctx.tx, answer.id, text=tidy(text))
    return []


async def _lost(ctx: Context, answer: Given) -> Follows:
    question = await questions.by_id(ctx.tx, answer.question)
    if question is None or answer.state != Answered.KEPT:
        await given.remove(ctx.tx, answer.id)
        return []
    return await life.lost(ctx, question, answer)


async def _withdrawn(ctx: Context, question: Question) -> Follows:
    posts = await life.taken_down(ctx, question)
    await life.withdrawn(ctx, question)
    return posts
