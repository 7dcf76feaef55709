"""What people do under a question: answers, thanks, and reactions.

A reply to the question or to an answer, or a message in the thread, is given on purpose and kept
if it answers. Everything else only lets the conversation go on.
"""

from bot.context import Context
from bot.events import MessagePosted, PollVoted, Reacted
from bot.feature import Follows
from bot.features.answers import asking_whether, given, life, questions
from bot.features.answers.core import answers, post_name, question_in
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.rules import LISTEN_SECONDS, Source, State
from bot.features.answers.sayings import is_solving_mark, may_answer, says_solved
from bot.refs import MessageRef
from bot.store import posts


@answers.heard
async def heard(ctx: Context, event: MessagePosted | Reacted | PollVoted) -> Follows:
    """Something happened in the conversation of a question."""
    question = await questions.by_id(ctx.tx, question_in(ctx.post))
    if ctx.group is None or question is None:
        return []
    if isinstance(event, Reacted):
        return await _reacted(ctx, event, question)
    if not isinstance(event, MessagePosted):
        return []
    if str(event.member) == question.member:
        return await _asker_says(ctx, event, question)
    if may_answer(event.text):
        return await _answers(ctx, event, question)
    await _goes_on(ctx, event)
    return []


async def _answers(ctx: Context, event: MessagePosted, question: Question) -> Follows:
    kept = await given.keep(
        ctx.tx,
        question.id,
        ctx.here.id,
        event.member,
        event.name,
        event.text,
        event.at,
        source=Source.REPLY if event.reply_to is not None else Source.THREAD,
        place=MessageRef(event.chat, event.message),
    )
    return await life.answered(ctx, question, kept) if kept else []


async def _goes_on(ctx: Context, event: MessagePosted) -> None:
    """Replies to this message still belong to the question."""
    if event.reply_to is not None:
        await ctx.follow(event.message, LISTEN_SECONDS)


async def _asker_says(ctx: Context, event: MessagePosted, question: Question) -> Follows:
    await _goes_on(ctx, event)
    if question.state != State.OPEN or not says_solved(event.text):
        return []
    found = await given.to_question(ctx.tx, question.id)
    if not found:
        return []
    return await asking_whether.it_is_solved(ctx, question, found, reply_to=event.message)


async def _reacted(ctx: Context, event: Reacted, question: Question) -> Follows:
    """A tick of the asker's, or of a moderator's, on an answer or on the question."""
    if not is_solving_mark(event.emoji):
        return []
    answer = await given.of_message(ctx.tx, ctx.here.id, MessageRef(event.chat, event.message))
    own_tick = answer is not None and answer.solved_by == str(event.member)
    if str(event.member) != question.member and not ctx.is_moderator and not own_tick:
        return []
    if answer is not None and answer.question == question.id:
        return await _ticked(ctx, event, question, answer)
    if await _is_the_question(ctx, event, question):
        return await _question_ticked(ctx, event, question)
    return []


async def _ticked(ctx: Context, event: Reacted, question: Question, answer: Given) -> Follows:
    if event.added and not answer.solves:
        return await life.solved(ctx, question, answer, event.member)
    if not event.added and answer.solves:
        return await life.unsolved(ctx, question, answer)
    return []


async def _is_the_question(ctx: Context, event: Reacted, question: Question) -> bool:
    if question.message == event.message and question.group_id == ctx.here.id:
        return True
    row = await posts.at(ctx.tx, MessageRef(event.chat, event.message))
    return row is not None and row.name == post_name(question.id)


async def _question_ticked(ctx: Context, event: Reacted, question: Question) -> Follows:
    if not event.added:
        solved = question.state == State.SOLVED
        return await life.reopened(ctx, question) if solved else []
    if question.state == State.SOLVED:
        return []
    found = await given.to_question(ctx.tx, question.id)
    if len(found) > 1:
        return await asking_whether.it_is_solved(ctx, question, found, reply_to=event.message)
    return await life.solved(ctx, question, found[0] if found else None, event.member)
