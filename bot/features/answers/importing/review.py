"""/answers review: a moderator looks through what was found in the past, one at a time."""

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows
from bot.features.answers import given, life
from bot.features.answers.core import answers
from bot.features.answers.given import Given
from bot.features.answers.guard import numbers_in
from bot.features.answers.importing import decisions, jobs, review_views
from bot.features.answers.importing.decisions import Decision, Proposal
from bot.features.answers.questions import Question
from bot.features.answers.rules import Answered
from bot.text import Part, Text

RECENT = 3
"""Imports that can be taken back when nothing waits."""


@answers.command(
    Command("answers review", N_("Decide which questions of the past are kept"), moderator=True)
)
async def review(ctx: Context, event: CommandGiven) -> Follows:
    """Shows the next proposal."""
    return [await _next(ctx)]


async def _next(ctx: Context, said: Text | None = None) -> AnyEffect:
    """The next proposal, after what was just done."""
    found = await decisions.waiting(ctx.tx, ctx.here.id)
    undo = bool(await decisions.last_decided(ctx.tx, ctx.here.id))
    before: list[Part] = [said] if said else []
    if found is None:
        recent = await jobs.latest(ctx.tx, ctx.here.id, RECENT)
        nothing = ctx.own.say("Nothing waits for review.")
        buttons = review_views.over(ctx.own, recent, undo=undo)
        return ctx.panel(Text.join("\n", [*before, nothing]), buttons=buttons)
    proposal, question = found
    told = await decisions.answers(ctx.tx, question.id)
    progress = await decisions.progress(ctx.tx, proposal.import_id)
    text = review_views.card(ctx.own, question, told, progress)
    buttons = review_views.buttons(ctx.own, proposal, told, undo=undo)
    return ctx.panel(Text.join("\n", [*before, text]), buttons=buttons)


async def _pressed(ctx: Context, event: ChoiceMade) -> tuple[Proposal, Question] | None:
    """The proposal of a button, if nobody has decided about it."""
    numbers = numbers_in(event)
    found = await decisions.by_id(ctx.tx, ctx.here.id, numbers[0]) if numbers else None
    return found if found and found[0].decision == Decision.NONE else None


@answers.choice("rkeep", moderator=True)
async def keep(ctx: Context, event: ChoiceMade) -> Follows:
    """Keeps the question with all its answers, or with the one that was chosen."""
    found = await _pressed(ctx, event)
    if found is None:
        return [await _next(ctx, ctx.own.say("That one is decided already."))]
    proposal, question = found
    told = await decisions.answers(ctx.tx, question.id)
    chosen = [a for a in told if a.id in numbers_in(event)[1:]] or told
    await _keep(ctx, proposal, question, chosen)
    return [await _next(ctx, ctx.own.say("Kept."))]


async def _keep(ctx: Context, proposal: Proposal, question: Question, chosen: list[Given]) -> None:
    now = ctx.now
    await decisions.decide(ctx.tx, ctx.here.id, [proposal.id], Decision.KEPT, now)
    for answer in chosen:
        await given.change(ctx.tx, answer.id, state=Answered.KEPT)
    await life.taken_over(ctx, question, chosen[0], ctx.member)


@answers.choice("rskip", moderator=True)
async def skip(ctx: Context, event: ChoiceMade) -> Follows:
    """Does not keep it."""
    found = await _pressed(ctx, event)
    if found is None:
        return [await _next(ctx, ctx.own.say("That one is decided already."))]
    await decisions.decide(ctx.tx, ctx.here.id, [found[0].id], Decision.SKIPPED, ctx.now)
    return [await _next(ctx, ctx.own.say("Skipped."))]


@answers.choice("rrest", moderator=True)
async def skip_rest(ctx: Context, event: ChoiceMade) -> Follows:
    """Keeps nothing more of an import."""
    numbers = numbers_in(event)
    rest = await decisions.undecided(ctx.tx, ctx.here.id, numbers[0]) if numbers else []
    await decisions.decide(ctx.tx, ctx.here.id, rest, Decision.SKIPPED, ctx.now)
    said = ctx.own.say_n("{n} question was skipped.", "{n} questions were skipped.", len(rest))
    return [await _next(ctx, said)]


@answers.choice("rundo", moderator=True)
async def undo(ctx: Context, event: ChoiceMade) -> Follows:
    """Takes the last decision back."""
    for proposal, question in await decisions.last_decided(ctx.tx, ctx.here.id):
        if proposal.decision == Decision.KEPT:
            await life.put_back(ctx, question)
            for answer in await decisions.answers(ctx.tx, question.id):
                back = {"solves": False, "solved_by": None, "solved_at": None}
                await given.change(ctx.tx, answer.id, state=Answered.PROPOSED, **back)
        await decisions.undecide(ctx.tx, [proposal.id])
    return [await _next(ctx, ctx.own.say("Taken back."))]


@answers.choice("iback", moderator=True)
async def ask_back(ctx: Context, event: ChoiceMade) -> Follows:
    """Asks whether to undo an import."""
    numbers = numbers_in(event)
    job = await jobs.by_id(ctx.tx, ctx.here.id, numbers[0]) if numbers else None
    if job is None:
        return [await _next(ctx)]
    text = review_views.ask_back(ctx.own, job, *await decisions.brought(ctx.tx, job.id))
    return [ctx.panel(text, buttons=review_views.back_buttons(ctx.own, job))]


@answers.choice("igone", moderator=True)
async def take_back(ctx: Context, event: ChoiceMade) -> Follows:
    """Deletes what an import brought."""
    numbers = numbers_in(event)
    job = await jobs.by_id(ctx.tx, ctx.here.id, numbers[0]) if numbers else None
    if job is None:
        return [await _next(ctx)]
    count = await decisions.take_back(ctx.tx, ctx.recall, job.id)
    await jobs.drop(ctx.tx, job.id)
    said = ctx.own.say_n("{n} question was deleted.", "{n} questions were deleted.", count)
    return [await _next(ctx, said)]


@answers.choice("rgo", moderator=True)
async def go_back(ctx: Context, event: ChoiceMade) -> Follows:
    """Back to what waits."""
    return [await _next(ctx)]
