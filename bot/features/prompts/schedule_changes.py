"""Commands that see and change what is planned: list, skip, move, pause, resume."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.commands import N_, Command, Kind, Param
from bot.context import Context
from bot.effects import AnyEffect, Post, Whisper
from bot.events import ChatAdded, CommandGiven
from bot.features.prompts import planning
from bot.features.prompts import schedule_records as records
from bot.features.prompts import schedule_views as views
from bot.features.prompts.core import prompt
from bot.features.prompts.post_records import number_in
from bot.features.prompts.schedule_records import Plan
from bot.features.prompts.schedule_rules import may_move_to
from bot.misread import MOMENT_EXAMPLE, fault
from bot.store.database import Tx
from bot.text import Part, Text, code
from scheduler.errors import PhraseError
from scheduler.moments import parse_moment

NUMBER = Param("number", N_("Its number in /prompt schedules"), Kind.NUMBER, required=False)

SKIPPED = N_("Skipped. The next prompt comes {moment}.")
MOVED = N_("Moved: the next prompt comes {moment}. After that everything goes on as planned.")
TOO_FAR = N_(
    "After {moment} comes the prompt after this one, so it can't be moved that far. "
    "{command} leaves it out."
)


@prompt.command(Command("prompt schedules", N_("See and change what is planned"), moderator=True))
async def schedules(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """The list, or the only schedule with its buttons."""
    plans = await records.of_group(ctx.tx, ctx.here.id)
    if len(plans) == 1:
        return [shown(ctx, plans[0])]
    return [listed(ctx, plans)]


def listed(ctx: Context, plans: Sequence[Plan]) -> Whisper | Post:
    """The list of schedules, to pick one."""
    text, menu = views.overview(ctx.own, plans, ctx.here)
    return ctx.panel(text, menu=menu)


def shown(ctx: Context, plan: Plan) -> Whisper | Post:
    """One schedule with its buttons."""
    text = views.details(ctx.own, plan, ctx.here)
    return ctx.panel(text, buttons=views.buttons(ctx.own, plan))


@prompt.command(Command("prompt skip", N_("Leave out the next prompt"), (NUMBER,), moderator=True))
async def skip(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Leaves out the next slot of the soonest schedule, or of the one that was named."""
    plan = await meant(ctx, event.args.get("number", ""))
    return [await skipped(ctx, plan)] if isinstance(plan, Plan) else [plan]


async def skipped(ctx: Context, plan: Plan) -> Whisper | Post:
    """Leaves out the next slot."""
    slot = plan.next
    if slot is None or plan.paused:
        return shown(ctx, plan)
    plan = await planning.plan_after(ctx, plan, slot)
    text = _next_told(ctx, SKIPPED, plan)
    return ctx.panel(text, buttons=views.undo(ctx.own, plan, "unskip"))


@prompt.command(
    Command(
        "prompt move",
        N_("Post the next prompt at another moment, once"),
        (Param("when", N_("Such as: tomorrow 18:00"), max_length=200), NUMBER),
        moderator=True,
    )
)
async def move(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Moves the next slot once."""
    plan = await meant(ctx, event.args.get("number", ""))
    if not isinstance(plan, Plan):
        return [plan]
    try:
        at = parse_moment(event.args["when"], ctx.now.astimezone(ctx.words.zone))
    except PhraseError as error:
        return [ctx.whisper(fault(ctx.own, error, MOMENT_EXAMPLE))]
    slot = plan.next
    if slot is None or plan.paused:
        return [shown(ctx, plan)]
    after = may_move_to(plan.schedule, plan.seed, slot, at)
    if after is not None:
        parts: dict[str, Part] = {
            "moment": ctx.own.moment(after.at),
            "command": code("/prompt skip"),
        }
        return [ctx.whisper(ctx.own.say(TOO_FAR, **parts))]
    plan = await planning.move(ctx, plan, at)
    undo = views.undo(ctx.own, plan, "unmove")
    return [ctx.panel(_next_told(ctx, MOVED, plan), buttons=undo)]


@prompt.command(Command("prompt pause", N_("Pause one schedule"), (NUMBER,), moderator=True))
async def pause(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Pauses the only schedule, or the one that was named."""
    plan = await meant(ctx, event.args.get("number", ""), only=True)
    if not isinstance(plan, Plan):
        return [plan]
    return [shown(ctx, await planning.pause(ctx, plan))]


@prompt.command(Command("prompt resume", N_("Resume one schedule"), (NUMBER,), moderator=True))
async def resume(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Resumes the only schedule, or the one that was named."""
    plan = await meant(ctx, event.args.get("number", ""), only=True)
    if not isinstance(plan, Plan):
        return [plan]
    return [shown(ctx, await planning.resume(ctx, plan) if plan.paused else plan)]


@prompt.on(ChatAdded)
async def back(ctx: Context, event: ChatAdded) -> None:
    """After a restart, or when the bot comes back."""
    await planning.mend(ctx)


def _next_told(ctx: Context, sentence: str, plan: Plan) -> Text:
    moment = ctx.own.moment(plan.due_at) if plan.due_at else ctx.own.plain("never")
    return ctx.own.say(sentence, moment=moment)


async def meant(ctx: Context, number: str, *, only: bool = False) -> Plan | Whisper | Post:
    """The schedule with this number, else the only or the soonest one; or what to answer."""
    plans = await records.of_group(ctx.tx, ctx.here.id)
    if number:
        index = number_in(number) - 1
        if 0 <= index < len(plans):
            return plans[index]
        unknown = ctx.own.say("There is no number {number} here.", number=number[:9])
        return _with(unknown, listed(ctx, plans))
    if len(plans) == 1:
        return plans[0]
    soonest = sorted(
        (plan for plan in plans if not plan.paused and plan.due_at is not None),
        key=lambda plan: (plan.due_at, plan.id),
    )
    if soonest and not only:
        return soonest[0]
    answer = listed(ctx, plans)
    return _with(ctx.own.say(views.WHICH), answer) if plans else answer


def _with(line: Text, answer: Whisper | Post) -> Whisper | Post:
    return replace(answer, text=Text.join("\n", [line, answer.text]))


@prompt.uses_rooms
async def rooms(tx: Tx, group: int) -> Sequence[str]:
    """Where the schedules post, besides the group's own room."""
    return sorted({plan.room for plan in await records.of_group(tx, group) if plan.room})
