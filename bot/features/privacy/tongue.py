"""`/language`: which language the bot speaks to one person."""

from bot.commands import N_, Choice, Command, Kind, Param
from bot.context import Context
from bot.effects import AnyEffect, Button, Look
from bot.events import ChoiceMade, CommandGiven
from bot.feature import answer_key
from bot.features.privacy.core import privacy
from bot.i18n import LANGUAGES
from bot.store import members
from bot.text import Text, bold

AS_GROUP = "group"
_CHOICES = (
    *(Choice(short, name) for short, name in LANGUAGES.items()),
    Choice(AS_GROUP, N_("As the group")),
)


@privacy.command(
    Command(
        "language",
        N_("Choose the language I speak to you"),
        (Param("to", N_("The language"), Kind.CHOICE, required=False, choices=_CHOICES),),
        private=True,
    )
)
async def language(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Sets it, or offers the choice."""
    if wanted := event.args.get("to"):
        return [await _speak(ctx, wanted, in_place=False)]
    said = ctx.own.say("Which language shall I speak to you?")
    return [ctx.whisper(Text.of(said), buttons=_buttons(ctx))]


@privacy.choice("language")
async def pressed(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The same by button."""
    wanted = answer_key(event.choice)[1]
    known = wanted in LANGUAGES or wanted == AS_GROUP
    return [await _speak(ctx, wanted, in_place=True)] if known else []


async def _speak(ctx: Context, wanted: str, *, in_place: bool) -> AnyEffect:
    await members.prefer(ctx.tx, ctx.member, language=None if wanted == AS_GROUP else wanted)
    group = ctx.group.language if ctx.group else ctx.language
    ctx.language = group if wanted == AS_GROUP else wanted
    if wanted == AS_GROUP:
        said = ctx.own.say("From now on I speak to you in the language of the group.")
    else:
        said = ctx.own.say(
            "From now on I speak {language} to you.", language=bold(LANGUAGES[wanted])
        )
    return ctx.whisper(said, buttons=_buttons(ctx), in_place=in_place)


def _buttons(ctx: Context) -> tuple[tuple[Button, ...], ...]:
    made = [
        Button(
            name,
            f"privacy.language:{short}",
            look=Look.MAIN if short == ctx.own.language else Look.PLAIN,
        )
        for short, name in LANGUAGES.items()
    ]
    group = Button(ctx.own.plain("As the group"), f"privacy.language:{AS_GROUP}")
    return (tuple(made[:2]), tuple(made[2:]), (group,))
