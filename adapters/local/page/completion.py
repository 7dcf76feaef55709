"""What the composer offers while somebody types a command, or a name after an at sign."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from adapters.local.people import Person
from adapters.local.typed import quoted
from bot.commands import Command, Kind, Param, words
from bot.ports import Receiver
from bot.refs import ChatRef

View = dict[str, Any]
Translate = Callable[[str], str]
MOST = 12
_MENTION = re.compile(r"(?:^|\s)@([^@\n]{0,40})$")


async def suggest(
    receiver: Receiver, person: Person, chat: ChatRef, line: str, translate: Translate
) -> View:
    """For the line up to the caret: `items` to choose from, and `usage` once a command is typed.

    An item's `insert` is the whole line as it stands after the choice.
    """
    found = await _suggest(receiver, person, chat, line)
    for described in (*found["items"], *((found["usage"] or {}).get("params", ()))):
        for key in ("detail", "description"):
            if described.get(key):
                described[key] = translate(described[key])
    return found


async def _suggest(receiver: Receiver, person: Person, chat: ChatRef, line: str) -> View:
    if not line.startswith("/"):
        return {"items": _names(person, chat, line), "usage": None}
    known = [c for c in receiver.commands if person.may_give(c, chat)]
    typed = line.removeprefix("/")
    command = max(
        (c for c in known if (typed + " ").startswith(c.path + " ")),
        key=lambda c: len(c.path),
        default=None,
    )
    if command is None or typed == command.path:
        return {"items": _commands(known, typed), "usage": None}
    rest = typed[len(command.path) + 1 :]
    index, start = _place(command, rest)
    if index is None:
        return {"items": [], "usage": _usage(command, -1)}
    param, value = command.params[index], rest[start:]
    choices = await _values(receiver, person, chat, command, param, value.strip('"'))
    before = line[: len(line) - len(value)]
    last = index == len(command.params) - 1
    items = [
        {
            "label": label,
            "detail": "",
            "insert": before + (value if last and param.kind is Kind.TEXT else quoted(value)) + " ",
        }
        for value, label in choices[:MOST]
    ]
    return {"items": items, "usage": _usage(command, index)}


def _names(person: Person, chat: ChatRef, line: str) -> list[View]:
    found = _MENTION.search(line)
    if found is None or not chat.group:
        return []
    wanted = found[1].casefold()
    members = (person.world.people[key] for key in person.world.groups[chat.group].members)
    names = sorted(m.name for m in members if m.name.casefold().startswith(wanted))
    return [
        {"label": f"@{name}", "detail": "", "insert": f"{line[: found.start(1)]}{name} "}
        for name in names[:MOST]
    ]


def _commands(known: Sequence[Command], typed: str) -> list[View]:
    wanted = typed.casefold().strip()
    found = [c for c in known if c.path.casefold().startswith(wanted)]
    found += [c for c in known if c not in found and wanted in c.path.casefold()]
    return [
        {"label": f"/{c.path}", "detail": c.description, "insert": f"/{c.path} "}
        for c in sorted(found[:MOST], key=lambda c: not c.path.startswith(wanted))
    ]


def _place(command: Command, rest: str) -> tuple[int | None, int]:
    """Which parameter is being typed (None: all are there) and where in the rest it starts."""
    if not command.params:
        return None, 0
    done = words(rest)
    typing = bool(rest) and not rest.endswith(" ")
    index = len(done) - typing
    final = len(command.params) - 1
    if index >= final and command.params[final].kind is Kind.TEXT:
        return final, _start(rest, final)
    return (index, _start(rest, index)) if index <= final else (None, len(rest))


def _start(rest: str, index: int) -> int:
    """Where the word number `index` begins; quotes hold words together."""
    count, inside, between = 0, False, True
    for position, character in enumerate(rest):
        if between and not character.isspace():
            if count == index:
                return position
            count, between = count + 1, False
        if character == '"':
            inside = not inside
        if character.isspace() and not inside:
            between = True
    return len(rest)


async def _values(
    receiver: Receiver, person: Person, chat: ChatRef, command: Command, param: Param, typed: str
) -> list[tuple[str, str]]:
    if param.complete:
        found = await receiver.complete(
            chat,
            person.ref,
            command.path,
            param.name,
            typed,
            moderator=person.moderates(chat.group),
        )
        return [(choice.value, choice.label) for choice in found]
    world = person.world
    if param.kind is Kind.MEMBER and chat.group:
        members = [world.people[key] for key in world.groups[chat.group].members]
        candidates = [(f"@{p.name}", f"@{p.name}") for p in members]
    elif param.kind is Kind.ROOM:
        candidates = [(f"#{r.title}", f"#{r.title}") for r in world.rooms_of(chat.group)]
    else:
        candidates = [(choice.value, choice.label) for choice in param.choices]
    wanted = typed.lstrip("@#").casefold()
    return [(value, label) for value, label in candidates if wanted in label.casefold()]


def _usage(command: Command, active: int) -> View:
    return {
        "path": f"/{command.path}",
        "description": command.description,
        "params": [
            {
                "name": param.name,
                "description": param.description,
                "required": param.required,
                "active": index == active,
            }
            for index, param in enumerate(command.params)
        ],
    }
