"""Help in words."""

from collections.abc import Sequence

from bot.commands import Command
from bot.context import Context
from bot.features.help.rules import families, usage
from bot.i18n import LANGUAGES
from bot.text import Text, bold, clean, code

LONGEST = 60


def overview(ctx: Context, commands: Sequence[Command]) -> Text:
    """Everything, grouped and short."""
    everybody = [command for command in commands if not command.moderator]
    care = [command for command in commands if command.moderator]
    sections = [_section(ctx, ctx.own.plain("For everybody"), everybody)]
    if care:
        sections.append(_section(ctx, ctx.own.plain("For moderators"), care))
    more = ctx.own.say("{help} tells more about one of them.", help=code("/help language"))
    if ctx.group is None:
        more = ctx.own.say("In your group there is more: type {help} there.", help=code("/help"))
    return Text.join("\n\n", [*sections, more])


def _section(ctx: Context, title: str, commands: Sequence[Command]) -> Text:
    lines = [_line(ctx, family) for family in families(commands)]
    return Text.join("\n", [bold(title), *lines])


def _line(ctx: Context, family: Sequence[Command]) -> Text:
    first = family[0]
    if len(family) == 1:
        return Text.of(code(f"/{first.path}"), " – ", ctx.own.plain(first.description))
    word = first.path.split()[0]
    rest = ", ".join(command.path.partition(" ")[2] for command in family)
    return Text.of(code(f"/{word}"), " ", rest.removeprefix(", "))


def details(ctx: Context, commands: Sequence[Command]) -> Text:
    """One command with its arguments, or a family with one line each."""
    if len(commands) > 1:
        return Text.join("\n", [_line(ctx, (command,)) for command in commands])
    command = commands[0]
    lines = [Text.of(code(usage(command))), Text.of(ctx.own.plain(command.description))]
    lines += [
        Text.of(bold(param.name), ": ", ctx.own.plain(param.description))
        for param in command.params
    ]
    return Text.join("\n", lines)


def not_found(ctx: Context, typed: str, close: Sequence[str]) -> Text:
    """No such command for this person."""
    name = code(clean(typed)[:LONGEST])
    said = ctx.own.say("I know no command {name} that you can use here.", name=name)
    if not close:
        return Text.of(said, " ", ctx.own.say("{help} shows all.", help=code("/help")))
    names = Text.join(", ", [code(f"/{path}") for path in close])
    return Text.of(said, " ", ctx.own.say("Did you mean {names}?", names=names))


def hello(ctx: Context) -> Text:
    """Who writes here, and what that means."""
    language = LANGUAGES[ctx.own.language]
    return Text.join(
        "\n\n",
        [
            ctx.own.say(
                "Hello, I am Convive. I live in groups and help people there talk to each other."
            ),
            ctx.own.say(
                "What you write in your group is not stored. What you give me on purpose, such "
                "as the answer to a prompt, is kept until you say otherwise: {mydata} shows it, "
                "{forgetme} deletes it.",
                mydata=code("/mydata"),
                forgetme=code("/forgetme"),
            ),
            ctx.own.say(
                "I speak {language} to you ({command} changes that) and mention you at most once "
                "a week ({pings} stops it).",
                language=bold(language),
                command=code("/language"),
                pings=code("/pings"),
            ),
        ],
    )


def old_button(ctx: Context) -> Text:
    """The button leads nowhere."""
    return ctx.own.say(
        "This button does nothing any more. {help} shows what you can do.", help=code("/help")
    )
