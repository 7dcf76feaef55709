"""Commands and forms, declared once for all platforms.

Descriptions and labels are English source strings, marked with `N_` and translated by whoever
shows them (`bot.i18n`).
"""

import re
from enum import StrEnum

from msgspec import Struct

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^”]*)”|«\s*([^»]*?)\s*»|(\S+)')


def N_(message: str) -> str:
    """Marks a string for the catalogues and gives it back unchanged."""
    return message


class Kind(StrEnum):
    """What a parameter holds; values travel as text."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    MEMBER = "member"
    ROOM = "room"
    FLAG = "flag"
    FILE = "file"


class Choice(Struct, frozen=True):
    """A value and what people see for it."""

    value: str
    label: str


class Param(Struct, frozen=True, omit_defaults=True):
    """One argument. `complete` asks the feature for suggestions while somebody types."""

    name: str
    description: str
    kind: Kind = Kind.TEXT
    required: bool = True
    choices: tuple[Choice, ...] = ()
    complete: bool = False
    max_length: int = 1500


class Command(Struct, frozen=True, omit_defaults=True):
    """A command: `path` is one or two words ("setup", "prompt add").

    `moderator` commands are shown to moderators where the platform can, and refused to others by
    the engine everywhere. `private` ones also work in a conversation with the bot. `on_message` is
    its name in the menu of a message (at most 32 characters); where messages have no menus it is
    given as an answer to the message. Such a command comes with `CommandGiven.about`. A `bare` one
    is also meant by the first word of its path alone, where people type commands.
    """

    path: str
    description: str
    params: tuple[Param, ...] = ()
    moderator: bool = False
    private: bool = False
    on_message: str = ""
    bare: bool = False

    @property
    def typed(self) -> tuple[str, ...]:
        """The paths that people may type for it, the whole one first."""
        return (self.path, self.path.partition(" ")[0]) if self.bare else (self.path,)


class Field(Struct, frozen=True, omit_defaults=True):
    """One line of a form; `value` is what stands in it at first."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    long: bool = False
    required: bool = True
    max_length: int = 1500


class Form(Struct, frozen=True, omit_defaults=True):
    """One to five fields that somebody fills; already in the reader's language.

    `id` is `<feature>.<what>`, ASCII, at most 32 bytes.
    """

    id: str
    title: str
    fields: tuple[Field, ...]


def words(line: str) -> list[str]:
    """Splits a typed line at spaces; quotes (straight, curly, angled) hold words together."""
    found = []
    for straight, curly, angled, bare in _WORD.findall(line):
        found.append((straight.replace('\\"', '"') or curly or angled) or bare)
    return found


def bind(command: Command, line: str) -> dict[str, str]:
    """What a typed line says about each parameter, in the declared order.

    `name=value` names a parameter, anywhere in the line. The last text parameter takes the rest
    as it was typed. Nothing is checked here; missing ones are simply absent.
    """
    args, rest = _named(command, line.strip())
    for index, param in enumerate(command.params):
        if not rest or param.kind is Kind.FILE or param.name in args:
            continue
        if param.kind is Kind.TEXT and _is_last_text(command, index):
            args[param.name], rest = rest, ""
            continue
        match = _WORD.match(rest)
        if match is None:
            continue
        args[param.name] = words(match[0])[0] if words(match[0]) else ""
        rest = rest[match.end() :].strip()
    return args


def _named(command: Command, line: str) -> tuple[dict[str, str], str]:
    args: dict[str, str] = {}
    for param in command.params:
        found = re.search(rf'(?:^|\s){param.name}=("(?:[^"\\]|\\.)*"|\S+)', line)
        if found:
            args[param.name] = "".join(words(found[1]))
            line = (line[: found.start()] + " " + line[found.end() :]).strip()
    return args, line


def _is_last_text(command: Command, index: int) -> bool:
    later = command.params[index + 1 :]
    return all(p.kind is Kind.FILE or not p.required for p in later)
