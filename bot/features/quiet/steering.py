"""`/quiet settings`: whether quiet members are named here, and how carefully."""

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows, answer_key
from bot.features.quiet import (
    approval,
    dry,
    reviewing,
    settings,
    who_views,
)
from bot.features.quiet import steering_views as views
from bot.features.quiet.core import quiet
from bot.features.quiet.settings import Settings
from bot.text import Text

SWITCHES = ("switched_on", "approve")


@quiet.command(
    Command(
        "quiet settings",
        N_("Choose whether I give quiet members the floor by name"),
        moderator=True,
    )
)
async def shown(ctx: Context, event: CommandGiven) -> Follows:
    """The switches as they stand."""
    return [await _panel(ctx)]


@quiet.choice("switch", moderator=True)
async def switched(ctx: Context, event: ChoiceMade) -> Follows:
    """Turns one of them; pressing again turns it back."""
    field = answer_key(event.choice)[1]
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    if field == "switched_on":
        await _switch(ctx, chosen)
    elif field == "approve" and chosen.switched_on:
        await settings.change(ctx.tx, ctx.here.id, approve=not chosen.approve)
    return [await _panel(ctx), *await approval.catch_up(ctx)]


async def _switch(ctx: Context, chosen: Settings) -> None:
    if chosen.switched_on:
        await dry.stop(ctx)
        await settings.change(ctx.tx, ctx.here.id, switched_on=False)
    elif reviewing.sees(ctx):
        await settings.change(ctx.tx, ctx.here.id, switched_on=True)
        await reviewing.await_review(ctx)


@quiet.choice("try", moderator=True)
async def tried(ctx: Context, event: ChoiceMade) -> Follows:
    """Tries it for a month without naming anybody."""
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    if chosen.switched_on and chosen.dry_until is None:
        await dry.start(ctx)
    return [await _panel(ctx)]


@quiet.choice("tried", moderator=True)
async def decided(ctx: Context, event: ChoiceMade) -> Follows:
    """What comes after the trial, decided in the panel."""
    await dry.decide(ctx, answer_key(event.choice)[1])
    return [await _panel(ctx), *await approval.catch_up(ctx)]


async def _panel(ctx: Context) -> AnyEffect:
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    text, buttons = views.panel(ctx.own, chosen, ctx.now), views.switches(ctx.own, chosen)
    if not reviewing.sees(ctx):
        text = Text.join("\n\n", [text, who_views.blind(ctx.own)])
        buttons = buttons if chosen.switched_on else ()
    return ctx.panel(text, buttons=buttons)
