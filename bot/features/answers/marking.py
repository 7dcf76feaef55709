"""`/solved` on a message: this is what solved it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect, Menu, Option
from bot.events import About, ChoiceMade, CommandGiven, Due
from bot.feature import Follows
from bot.features.answers import closing, given, guard, life, questions
from bot.features.answers.core import answers, question_in
from bot.features.answers.given import Given
from bot.features.answers.guard import by_asker
from bot.features.answers.questions import Question
from bot.features.answers.rules import Answered, Source, State, has_words
from bot.features.answers.views import shortened, title
from bot.refs import MessageRef
from bot.store import members, posts

RECENT = timedelta(days=90)
"""How old an open question may be that a message is said to have solved."""
LINE = 60
PENDING = "pending"
UNDECIDED = timedelta(days=1)
COMMAND = Command(
    "solved", N_("Say which message solved your question"), on_message=N_("This solved it")
)


@answers.command(COMMAND)
async def solved(ctx: Context, event: CommandGiven) -> Follows:
    """Closes the question that the message is, belongs to, or answers."""
    if event.about is None:
        return await _by_itself(ctx, event)
    kept = await given.of_message(ctx.tx, ctx.here.id, MessageRef(event.chat, event.about.message))
    if kept is not None and kept.state == Answered.KEPT:
        return await _by_answer(ctx, event, kept)
    question = await question_of(ctx, event.about)
    if question is not None:
        return await _close(ctx, event, question)
    return await _by_message(ctx, event, event.about)


async def question_of(ctx: Context, about: About) -> Question | None:
    """The question that a message is, or that the bot's post stands for."""
    asked = await questions.of_message(ctx.tx, ctx.here.id, about.message)
    if asked is not None and asked.state in (State.OPEN, State.SOLVED):
        return asked
    row = await posts.at(ctx.tx, MessageRef(ctx.event.chat, about.message))
    name = row.name.partition(posts.LINK)[0] if row and about.author is None else ""
    return await questions.by_id(ctx.tx, question_in(name))


async def _by_itself(ctx: Context, event: CommandGiven) -> Follows:
    mine = [q for q in await _open(ctx, event) if q.member == str(event.member)]
    if mine:
        return await closing.close(ctx, event, mine[0])
    none = ctx.own.say(
        "You have no open question here. Give this command on the message that solved something: "
        "in its menu, or as an answer to it. Your ✅ or 🏆 on an answer says the same."
    )
    return [ctx.whisper(none)]


async def _close(ctx: Context, event: CommandGiven, question: Question) -> Follows:
    if not guard.may_decide(ctx, question):
        return [guard.not_yours(ctx, question)]
    return await closing.close(ctx, event, question)


async def _by_answer(ctx: Context, event: CommandGiven, answer: Given) -> Follows:
    question = await questions.by_id(ctx.tx, answer.question)
    if question is None:
        return [ctx.whisper(ctx.own.say("That question is no longer kept."))]
    if not guard.may_decide(ctx, question):
        return [guard.not_yours(ctx, question)]
    if answer.solves:
        return [ctx.whisper(ctx.own.say("It is marked as solved already."))]
    done = closing.thanked(ctx, answer, question)
    return [*await life.solved(ctx, question, answer, event.member), done]


async def _by_message(ctx: Context, event: CommandGiven, about: About) -> Follows:
    """A message that nobody linked to a question yet."""
    if about.author is None or await members.is_bot(ctx.tx, ctx.here.id, about.author):
        return [ctx.whisper(ctx.own.say("That is not an answer that somebody wrote."))]
    heard = ctx.ear.message(event.chat, about.message)
    text = about.text or (heard.text if heard else "")
    if not has_words(text):
        return [ctx.whisper(ctx.own.say("I can't read words in that message."))]
    found = await _open(ctx, event)
    if not found:
        text_none = ctx.own.say("You have no open question here that this could have solved.")
        return [ctx.whisper(text_none)]
    state = Answered.PENDING if len(found) > 1 else Answered.KEPT
    answer = await given.keep(
        ctx.tx,
        found[0].id,
        ctx.here.id,
        about.author,
        about.name,
        text,
        about.at or event.at,
        source=Source.MARKED,
        place=MessageRef(event.chat, about.message),
        state=state,
    ) or await given.of_message(ctx.tx, ctx.here.id, MessageRef(event.chat, about.message))
    if answer is None:
        raise LookupError("the answer was neither kept nor there")
    if len(found) > 1:
        at = event.at + UNDECIDED
        ctx.arm(f"answers:{PENDING}:{answer.id}", at, PENDING, str(answer.id))
        return [_which(ctx, found, answer)]
    return await _taken(ctx, found[0], answer)


async def _open(ctx: Context, event: CommandGiven) -> Sequence[Question]:
    """Open questions that the person may close, newest first: their own, or those of the room."""
    since = event.at - RECENT
    found = await questions.open_in(ctx.tx, ctx.here, since, member=str(event.member))
    if found or not event.moderator:
        return found
    return await questions.open_in(ctx.tx, ctx.here, since, room=event.chat.room)


def _which(ctx: Context, found: Sequence[Question], answer: Given) -> AnyEffect:
    options = tuple(
        Option(shortened(title(q), LINE), f"answers.takes:{q.id}.{answer.id}") for q in found
    )
    menu = Menu(ctx.own.plain("Pick the question"), options)
    return ctx.whisper(ctx.own.say("Which question did it solve?"), menu=menu)


@answers.choice("takes")
@by_asker
async def takes(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """The question is picked that the message solved."""
    answer = await given.by_id(ctx.tx, guard.numbers_in(event)[-1])
    if answer is None or answer.state != Answered.PENDING:
        return [ctx.whisper(ctx.own.say("That is settled already."), in_place=True)]
    return await _taken(ctx, question, answer, in_place=True)


@answers.due(PENDING)
async def undecided(ctx: Context, event: Due) -> None:
    """Nobody said which question the message answers: it isn't kept."""
    answer = await given.by_id(ctx.tx, int(event.arg))
    if answer is not None and answer.state == Answered.PENDING:
        await given.remove(ctx.tx, answer.id)


async def _taken(
    ctx: Context, question: Question, answer: Given, *, in_place: bool = False
) -> Follows:
    await given.change(ctx.tx, answer.id, question=question.id, state=Answered.KEPT)
    follows = await life.answered(ctx, question, answer)
    follows += await life.solved(ctx, question, answer, ctx.member)
    kept = ctx.own.say(
        "Good. It is kept as the answer to this question: {title}", title=title(question)
    )
    return [*follows, ctx.whisper(kept, in_place=in_place)]
