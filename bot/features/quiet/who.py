"""`/quiet who`: counts for moderators, and names for their eyes alone."""

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import ChoiceMade, CommandGiven
from bot.features.quiet import people, reviewing, settings, who_views
from bot.features.quiet.core import quiet
from bot.features.quiet.reasons import NAMED, Kind
from bot.features.quiet.who_views import ALONE, AWAY, RHYTHM, Counts
from bot.text import code

PAGE = 20


@quiet.command(
    Command("quiet who", N_("See who is quiet, by their own measure"), moderator=True, bare=True)
)
async def who(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """How many, in words and as a picture."""
    if not reviewing.sees(ctx):
        return [ctx.whisper(who_views.blind(ctx.own))]
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    if chosen.reviewed_at is None:
        return [await _not_yet(ctx)]
    await reviewing.catch_up(ctx)
    found = await _counts(ctx)
    return [
        ctx.whisper(
            who_views.overview(ctx.own, found),
            attachment=who_views.picture(ctx.own, found),
            buttons=who_views.choices(ctx.own, found),
        )
    ]


async def _not_yet(ctx: Context) -> AnyEffect:
    if not ctx.here.ready:
        return ctx.whisper(
            ctx.own.say("I begin to look once {setup} is done.", setup=code("/setup"))
        )
    await reviewing.await_review(ctx)
    return ctx.whisper(
        ctx.own.say(
            "I am having a first look at everybody who is here. Ask me again in a few minutes; in "
            "a very large group it can take an hour."
        )
    )


async def _counts(ctx: Context) -> Counts:
    """Who is away on notice counts as nothing else."""
    number = ctx.here.id
    away = await people.away(ctx.tx, number, ctx.now)
    quiet_ones = await people.counts(ctx.tx, number)
    found: dict[str, int] = {kind: n - away.get(kind, 0) for kind, n in quiet_ones.items()}
    found[ALONE] = await people.left_alone(ctx.tx, number)
    found[AWAY] = sum(away.values())
    found[RHYTHM] = max(0, await people.known(ctx.tx, number) - sum(found.values()))
    return found


@quiet.choice("names", moderator=True)
async def names(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """A page of names, never in a room that others read."""
    if not reviewing.sees(ctx):
        return [ctx.whisper(who_views.blind(ctx.own), public_ok=False)]
    kind, start = _asked(event.choice)
    rows = await people.names(ctx.tx, ctx.here.id, kind, PAGE + 1, ctx.now, start)
    shown = [name for _, name in rows[:PAGE]]
    before = max(0, start - PAGE) if start else None
    after = start + PAGE if len(rows) > PAGE else None
    return [
        ctx.whisper(
            who_views.page(ctx.own, kind, shown, start + 1),
            buttons=who_views.turning(ctx.own, kind, before, after),
            public_ok=False,
        )
    ]


def _asked(choice: str) -> tuple[Kind, int]:
    _, kind, start = choice.split(":")
    asked = Kind(kind)
    if asked not in NAMED:
        raise ValueError(f"nobody is named as {asked}")
    return asked, int(start)
