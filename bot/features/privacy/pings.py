"""`/pings`: whether and when the bot may mention somebody who did nothing just now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.commands import N_, Choice, Command, Kind, Param
from bot.consent import QUIET_FROM, QUIET_UNTIL
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Button, Look
from bot.events import ChoiceMade, CommandGiven
from bot.feature import answer_key
from bot.features.privacy.core import privacy
from bot.features.privacy.wishes import of_person, own_words, wish
from bot.text import Text, bold, code

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
    await wish(ctx.tx, ctx.member, quiet_from=start, quiet_until=end, no_pings=False)
    return [await _status(ctx, in_place=True)]


async def _answer(ctx: Context, wanted: str, *, in_place: bool) -> AnyEffect:
    if wanted == QUIET:
        said = ctx.own.say("Between which hours shall I leave you alone?")
        rows = tuple(
            (Button(_hours(ctx, start, end), f"privacy.quiet:{index}"),)
            for index, (start, end) in enumerate(HOURS)
        )
        return ctx.whisper(said, buttons=rows, in_place=in_place)
    if wanted in (NEVER, SOMETIMES):
        await wish(ctx.tx, ctx.member, no_pings=wanted == NEVER)
    return await _status(ctx, in_place=in_place)


async def _status(ctx: Context, *, in_place: bool) -> AnyEffect:
    wishes = await of_person(ctx.tx, ctx.member)
    never = any(one.no_pings for one in wishes)
    if never:
        said = ctx.own.say("I never mention you. You can still use everything.")
    else:
        hours = bold(_hours(ctx, *_quiet(wishes)))
        said = ctx.own.say(
            "I mention you at most once a week, all my doings together. Quiet hours: {hours}.",
            hours=hours,
        )
    text = Text.join("\n", [said, *await _away(ctx, wishes)])
    return ctx.whisper(text, buttons=_buttons(ctx, never=never), in_place=in_place)


async def _away(ctx: Context, wishes: Sequence[Row[Any]]) -> list[Text]:
    until: list[datetime] = [one.away_until for one in wishes if one.away_until]
    if not until or max(until) <= ctx.now:
        return []
    moment = (await own_words(ctx)).moment(max(until))
    end = code("/away")
    return [ctx.own.say("You are away until {moment}. {away} ends it.", moment=moment, away=end)]


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


def _quiet(wishes: Sequence[Row[Any]]) -> tuple[int, int]:
    both = ((one.quiet_from, one.quiet_until) for one in wishes)
    return next((hours for hours in both if None not in hours), (QUIET_FROM, QUIET_UNTIL))


def _hours(ctx: Context, start: int, end: int) -> str:
    return ctx.own.plain("none") if start == end else f"{start:02}:00 – {end:02}:00"
