"""`/pings`: whether and when the bot may mention somebody who did nothing just now."""

from typing import Any

from sqlalchemy import Row

from bot.commands import N_, Choice, Command, Kind, Param
from bot.consent import QUIET_FROM, QUIET_UNTIL
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Button, Look
from bot.events import ChoiceMade, CommandGiven
from bot.feature import answer_key
from bot.features.privacy.core import privacy
from bot.store import members
from bot.text import Text, bold

NEVER, SOMETIMES, QUIET = "never", "sometimes", "quiet"
HOURS = ((20, 9), (22, 8), (0, 7), (0, 0))
"""Quiet hours on offer, local; the last pair means none."""
_CHOICES = (
    Choice(NEVER, N_("Never mention me")),
    Choice(SOMETIMES, N_("At most once a week")),
    Choice(QUIET, N_("Choose quiet hours")),
)


@privacy.command(
    Command(
        "pings",
        N_("Choose whether and when I may mention you"),
        (Param("when", N_("How often"), Kind.CHOICE, required=False, choices=_CHOICES),),
        private=True,
    )
)
async def pings(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Sets it, or shows how it stands."""
    return [await _answer(ctx, event.args.get("when", ""), in_place=False)]


@privacy.choice("pings")
async def pressed(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The same by button."""
    return [await _answer(ctx, answer_key(event.choice)[1], in_place=True)]


@privacy.choice("quiet")
async def quiet_pressed(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """A pair of quiet hours was picked, by its place in `HOURS`."""
    index = answer_key(event.choice)[1]
    if not (index.isdecimal() and int(index) < len(HOURS)):
        return []
    start, end = HOURS[int(index)]
    await members.prefer(ctx.tx, ctx.member, quiet_from=start, quiet_until=end, no_pings=False)
    return [await _status(ctx, in_place=True)]


async def _answer(ctx: Context, wish: str, *, in_place: bool) -> AnyEffect:
    if wish == QUIET:
        said = ctx.own.say("Between which hours shall I leave you alone?")
        rows = tuple(
            (Button(_hours(ctx, start, end), f"privacy.quiet:{index}"),)
            for index, (start, end) in enumerate(HOURS)
        )
        return ctx.whisper(said, buttons=rows, in_place=in_place)
    if wish in (NEVER, SOMETIMES):
        await members.prefer(ctx.tx, ctx.member, no_pings=wish == NEVER)
    return await _status(ctx, in_place=in_place)


async def _status(ctx: Context, *, in_place: bool) -> AnyEffect:
    wish = await members.preference(ctx.tx, ctx.member)
    never = bool(wish and wish.no_pings)
    if never:
        said = ctx.own.say("I never mention you. You can still use everything.")
    else:
        hours = bold(_hours(ctx, *_quiet(wish)))
        said = ctx.own.say(
            "I mention you at most once a week, all my doings together. Quiet hours: {hours}.",
            hours=hours,
        )
    return ctx.whisper(Text.of(said), buttons=_buttons(ctx, never=never), in_place=in_place)


def _buttons(ctx: Context, *, never: bool) -> Buttons:
    def look(chosen: bool) -> Look:
        return Look.MAIN if chosen else Look.PLAIN

    first = (
        Button(ctx.own.plain("Never mention me"), f"privacy.pings:{NEVER}", look=look(never)),
        Button(
            ctx.own.plain("At most once a week"), f"privacy.pings:{SOMETIMES}", look=look(not never)
        ),
    )
    return (first, (Button(ctx.own.plain("Choose quiet hours"), f"privacy.pings:{QUIET}"),))


def _quiet(wish: Row[Any] | None) -> tuple[int, int]:
    if wish is None or wish.quiet_from is None or wish.quiet_until is None:
        return QUIET_FROM, QUIET_UNTIL
    return wish.quiet_from, wish.quiet_until


def _hours(ctx: Context, start: int, end: int) -> str:
    return ctx.own.plain("none") if start == end else f"{start:02}:00 – {end:02}:00"
