"""Keeps one moment armed for each schedule: the next slot of its plan.

The key of a moment holds the schedule and the name of the slot, so that two slots that share an
instant (where the clock skips an hour) are two moments.
"""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from bot.context import Context
from bot.features.prompts import inviting
from bot.features.prompts import schedule_records as records
from bot.features.prompts.schedule_records import Plan
from bot.features.prompts.schedule_rules import following, resumed_after
from bot.store import due
from scheduler.calendar import Slot

DUE = "slot"


def key_of(plan: Plan) -> str:
    """The key of the moment that a schedule waits for."""
    return f"prompt:{plan.id}:{plan.next_slot}"


def argument(plan: Plan) -> str:
    """What comes back with the moment."""
    return f"{plan.id} {plan.next_slot}"


async def plan_after(ctx: Context, plan: Plan, after: datetime | Slot, **passed: Any) -> Plan:
    """Goes on to the slot after an instant or a slot; `passed` are further columns to set."""
    slot = following(plan.schedule, plan.seed, after)
    _disarm(ctx, plan)
    values = {
        "next_slot": slot.name if slot else "",
        "next_at": slot.at if slot else None,
        "moved_to": None,
        **passed,
    }
    return await _changed(ctx, plan, values)


async def plan_anew(ctx: Context, plan: Plan) -> Plan:
    """Plans from now on; what was handled stays handled, also if a clock was set back."""
    return await plan_after(ctx, plan, resumed_after(plan.passed, ctx.now))


async def move(ctx: Context, plan: Plan, at: datetime) -> Plan:
    """Posts the next one at another moment, once."""
    _disarm(ctx, plan)
    return await _changed(ctx, plan, {"moved_to": at})


async def pause(ctx: Context, plan: Plan) -> Plan:
    """Waits for nothing until it is resumed."""
    _disarm(ctx, plan)
    await records.change(ctx.tx, plan.id, paused=True)
    return replace(plan, paused=True)


async def resume(ctx: Context, plan: Plan) -> Plan:
    """Goes on with the first slot from now on."""
    await records.change(ctx.tx, plan.id, paused=False)
    return await plan_anew(ctx, replace(plan, paused=False))


async def delete(ctx: Context, plan: Plan) -> None:
    """Takes a schedule away; `restore` brings it back."""
    _disarm(ctx, plan)
    await records.change(ctx.tx, plan.id, deleted_at=ctx.now)


async def restore(ctx: Context, plan: Plan) -> Plan:
    """Brings a deleted schedule back."""
    await records.change(ctx.tx, plan.id, deleted_at=None)
    return await plan_anew(ctx, replace(plan, deleted_at=None))


async def mend(ctx: Context) -> None:
    """Arms what should be armed and is not: after an error nothing may stay silent for ever."""
    plans = [p for p in await records.of_group(ctx.tx, ctx.here.id) if p.next_at and not p.paused]
    if not plans:
        return
    waiting = {row.key for row in await due.of_group(ctx.tx, "prompt", ctx.here.id)}
    for plan in plans:
        if key_of(plan) not in waiting:
            await plan_anew(ctx, plan)


def _disarm(ctx: Context, plan: Plan) -> None:
    if plan.next_slot:
        ctx.disarm(key_of(plan))
        ctx.disarm(inviting.key(plan))


async def _changed(ctx: Context, plan: Plan, values: dict[str, Any]) -> Plan:
    await records.change(ctx.tx, plan.id, **values)
    changed = replace(plan, **values)
    if changed.due_at and not changed.paused and changed.deleted_at is None:
        ctx.arm(key_of(changed), changed.due_at, DUE, argument(changed))
        inviting.announce(ctx, changed, changed.due_at)
    return changed
