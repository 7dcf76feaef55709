"""`/mydata` and `/forgetme`: asked of all features at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect, Attachment, Button, Look
from bot.events import ChoiceMade, CommandGiven
from bot.features.privacy.core import privacy
from bot.text import Text, bold, clean, code

FILE = "mydata.json"
SHOWN = 3
LONGEST = 80


@privacy.command(Command("mydata", N_("See everything that I keep about you"), private=True))
async def mydata(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """A summary to read, and all of it as a file."""
    kept = await ctx.around.keeps(ctx.tx, event.member)
    if not kept:
        return [ctx.whisper(ctx.own.say("I keep nothing about you."), public_ok=False)]
    data = msgspec.json.format(msgspec.json.encode({"about": str(event.member), **kept}), indent=2)
    head = ctx.own.say("This is all that I keep about you. The file holds it word for word.")
    end = ctx.own.say("{forgetme} deletes it.", forgetme=code("/forgetme"))
    text = Text.join("\n\n", [head, _summary(ctx, kept), end])
    file = Attachment(FILE, data, ctx.own.plain("Everything that I keep about you"))
    return [ctx.whisper(text, attachment=file, public_ok=False)]


def _summary(ctx: Context, kept: Mapping[str, Any]) -> Text:
    return Text.join("\n", [_section(ctx, label, value) for label, value in kept.items()])


def _section(ctx: Context, label: str, value: Any) -> Text:
    name = bold(ctx.own.plain(label))
    if isinstance(value, list):
        lines = [Text.of("\n  · ", _readable(ctx, item)) for item in value[:SHOWN]]
        more = [Text.of("\n  …")] if len(value) > SHOWN else []
        return Text.of(name, f": {ctx.own.number(len(value))}", *lines, *more)
    return Text.of(name, ": ", _readable(ctx, value))


def _readable(ctx: Context, value: Any) -> str:
    """One line for a person: names stand only where a number would say nothing."""
    if isinstance(value, Mapping):
        parts = (_part(ctx, name, one) for name, one in value.items() if one is not None)
        value = " · ".join(part for part in parts if part)
    line = " ".join(clean(str(value)).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _part(ctx: Context, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return ctx.own.plain(name) if value else ""
    if isinstance(value, int):
        return f"{ctx.own.plain(name)}: {ctx.own.number(value)}"
    try:
        return ctx.own.moment(datetime.fromisoformat(value))
    except ValueError:
        return str(value)


@privacy.command(Command("forgetme", N_("Delete everything that I keep about you"), private=True))
async def forgetme(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Asks once more before it is gone."""
    said = ctx.own.say(
        "I delete everything I keep about you, in every group where I am: your name, counts, "
        "answers, suggestions and wishes. Prompts that moderators took from you stay, without "
        "your name. This can't be undone."
    )
    buttons = (
        Button(ctx.own.plain("Delete everything"), "privacy.forget", look=Look.DANGER),
        Button(ctx.own.plain("Keep it"), "privacy.keep"),
    )
    return [ctx.whisper(Text.of(said), buttons=(buttons,))]


@privacy.choice("forget")
async def forget(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Whoever presses is forgotten: nobody can do it to somebody else."""
    said = ctx.own.say(
        "Done. I have forgotten you. If you go on using me, I get to know you again; "
        "{pings} stops every mention.",
        pings=code("/pings never"),
    )
    answer = ctx.whisper(said, in_place=True)
    await ctx.around.forgets(ctx.tx, event.member)
    ctx.forgotten.append(event.member)
    return [answer]


@privacy.choice("keep")
async def keep(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Nothing happens."""
    return [ctx.whisper(ctx.own.say("Everything stays as it is."), in_place=True)]
