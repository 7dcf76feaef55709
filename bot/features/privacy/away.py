"""`/away`: for a while nobody mentions somebody or gives them the floor.

Writing meanwhile does not end it: who is on a journey may well say hello.
"""

from bot.commands import N_, Command, Param
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Button
from bot.events import ChoiceMade, CommandGiven
from bot.feature import answer_key
from bot.features.privacy.away_rules import LONGEST, parse_away
from bot.features.privacy.core import privacy
from bot.features.privacy.wishes import of_person, own_words, wish
from bot.misread import fault
from bot.text import Text, bold
from scheduler.errors import PhraseError

BACK = "back"
_SPANS = {"1w": N_("1 week"), "2w": N_("2 weeks"), "1m": N_("A month")}
_MEANT = {"1w": "1 week", "2w": "2 weeks", "1m": "1 month"}
EXAMPLE = N_("until Monday")


@privacy.command(
    Command(
        "away",
        N_("Tell me that you are away: I leave you alone until you are back"),
        (Param("until", N_("How long: 2 weeks, until 12 December"), required=False),),
        private=True,
    )
)
async def away(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Sets it, or shows how it stands."""
    if typed := event.args.get("until", "").strip():
        return [await _leave(ctx, typed, in_place=False)]
    return [await _status(ctx, in_place=False)]


@privacy.choice("away")
async def pressed(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The same by button, and being back."""
    span = answer_key(event.choice)[1]
    if span in _MEANT:
        return [await _leave(ctx, _MEANT[span], in_place=True)]
    await wish(ctx.tx, ctx.member, away_until=None)
    said = ctx.own.say("Good to have you back. Your other wishes are as they were.")
    return [ctx.whisper(said, in_place=True)]


async def _leave(ctx: Context, typed: str, *, in_place: bool) -> AnyEffect:
    words = await own_words(ctx)
    try:
        until = parse_away(typed, ctx.now.astimezone(words.zone))
    except PhraseError as error:
        wrong = fault(ctx.own, error, EXAMPLE)
        return ctx.whisper(Text.of(wrong, " ", ctx.own.say("Nothing has changed.")))
    if until - ctx.now > LONGEST:
        said = ctx.own.say("I can remember that for a year at most. Nothing has changed.")
        return ctx.whisper(said)
    await wish(ctx.tx, ctx.member, away_until=until)
    return await _status(ctx, in_place=in_place)


async def _status(ctx: Context, *, in_place: bool) -> AnyEffect:
    until = max(
        (row.away_until for row in await of_person(ctx.tx, ctx.member) if row.away_until),
        default=ctx.now,
    )
    if until > ctx.now:
        day = bold((await own_words(ctx)).moment(until))
        said = ctx.own.say(
            "You are away until {day}. Until then I mention you nowhere, and you can write "
            "whenever you like.",
            day=day,
        )
        back = Button(ctx.own.plain("I'm back"), f"privacy.away:{BACK}")
        return ctx.whisper(said, buttons=((back,), *_spans(ctx)), in_place=in_place)
    said = ctx.own.say("You are here. How long will you be away? I leave you alone until then.")
    return ctx.whisper(said, buttons=_spans(ctx), in_place=in_place)


def _spans(ctx: Context) -> Buttons:
    row = (Button(ctx.own.plain(said), f"privacy.away:{key}") for key, said in _SPANS.items())
    return (tuple(row),)
