"""Answers in plain conversation: the sure ones are kept, for the others the asker is asked.

The text of a message stays in the ear until it is known to be an answer.
"""

from datetime import timedelta

from bot.context import Context
from bot.effects import Button, Delete, Look, Post
from bot.events import ChoiceMade, MessagePosted
from bot.feature import Follows
from bot.features.answers import asking_whether, choices, given, guard, life, questions
from bot.features.answers.core import answers, post_name
from bot.features.answers.fading import fading, stays
from bot.features.answers.guard import by_asker
from bot.features.answers.linking import Candidate, Conversation, mark_of
from bot.features.answers.questions import Question
from bot.features.answers.rules import Source, State
from bot.links import SURE
from bot.refs import MessageRef
from bot.store import groups, members
from bot.text import code, isolated

LASTS = timedelta(hours=2)
"""How long the asker may say whether a message is an answer."""


async def overheard(ctx: Context, event: MessagePosted) -> Follows:
    """What becomes of a message that may answer an open question of its room."""
    found: Candidate | None = ctx.ear.candidate(event)
    if found is None or ctx.post or ctx.group is None:
        return []
    question = await questions.by_id(ctx.tx, found.question)
    chosen = await choices.of_group(ctx.tx, ctx.here.id)
    if question is None or question.state != State.OPEN or not chosen.capture:
        return []
    if await members.is_bot(ctx.tx, ctx.here.id, event.member):
        return []
    if found.solved:
        known = await given.to_question(ctx.tx, question.id)
        ask = asking_whether.it_is_solved
        return await ask(ctx, question, known, reply_to=event.message) if known else []
    if found.confidence >= SURE:
        return await keep(ctx, question, event, found.confidence)
    return _asked(ctx, question, event)


async def keep(
    ctx: Context, question: Question, event: MessagePosted, confidence: float
) -> Follows:
    """Keeps a message as an answer."""
    kept = await given.keep(
        ctx.tx,
        question.id,
        ctx.here.id,
        event.member,
        event.name,
        event.text,
        event.at,
        source=Source.CAPTURED,
        place=MessageRef(event.chat, event.message),
        confidence=confidence,
    )
    return await life.answered(ctx, question, kept) if kept else []


async def look_back(ctx: Context, question: Question) -> Follows:
    """Keeps what surely answered a question before it was kept, as far as it is remembered."""
    home = await groups.by_id(ctx.tx, question.group_id)
    if not question.message or home is None:
        return []
    heard = ctx.ear.since(question.chat_in(home), question.message)
    talk = Conversation(heard[:1])
    talk.asks(question)
    follows: Follows = []
    for event in heard[1:]:
        found = talk.hears(event)
        if found is not None and not found.solved and found.confidence >= SURE:
            follows += await keep(ctx, question, event, found.confidence)
    return follows


def _asked(ctx: Context, question: Question, event: MessagePosted) -> Follows:
    """Asks the asker about it, quietly and not often."""
    if not ctx.ear.may_ask(question.id, event.at):
        return []
    ear, mark = ctx.ear, mark_of(event.message)
    ctx.after_commit.append(lambda: ear.asked(question.id, event.at))
    arg = f"{question.id}.{mark}"
    buttons = (
        Button(ctx.words.plain("Yes, keep it"), f"answers.yes:{arg}", look=Look.MAIN),
        Button(ctx.words.plain("No"), f"answers.no:{arg}"),
    )
    name = isolated(question.member_name)
    post = Post(
        chat=event.chat,
        text=ctx.words.say("{name}, is this an answer to your question?", name=name),
        name=_name(question, mark),
        buttons=(buttons,),
        reply_to=event.message,
        stale_after=event.at + LASTS,
    )
    return [fading(ctx, post, LASTS)]


def _name(question: Question, mark: int) -> str:
    return f"{post_name(question.id)}/maybe{mark}"


@answers.choice("yes")
@by_asker
async def yes(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """It is one: now its text is kept."""
    mark = guard.numbers_in(event)[-1]
    heard = ctx.ear.marked(event.chat, mark)
    name = _name(question, mark)
    stays(ctx, name)
    if heard is None:
        forgotten = ctx.words.say(
            "I no longer remember that message. Give {command} on it, or answer it with that, and "
            "it is kept.",
            command=code("/solved"),
        )
        return [ctx.edit(name, forgotten)]
    return [Delete(chat=event.chat, name=name), *await keep(ctx, question, heard, 1.0)]


@answers.choice("no")
@by_asker
async def no(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """It is none: nothing of it is kept."""
    name = _name(question, guard.numbers_in(event)[-1])
    stays(ctx, name)
    return [Delete(chat=event.chat, name=name)]
