"""`/quiet effect`: what naming people does, as far as it is known."""

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect, Button
from bot.events import CommandGiven
from bot.features.quiet import effect_views, learning, outcome_records
from bot.features.quiet.core import quiet

PAGE = "effect.html"
"""Where the same stands on the moderators' pages."""


@quiet.command(
    Command("quiet effect", N_("See whether naming quiet members helps"), moderator=True)
)
async def effect(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Words and a picture, and the address of the page where pages are served."""
    community = ctx.here.community
    learned = await learning.of_community(ctx.tx, community)
    under_way = await outcome_records.under_way(ctx.tx, community)
    found = effect_views.report(ctx.own, learned, under_way, ctx.now)
    picture = effect_views.picture(ctx.own, found)
    said = ctx.whisper(effect_views.message(ctx.own, found), attachment=picture)
    address = ctx.around.dashboard(community, PAGE)
    if not address:
        return [said]
    button = Button(ctx.own.plain("Open in a browser"), url=address)
    note = ctx.own.say("The same as a page, for moderators only: keep the address to yourselves.")
    return [said, ctx.whisper(note, buttons=((button,),), public_ok=False)]
