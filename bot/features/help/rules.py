"""Which commands somebody can use, and which one they mean. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from bot.commands import Command

FAMILY = 3
"""From this many commands with the same first word on, the overview shows them in one line."""


def usable(commands: Mapping[str, Command], *, moderator: bool, private: bool) -> Sequence[Command]:
    """The commands that work for this person in this place, by path."""
    found = (
        command
        for command in commands.values()
        if (moderator or not command.moderator) and (command.private or not private)
    )
    return sorted(found, key=lambda command: command.path)


def families(commands: Iterable[Command]) -> list[tuple[Command, ...]]:
    """Commands with the same first word together where they are many, each alone otherwise."""
    grouped: dict[str, list[Command]] = {}
    for command in commands:
        grouped.setdefault(command.path.split()[0], []).append(command)
    lines: list[tuple[Command, ...]] = []
    for members in grouped.values():
        lines += [tuple(members)] if len(members) >= FAMILY else [(one,) for one in members]
    return lines


def normal(typed: str) -> str:
    """What somebody typed as a command's path would be written."""
    return " ".join(typed.replace("/", " ").casefold().split())


def find(commands: Sequence[Command], typed: str) -> Sequence[Command]:
    """The command of exactly this path, else all that begin with this word, else none."""
    path = normal(typed)
    exact = [command for command in commands if command.path == path]
    return exact or [command for command in commands if command.path.split()[0] == path]


def similar(commands: Sequence[Command], typed: str) -> Sequence[str]:
    """Up to three paths that look like what was typed."""
    return get_close_matches(normal(typed), [command.path for command in commands], n=3)


def usage(command: Command) -> str:
    """The command as it is typed: "/pause [until]"."""
    params = (p.name if p.required else f"[{p.name}]" for p in command.params)
    return " ".join((f"/{command.path}", *params))
