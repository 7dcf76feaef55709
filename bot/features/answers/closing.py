"""A question is solved, and may be opened again: the buttons under its post."""

from collections.abc import Sequence

from bot.commands import Field, Form
from bot.context import Context
from bot.effects import AnyEffect, Button, Menu, Option
from bot.events import Answerable, ChoiceMade, FormSubmitted
from bot.feature import Follows
from bot.features.answers import given, guard, life, questions
from bot.features.answers.asking_whether import one_line
from bot.features.answers.core import answers
from bot.features.answers.given import Given
from bot.features.answers.guard import by_asker
from bot.features.answers.questions import Question
from bot.features.answers.rules import TEXT, Source, State, has_words
from bot.features.answers.views import shortened, title
from bot.text import Text, bold, clean, isolated

PICKABLE = 10
"""Answers to pick from: the newest."""
PREVIEW = 60


@answers.choice("solved")
@by_asker
async def solved(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """The asker or a moderator says that it is solved."""
    return await close(ctx, event, question)


async def close(ctx: Context, event: Answerable, question: Question) -> Follows:
    """By the one answer that there is; else asks which, or how."""
    if question.state == State.SOLVED:
        return [ctx.whisper(ctx.own.say("It is marked as solved already."))]
    found = await given.to_question(ctx.tx, question.id)
    if not found:
        return [ctx.ask(_how(ctx), str(question.id))]
    if len(found) > 1:
        return [which(ctx, question, found)]
    return [
        *await life.solved(ctx, question, found[0], ctx.member),
        thanked(ctx, found[0], question),
    ]


def thanked(ctx: Context, answer: Given, question: Question) -> AnyEffect:
    """What the person reads who said that an answer solved it."""
    if answer.member == question.member:
        return ctx.whisper(ctx.own.say("Good. It is kept for whoever asks next."))
    name = isolated(answer.member_name)
    return ctx.whisper(ctx.own.say("Good. {name} can see that it helped.", name=name))


def _how(ctx: Context) -> Form:
    field = Field(
        "how",
        ctx.own.plain("What solved it? (You may leave this empty)"),
        long=True,
        required=False,
        max_length=TEXT,
    )
    return Form("answers.how", ctx.own.plain("It is solved"), (field,))


@answers.form("how")
async def how(ctx: Context, event: FormSubmitted) -> Follows:
    """Solved by something else: told as an answer of one's own, or not told."""
    question = await questions.by_id(ctx.tx, int(event.arg))
    if question is None or not await guard.enters(ctx, question):
        return [ctx.whisper(ctx.own.say("That question is no longer kept."))]
    if not guard.may_decide(ctx, question):
        return [guard.not_yours(ctx, question)]
    text = event.values.get("how", "")
    if not has_words(text):
        done = ctx.whisper(ctx.own.say("Good. It is marked as solved."))
        return [*await life.solved(ctx, question, None, event.member), done]
    answer = await given.keep(
        ctx.tx,
        question.id,
        ctx.here.id,
        event.member,
        event.name or await ctx.name_of(event.member),
        text,
        event.at,
        source=Source.FORM,
    )
    if answer is None:
        raise LookupError("an answer without a message is always kept")
    follows = await life.answered(ctx, question, answer)
    done = ctx.whisper(ctx.own.say("Thank you. That is kept as the answer."))
    return [*follows, *await life.solved(ctx, question, answer, event.member), done]


def which(
    ctx: Context, question: Question, found: Sequence[Given], *, in_place: bool = False
) -> AnyEffect:
    """Asks which answers solved it; picking one again takes that back."""
    newest = sorted(found, key=lambda a: a.id)[-PICKABLE:]
    options = tuple(
        Option(_line(answer), f"answers.picks:{question.id}.{answer.id}") for answer in newest
    )
    last = (
        Button(ctx.own.plain("Done"), f"answers.done:{question.id}")
        if any(answer.solves for answer in found)
        else Button(ctx.own.plain("Something else"), f"answers.else:{question.id}")
    )
    text = Text.join(
        "\n",
        [
            ctx.own.say("Which answer solved it? Several may count."),
            bold(title(question)),
        ],
    )
    menu = Menu(ctx.own.plain("Pick what helped"), options)
    return ctx.whisper(text, menu=menu, buttons=((last,),), in_place=in_place)


def _line(answer: Given) -> str:
    ticked = "✓ " if answer.solves else ""
    words = " ".join(clean(answer.text).split())
    return shortened(f"{ticked}{one_line(answer.member_name)}: {words}", PREVIEW)


@answers.choice("picks")
@by_asker
async def picks(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """One of several answers, or not that one after all."""
    answer = await given.by_id(ctx.tx, guard.numbers_in(event)[-1])
    follows: Follows = []
    if answer is not None and answer.question == question.id:
        follows = (
            await life.unsolved(ctx, question, answer)
            if answer.solves
            else await life.solved(ctx, question, answer, event.member)
        )
    found = await given.to_question(ctx.tx, question.id)
    return [which(ctx, question, found, in_place=True), *follows]


@answers.choice("done")
@by_asker
async def done(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """Everything that helped is picked."""
    return [ctx.whisper(ctx.own.say("Good. It is marked as solved."), in_place=True)]


@answers.choice("else")
@by_asker
async def something_else(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """None of the answers solved it."""
    return [ctx.ask(_how(ctx), str(question.id))]


@answers.choice("reopen")
@by_asker
async def reopen(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """It was not solved after all."""
    if question.state not in (State.SOLVED, State.CLOSED):
        return [ctx.whisper(ctx.own.say("It is open already."))]
    again = ctx.whisper(ctx.own.say("It is open again."))
    return [*await life.reopened(ctx, question), again]
