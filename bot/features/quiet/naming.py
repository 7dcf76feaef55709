"""Draws the lot for those who could be named in a post, and gives the floor to whom it falls."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

from bot.context import Context
from bot.feature import Follows
from bot.features.quiet import (
    approval,
    choosing,
    choosing_records,
    dry,
    learning,
    occasions,
    outcomes,
    people,
    settings,
    views,
)
from bot.features.quiet.core import quiet
from bot.features.quiet.reasons import Candidate, Kind
from bot.follow_ups import FloorGiven, WorthAnswering
from bot.ports import Can

EVERY = timedelta(hours=20)
"""The least time between two posts of a group for which the lot is drawn: one a day, whose hour
may move a little. More would soon be muted."""


@quiet.on(WorthAnswering)
async def worth_answering(ctx: Context, event: WorthAnswering) -> Follows:
    """Names people in a post that goes out, as the moderators decided."""
    if ctx.group is None or Can.READ not in ctx.capabilities(event.chat).can:
        return []
    chosen = await settings.of_group(ctx.tx, ctx.group.id)
    if not chosen.switched_on:
        return []
    if await choosing_records.is_too_soon(ctx.tx, ctx.group.id, ctx.now - EVERY):
        return []
    if chosen.is_dry:
        return [*await dry.would(ctx, event, await choosing.candidates(ctx, event))]
    if chosen.approve:
        agreed = await approval.approved(ctx, event) or []
        rested = await choosing.rested(ctx.tx, [one.member for one in agreed], ctx.now)
        return await _drawn(ctx, event, [one for one in agreed if one.member not in rested])
    return await _drawn(ctx, event, await choosing.candidates(ctx, event))


async def _drawn(ctx: Context, event: WorthAnswering, found: Sequence[Candidate]) -> Follows:
    lot = Random(ctx.rng.getrandbits(64))  # another one than that by which they were chosen
    chances = {one.kind: await learning.chance(ctx, one.kind) for one in found}
    drawn = {one: lot.random() < chances[one.kind] for one in found if chances[one.kind]}
    if not drawn:
        return []
    await _record(ctx, event, drawn, chances)
    outcomes.await_outcome(ctx, event.name)
    named = [one for one, is_named in drawn.items() if is_named]
    if not named:
        return []
    floor = views.floor(ctx.words, named, lot)
    given = f"{event.id}:floor"
    return [FloorGiven(id=given, at=ctx.now, chat=event.chat, name=event.name, floor=floor)]


async def _record(
    ctx: Context,
    event: WorthAnswering,
    drawn: Mapping[Candidate, bool],
    chances: Mapping[Kind, float],
) -> None:
    group = ctx.here
    before = await people.earlier(ctx.tx, group.id, [one.member for one in drawn], ctx.now)
    rows = [
        {
            "community": group.community,
            "group_id": group.id,
            "post": event.name,
            "member": one.member,
            "kind": one.kind,
            "why": one.why,
            "named": is_named,
            "chance": chances[one.kind],
            "days_before": before[one.member][0],
            "messages_before": before[one.member][1],
            "at": ctx.now,
        }
        for one, is_named in drawn.items()
    ]
    await occasions.record(ctx.tx, rows)
