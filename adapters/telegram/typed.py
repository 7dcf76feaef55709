"""Reading a command as somebody typed it into a group."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from telegram import MessageEntity

from adapters.telegram.names import PLATFORM
from bot.commands import Command, Kind, bind
from bot.refs import ChatRef, MemberRef

_COMMAND = re.compile(r"/(?P<name>\w{1,64})(?:@(?P<to>\w+))?(?!\S)")


class Typed(Struct, frozen=True):
    """`path` and `rest` of what was typed; `command` is None if nobody declared it.

    `addressed`: the bot's own name was appended, as in /help@the_bot.
    """

    command: Command | None
    path: str
    rest: str
    addressed: bool = False


class CommandTable:
    """Commands by what people type: "/prompt add" and "/prompt_add" are the same."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._by_typed = {
            menu_name(path): command for command in commands for path in command.typed
        }

    def read(self, text: str, bot_name: str) -> Typed | None:
        """The command that a text begins with; None for none, or one for another bot."""
        found = _COMMAND.match(text)
        if found is None or (found["to"] and found["to"].lower() != bot_name.lower()):
            return None
        name, rest = found["name"], text[found.end() :].strip()
        command = self._by_typed.get(name.lower())
        if rest and (longer := self._longer(name, rest)):
            command, rest = longer
        return Typed(command, command.path if command else name, rest, bool(found["to"]))

    def _longer(self, name: str, rest: str) -> tuple[Command, str] | None:
        """The command of two words, and what is typed behind it."""
        second, *more = rest.split(maxsplit=1)
        command = self._by_typed.get(menu_name(f"{name} {second}"))
        return (command, "".join(more)) if command else None


def menu_name(path: str) -> str:
    """A path as the platform allows it: one word of letters, digits and underscores."""
    return path.replace(" ", "_").replace("-", "_").lower()


def resolved(
    typed: Typed,
    named: dict[str, int],
    id_of: Callable[[str], int | None],
    rooms: dict[str, ChatRef],
) -> dict[str, str]:
    """The arguments that name people or rooms, as references.

    `named` are the names in the text that Telegram itself linked to an account; they may hold
    spaces, so they are replaced before the line is cut into words.
    """
    command = typed.command
    kinds = {p.name: p.kind for p in command.params} if command else {}
    if command is None or not {Kind.MEMBER, Kind.ROOM} & set(kinds.values()):
        return {}
    line = typed.rest
    for name, user in named.items():
        line = line.replace(name, str(MemberRef(PLATFORM, str(user))), 1)
    args: dict[str, str] = {}
    for name, value in bind(command, line).items():
        if kinds[name] is Kind.MEMBER:
            user_id = id_of(value)
            args[name] = str(MemberRef(PLATFORM, str(user_id))) if user_id else value
        elif kinds[name] is Kind.ROOM:
            room = rooms.get(value.removeprefix("#").casefold())
            args[name] = str(room) if room else value
        elif line != typed.rest:
            args[name] = value
    return args


def named_people(text: str, entities: Sequence[MessageEntity]) -> dict[str, int]:
    """The names in a text that stand for an account without a user name."""
    raw = text.encode("utf-16-le")
    return {
        raw[e.offset * 2 : (e.offset + e.length) * 2].decode("utf-16-le"): e.user.id
        for e in entities
        if e.type == MessageEntity.TEXT_MENTION and e.user
    }
