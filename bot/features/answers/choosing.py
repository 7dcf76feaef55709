"""`/answers settings`: what a group wants of the answers."""

from msgspec import Struct

from bot.commands import N_, Command
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Button
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows, answer_key
from bot.features.answers import choices
from bot.features.answers.choices import Choices
from bot.features.answers.core import answers
from bot.i18n import Words
from bot.text import Text, bold

SETTINGS = Command(
    "answers settings",
    N_("Choose what I do about questions and answers here"),
    moderator=True,
)
HOURS = (1, 2, 4, 8)
"""How many waking hours a question waits before it is carried to somebody."""


class Switch(Struct, frozen=True):
    """One thing that is on or off: its field in `Choices`, its name, and what it does."""

    field: str
    label: str
    what: str


SWITCHES = (
    Switch(
        "offer",
        N_("Offer to keep"),
        N_("Under a message that reads as a question I ask, rarely, whether to keep the answer."),
    ),
    Switch(
        "capture",
        N_("Find answers"),
        N_("I notice in plain conversation which message answers an open question."),
    ),
    Switch(
        "carry",
        N_("Carry on"),
        N_("A question without an answer is shown to at most two people who may know."),
    ),
    Switch(
        "travel",
        N_("Travel"),
        N_(
            "After a day an open question goes to sister groups that want this too, and theirs "
            "come here."
        ),
    ),
    Switch(
        "report",
        N_("Weekly report"),
        N_("Moderators read each week what people asked most and what stayed open."),
    ),
)


@answers.command(SETTINGS)
async def shown(ctx: Context, event: CommandGiven) -> Follows:
    """The switches as they stand."""
    return [await _panel(ctx)]


@answers.choice("switch", moderator=True)
async def switched(ctx: Context, event: ChoiceMade) -> Follows:
    """Turns one of them; pressing again turns it back."""
    field = answer_key(event.choice)[1]
    if any(switch.field == field for switch in SWITCHES):
        chosen = await choices.of_group(ctx.tx, ctx.here.id)
        await choices.choose(ctx.tx, ctx.here.id, **{field: not getattr(chosen, field)})
    return [await _panel(ctx)]


@answers.choice("hours", moderator=True)
async def waits(ctx: Context, event: ChoiceMade) -> Follows:
    """Sets after how many waking hours a question is carried on."""
    typed = answer_key(event.choice)[1]
    if typed in map(str, HOURS):
        await choices.choose(ctx.tx, ctx.here.id, carry_minutes=int(typed) * 60)
    return [await _panel(ctx)]


async def _panel(ctx: Context) -> AnyEffect:
    chosen = await choices.of_group(ctx.tx, ctx.here.id)
    return ctx.panel(_text(ctx.own, chosen), buttons=_buttons(ctx.own, chosen))


def _text(words: Words, chosen: Choices) -> Text:
    lines = [Text.of(bold(words.plain("Questions and answers here")))]
    for switch in SWITCHES:
        what, name = words.plain(switch.what), bold(words.plain(switch.label))
        lines.append(Text.of(_mark(chosen, switch.field), " ", name, " · ", what))
    if chosen.carry:
        hours = chosen.carry_minutes // 60
        lines.append(
            words.say_n(
                "A question waits {n} hour before it is carried on, counted from 9 to 21 o'clock.",
                "A question waits {n} hours before it is carried on, counted from 9 to 21 o'clock.",
                hours,
            )
        )
    return Text.join("\n", lines)


def _mark(chosen: Choices, field: str) -> str:
    return "✅" if getattr(chosen, field) else "⬜"


def _buttons(words: Words, chosen: Choices) -> Buttons:
    switches = [
        Button(f"{_mark(chosen, s.field)} {words.plain(s.label)}", f"answers.switch:{s.field}")
        for s in SWITCHES
    ]
    hours = tuple(
        Button(
            str(words.say_n("{n} hour", "{n} hours", n)),
            f"answers.hours:{n}",
            disabled=chosen.carry_minutes == n * 60,
        )
        for n in HOURS
    )
    rows = (tuple(switches[:3]), tuple(switches[3:]))
    return (*rows, hours) if chosen.carry else rows
