"""Wrong or outdated answers: marked by those who know, and found last from then on."""

from sqlalchemy import delete, func, select

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect, Button
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows
from bot.features.answers import given, guard, life, questions
from bot.features.answers.core import answers
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.tables import flags
from bot.refs import MessageRef
from bot.text import Text

ENOUGH = 2
"""Members who say so, if none of them has the last word."""
COMMAND = Command(
    "outdated",
    N_("Say that an answer is wrong or outdated"),
    on_message=N_("Wrong or outdated"),
)


@answers.command(COMMAND)
async def by_command(ctx: Context, event: CommandGiven) -> Follows:
    """Marks the answer that a message is."""
    about = event.about
    answer = (
        await given.of_message(ctx.tx, ctx.here.id, MessageRef(event.chat, about.message))
        if about
        else None
    )
    question = await questions.by_id(ctx.tx, answer.question) if answer else None
    if answer is None or question is None:
        none = ctx.own.say(
            "Give this command on a message that is kept as an answer: in its menu, or as an "
            "answer to it. Under the answers that I show there is a button for it too."
        )
        return [ctx.whisper(none)]
    return await _mark(ctx, question, answer)


@answers.choice("outdated")
async def by_button(ctx: Context, event: ChoiceMade) -> Follows:
    """Marks an answer that is shown."""
    found = await _found(ctx, event)
    return await _mark(ctx, *found) if found else [_gone(ctx)]


@answers.choice("right")
async def still_right(ctx: Context, event: ChoiceMade) -> Follows:
    """Takes the mark back: all of it for those with the last word, else one's own."""
    found = await _found(ctx, event)
    if not found:
        return [_gone(ctx)]
    question, answer = found
    theirs = delete(flags).where(flags.c.answer == answer.id)
    if not _decides(ctx, question, answer):
        theirs = theirs.where(flags.c.member == str(ctx.member))
    await ctx.tx.execute(theirs)
    follows = await _settle(ctx, question, answer)
    still = await _is_outdated(ctx, answer)
    text = (
        ctx.own.say("Your mark is taken back. Others still say that it is outdated.")
        if still
        else ctx.own.say("Good: it counts as right.")
    )
    return [ctx.whisper(text, in_place=True), *follows]


async def _found(ctx: Context, event: ChoiceMade) -> tuple[Question, Given] | None:
    numbers = guard.numbers_in(event)
    answer = await given.by_id(ctx.tx, numbers[0]) if numbers else None
    question = await questions.by_id(ctx.tx, answer.question) if answer else None
    if answer is None or question is None or not await guard.enters(ctx, question):
        return None
    return question, answer


def _gone(ctx: Context) -> AnyEffect:
    return ctx.whisper(ctx.own.say("That answer was taken away."), in_place=True)


def _decides(ctx: Context, question: Question, answer: Given) -> bool:
    return guard.may_decide(ctx, question) or str(ctx.member) == answer.member


async def _mark(ctx: Context, question: Question, answer: Given) -> Follows:
    decides = _decides(ctx, question, answer)
    row = {"answer": answer.id, "member": str(ctx.member), "at": ctx.now, "decides": decides}
    await ctx.tx.put(flags, row)
    follows = await _settle(ctx, question, answer)
    undo = ((Button(ctx.own.plain("Still right"), f"answers.right:{answer.id}"),),)
    return [ctx.whisper(await _said(ctx, answer), buttons=undo), *follows]


async def _said(ctx: Context, answer: Given) -> Text:
    if await _is_outdated(ctx, answer):
        return ctx.own.say("Thank you. It is marked as outdated and comes last from now on.")
    return ctx.own.say("Thank you. If one more person says so, it is marked as outdated.")


async def _is_outdated(ctx: Context, answer: Given) -> bool:
    decided = func.count().filter(flags.c.decides).label("decided")
    said = select(func.count().label("said"), decided).where(flags.c.answer == answer.id)
    row = await ctx.tx.first(said)
    return row is not None and (bool(row.decided) or row.said >= ENOUGH)


async def _settle(ctx: Context, question: Question, answer: Given) -> Follows:
    outdated = await _is_outdated(ctx, answer)
    if outdated == answer.outdated:
        return []
    await given.change(ctx.tx, answer.id, outdated=outdated)
    return await life.shown(ctx, question.id)
