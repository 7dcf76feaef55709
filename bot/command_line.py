"""From what somebody typed to checked arguments, the same on every platform."""

import msgspec

from bot.commands import N_, Command, Field, Form, Kind, Param, bind
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import ChoiceMade, CommandGiven, Event, FormSubmitted, retold
from bot.fallback import CHOOSE
from bot.text import Text, code

FORM = "command.args"
FIELDS = 5  # the most that a form holds on the platforms that have forms

MODERATORS_ONLY = N_("Only moderators of this group can use {command}.")
GROUPS_ONLY = N_("{command} works in a group, not here.")


def resumed(event: FormSubmitted) -> CommandGiven:
    """The command again, with the arguments that the form asked for."""
    known = msgspec.json.decode(event.arg, type=dict[str, str])
    path = known.pop("")
    return retold(event, CommandGiven, "command", path=path, args=known | event.values)


def chosen(event: CommandGiven) -> ChoiceMade | None:
    """The button that somebody names because none can be pressed here (see `bot.fallback`)."""
    typed = event.line.split()
    if not event.unknown or event.path != CHOOSE or not typed:
        return None
    return retold(event, ChoiceMade, "choice", choice=typed[-1])


def checked(ctx: Context, event: CommandGiven) -> CommandGiven | list[AnyEffect | Event]:
    """The event with complete, checked arguments; or what to tell the person instead."""
    command = ctx.commands.get(event.path)
    if event.unknown or command is None:
        typed = f"/{event.path} {event.line}".strip()
        unknown = ctx.own.say(
            "I don't know {command}. {help} shows what I can do.",
            command=code(typed[:60]),
            help=code("/help"),
        )
        return [ctx.whisper(unknown)]
    name = code(f"/{command.path}")
    if command.moderator and not event.moderator:
        return [ctx.whisper(ctx.own.say(MODERATORS_ONLY, command=name))]
    if ctx.group is None and not command.private:
        return [ctx.whisper(ctx.own.say(GROUPS_ONLY, command=name))]
    args = {k: v for k, v in (bind(command, event.line) | event.args).items() if v.strip()}
    given = args.keys() | event.files.keys()
    needed = () if command.on_message and event.about else command.params
    missing = [p for p in needed if p.required and p.name not in given]
    if missing:
        return [_ask(ctx, command, missing, args)]
    faults = [fault for p in command.params if p.name in args for fault in _faults(ctx, p, args)]
    if faults:
        return [ctx.whisper(Text.join("\n", faults))]
    return msgspec.structs.replace(event, args=args, line="")


def _ask(ctx: Context, command: Command, missing: list[Param], args: dict[str, str]) -> AnyEffect:
    fields = tuple(
        Field(
            param.name,
            ctx.own.plain(param.description),
            placeholder=", ".join(choice.value for choice in param.choices),
            max_length=param.max_length,
            long=param.max_length > 200,
        )
        for param in missing[:FIELDS]
    )
    known = msgspec.json.encode({"": command.path} | args).decode()
    return ctx.ask(Form(FORM, f"/{command.path}", fields), known)


def _faults(ctx: Context, param: Param, args: dict[str, str]) -> list[Text]:
    value = args[param.name]
    say = ctx.own.say
    name = code(param.name)
    if len(value) > param.max_length:
        limit, length = ctx.own.number(param.max_length), ctx.own.number(len(value))
        too_long = say(
            "{name} holds at most {limit} characters; yours has {length}.",
            name=name,
            limit=limit,
            length=length,
        )
        return [too_long]
    if param.choices:
        values = {choice.value.casefold(): choice.value for choice in param.choices}
        if value.casefold() not in values:
            options = ctx.own.listing([choice.value for choice in param.choices])
            return [say("{name} can be {options}.", name=name, options=options)]
        args[param.name] = values[value.casefold()]
    if param.kind is Kind.NUMBER and not value.removeprefix("-").isdecimal():
        return [say("{name} is a whole number, such as 3.", name=name)]
    return []
