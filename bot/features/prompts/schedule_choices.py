"""Buttons, menu and form of the schedules."""

from collections.abc import Awaitable, Callable

from bot.context import Context
from bot.effects import AnyEffect, AskForm
from bot.events import ChoiceMade, FormSubmitted
from bot.feature import answer_key
from bot.features.prompts import planning
from bot.features.prompts import schedule_records as records
from bot.features.prompts import schedule_views as views
from bot.features.prompts.core import prompt
from bot.features.prompts.post_records import number_in
from bot.features.prompts.schedule_changes import listed, shown, skipped
from bot.features.prompts.schedule_records import Plan
from bot.features.prompts.schedule_rules import Wish
from bot.features.prompts.schedules import Unfit, deck_named, read_wish
from bot.text import Text, code

Act = Callable[[Context, Plan], Awaitable[AnyEffect]]


async def plan_of(ctx: Context, number: str, *, deleted: bool = False) -> Plan | AnyEffect:
    """The schedule that a button or form is about, or what to answer."""
    plan = await records.find(ctx.tx, number_in(number))
    here = ctx.group is not None and plan is not None and plan.group_id == ctx.group.id
    if plan is None or not here or (plan.deleted_at and not deleted):
        return _gone(ctx)
    return plan


def _gone(ctx: Context) -> AnyEffect:
    return ctx.whisper(ctx.own.say(views.GONE, command=code("/prompt schedules")))


def on_plan(what: str, *, deleted: bool = False) -> Callable[[Act], Act]:
    """Handles a button about one schedule, pressed by a moderator."""

    def register(act: Act) -> Act:
        @prompt.choice(f"plan-{what}", moderator=True)
        async def pressed(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
            plan = await plan_of(ctx, answer_key(event.choice)[1], deleted=deleted)
            return [await act(ctx, plan) if isinstance(plan, Plan) else plan]

        return act

    return register


@prompt.choice("plans", moderator=True)
async def plans(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Back to the list."""
    if ctx.group is None:
        return [_gone(ctx)]
    return [listed(ctx, await records.of_group(ctx.tx, ctx.group.id))]


@on_plan("show")
async def show(ctx: Context, plan: Plan) -> AnyEffect:
    """One of the list."""
    return shown(ctx, plan)


@on_plan("pause")
async def pause(ctx: Context, plan: Plan) -> AnyEffect:
    """Pauses it."""
    return shown(ctx, await planning.pause(ctx, plan))


@on_plan("resume")
async def resume(ctx: Context, plan: Plan) -> AnyEffect:
    """Resumes it."""
    return shown(ctx, await planning.resume(ctx, plan) if plan.paused else plan)


@on_plan("skip")
async def skip(ctx: Context, plan: Plan) -> AnyEffect:
    """Leaves out the next one."""
    return await skipped(ctx, plan)


async def _anew(ctx: Context, plan: Plan) -> AnyEffect:
    return shown(ctx, plan if plan.paused else await planning.plan_anew(ctx, plan))


on_plan("unskip")(_anew)
on_plan("unmove")(_anew)


@on_plan("others")
async def others(ctx: Context, plan: Plan) -> AnyEffect:
    """Turns "what others said" on or off."""
    await records.change(ctx.tx, plan.id, others=not plan.others)
    changed = await records.find(ctx.tx, plan.id)
    return shown(ctx, changed or plan)


@on_plan("drop")
async def drop(ctx: Context, plan: Plan) -> AnyEffect:
    """Deletes it, with a way back."""
    await planning.delete(ctx, plan)
    rhythm = views.rhythm(ctx.own, plan)
    text = ctx.own.say("Deleted: {rhythm}.", rhythm=rhythm)
    return ctx.panel(text, buttons=views.undo(ctx.own, plan, "undrop"))


@on_plan("undrop", deleted=True)
async def undrop(ctx: Context, plan: Plan) -> AnyEffect:
    """Brings it back."""
    return shown(ctx, await planning.restore(ctx, plan) if plan.deleted_at else plan)


@on_plan("edit")
async def edit(ctx: Context, plan: Plan) -> AnyEffect:
    """Opens the form."""
    return _form(ctx, plan)


def _form(ctx: Context, plan: Plan) -> AskForm:
    return ctx.ask(views.form(ctx.own, plan), str(plan.id))


@prompt.form("plan", moderator=True)
async def edited(ctx: Context, event: FormSubmitted) -> list[AnyEffect]:
    """Takes the form's values over, or says what is wrong with them."""
    plan = await plan_of(ctx, event.arg)
    if not isinstance(plan, Plan):
        return [plan]
    typed = event.values
    wish = Wish(
        typed.get("when", plan.spoken),
        typed.get("jitter", ""),
        typed.get("quiet", ""),
        typed.get("zone", ""),
    )
    try:
        rule = read_wish(ctx, wish, plan)
        deck = plan.deck
        if not plan.game:
            deck = (await deck_named(ctx, typed.get("deck", plan.deck_name))).id
    except Unfit as unfit:
        return [ctx.whisper(unfit.text + "\n" + ctx.own.say("Nothing was changed."))]
    await records.change(ctx.tx, plan.id, rule=str(rule), spoken=wish.when.strip(), deck=deck)
    changed = await records.find(ctx.tx, plan.id) or plan
    if not changed.paused:
        changed = await planning.plan_anew(ctx, changed)
    note = views.quieted_note(ctx.own, changed)
    answer = shown(ctx, changed)
    return [answer, ctx.whisper(Text.of(note))] if note else [answer]
