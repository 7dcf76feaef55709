"""Help: what a person can do here, a first hello in private, and buttons nobody knows any more."""

from collections.abc import Sequence

from bot.commands import N_, Choice, Command, Param
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import ChoiceMade, CommandGiven, Opened
from bot.feature import Feature
from bot.features.help import rules, views

helping = Feature("help")


def feature() -> Feature:
    """`/help`, `/start`, and an answer to whatever no feature claims."""
    return helping


@helping.command(
    Command(
        "help",
        N_("Show what you can do here"),
        (Param("about", N_("A command, such as pause"), required=False, complete=True),),
        private=True,
    )
)
async def show(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """The commands this person can use here, or one of them in detail."""
    usable = rules.usable(ctx.commands, moderator=ctx.is_moderator, private=event.chat.private)
    about = event.args.get("about", "")
    if not about:
        return [ctx.whisper(views.overview(ctx, usable))]
    found = rules.find(usable, about)
    if not found:
        return [ctx.whisper(views.not_found(ctx, about, rules.similar(usable, about)))]
    return [ctx.whisper(views.details(ctx, found))]


@helping.completes("help", "about")
async def complete(ctx: Context, typed: str) -> Sequence[Choice]:
    """Commands that contain what was typed so far."""
    wanted = rules.normal(typed)
    return [Choice(path, f"/{path}") for path in sorted(ctx.commands) if wanted in path]


@helping.command(Command("start", N_("Say who I am and what I keep"), private=True))
async def start(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """The hello, for whoever types it."""
    return [ctx.whisper(views.hello(ctx))]


@helping.unclaimed("opened")
async def opened(ctx: Context, event: Opened) -> list[AnyEffect]:
    """The private conversation begins."""
    return [ctx.whisper(views.hello(ctx))]


@helping.unclaimed("choice")
async def unknown_choice(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """A button of an older version, or one that was made up."""
    return [ctx.whisper(views.old_button(ctx))]
