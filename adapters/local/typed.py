"""Reading a command as somebody typed it."""

from collections.abc import Sequence

from msgspec import Struct

from adapters.local.model import Profile, Room
from bot.commands import Command, Kind, Param, bind, words


class Typed(Struct, frozen=True):
    """What was typed: the declared path and its arguments, or `unknown` and the `rest`."""

    path: str
    args: dict[str, str] = {}
    rest: str = ""
    unknown: bool = False


def parse(
    line: str, commands: Sequence[Command], people: Sequence[Profile], rooms: Sequence[Room]
) -> Typed:
    """Finds the command with the longest path that the line begins with, and binds the rest.

    People and rooms are given by name (`@Ann`, `#help`) and travel as their references.
    """
    typed = line.strip().removeprefix("/")
    first = typed.split(maxsplit=2)
    for length in (2, 1):
        path = " ".join(first[:length])
        for command in commands:
            if path in command.typed and len(first) >= length:
                rest = typed.split(maxsplit=length)[length:]
                args = bind(command, rest[0] if rest else "")
                return Typed(command.path, _resolved(command, args, people, rooms))
    name, _, after = typed.partition(" ")
    return Typed(name, rest=after.strip(), unknown=True)


def _resolved(
    command: Command, args: dict[str, str], people: Sequence[Profile], rooms: Sequence[Room]
) -> dict[str, str]:
    kinds = {param.name: param for param in command.params}
    return {name: _value(kinds[name], value, people, rooms) for name, value in args.items()}


def _value(param: Param, value: str, people: Sequence[Profile], rooms: Sequence[Room]) -> str:
    plain = value.removeprefix("@" if param.kind is Kind.MEMBER else "#").casefold()
    if param.kind is Kind.MEMBER:
        found = (str(p.ref) for p in people if plain in (p.name.casefold(), p.id))
        return next(found, value)
    if param.kind is Kind.ROOM:
        found = (str(r.chat) for r in rooms if plain in (r.title.casefold(), r.chat.room))
        return next(found, value)
    if param.kind is Kind.CHOICE:
        found = (c.value for c in param.choices if value.casefold() == c.label.casefold())
        return next(found, value)
    return value


def quoted(value: str) -> str:
    """A value as it has to be typed so that it stays one word."""
    if words(value) == [value]:
        return value
    return '"' + value.replace('"', '\\"') + '"'
