"""From the declared commands to Discord's slash commands, and back."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from adapters.discord.names import LOCALES, titles, translated
from bot.commands import Choice, Command, Kind, Param
from bot.i18n import DEFAULT, LANGUAGES, Words

Json = dict[str, Any]
MANAGE_GUILD = 1 << 5
IN_GUILD, IN_PRIVATE = 0, 1
SLASH, ON_MESSAGE = 1, 3
SUBCOMMAND, STRING, INTEGER, BOOLEAN, USER, CHANNEL, FILE = 1, 3, 4, 5, 6, 7, 11
_TYPES = {
    Kind.TEXT: STRING,
    Kind.NUMBER: INTEGER,
    Kind.CHOICE: STRING,
    Kind.MEMBER: USER,
    Kind.ROOM: CHANNEL,
    Kind.FLAG: BOOLEAN,
    Kind.FILE: FILE,
}
_ROOMS = [0, 5, 11, 15]
"""Text, announcements, public threads, forums."""
MOST_CHOICES = 25
MOST_ON_MESSAGES = 5
"""discord.py 2.7's figure. Discord's document of 2026 leaves room for 15 (130 commands in all)."""


def slash_commands(commands: Iterable[Command]) -> list[Json]:
    """Slash commands. Raises ValueError for "a" beside "a b", which can't both be."""
    roots: dict[str, list[Command]] = {}
    for command in commands:
        roots.setdefault(command.path.split()[0], []).append(command)
    names = translated({name: f"/{name}" for name in roots})
    built = [{**_root(name, group), **_named(names[name])} for name, group in roots.items()]
    for locale in chain.from_iterable(LOCALES.values()):
        _call_commands_by_name(built, locale)
    return built


def everything(commands: Sequence[Command]) -> list[Json]:
    """The body of a bulk overwrite: slash commands, and what the menus of messages offer."""
    return [*slash_commands(commands), *message_menu(commands)]


def message_menu(commands: Iterable[Command]) -> list[Json]:
    """What the menu of every message offers. Raises ValueError for more than Discord takes."""
    offered = [command for command in commands if command.on_message]
    if len(offered) > MOST_ON_MESSAGES:
        raise ValueError(f"a message's menu holds {MOST_ON_MESSAGES} commands, not {len(offered)}")
    names = titles(command.on_message for command in offered)
    return [
        {
            **_offered_to([command]),
            "type": ON_MESSAGE,
            "name": command.on_message,
            **_named(names[command.on_message]),
        }
        for command in offered
    ]


def _call_commands_by_name(built: list[Json], locale: str) -> None:
    """A description that mentions a command calls it what it is called in the same menu."""
    called = {}
    for parts in _paths(built):
        names = (part.get("name_localizations", {}).get(locale, part["name"]) for part in parts)
        called["/" + " ".join(part["name"] for part in parts)] = "/" + " ".join(names)
    mention = re.compile(rf"({'|'.join(map(re.escape, called))})(?!\w)")
    for part in _parts(built):
        texts = part.get("description_localizations", {})
        if locale in texts:
            texts[locale] = mention.sub(lambda match: called[match[0]], texts[locale])[:100]


def _parts(level: Iterable[Json]) -> Iterator[Json]:
    """Commands, subcommands and options."""
    for part in level:
        yield part
        yield from _parts(part.get("options", []))


def _paths(commands: Iterable[Json]) -> Iterator[tuple[Json, ...]]:
    """What makes up each path: one part, or a group and what stands under it."""
    for command in commands:
        under = [part for part in command.get("options", []) if part["type"] == SUBCOMMAND]
        yield from ((command, part) for part in under)
        if not under:
            yield (command,)


def _root(name: str, group: list[Command]) -> Json:
    first = group[0]
    built = {**_offered_to(group), "type": SLASH, "name": name, **_described(first.description)}
    if first.path == name:
        if len(group) > 1:
            raise ValueError(f"/{name} can't be a command and hold others")
        return {**built, "options": _options(first)}
    return {**built, "options": _subcommands(group)}


def _offered_to(group: list[Command]) -> Json:
    """Where a command is offered, and to whom."""
    contexts = [IN_GUILD, *([IN_PRIVATE] if any(c.private for c in group) else [])]
    built: Json = {"contexts": contexts, "integration_types": [0]}
    if all(command.moderator for command in group):
        built["default_member_permissions"] = MANAGE_GUILD
    return built


def _subcommands(group: list[Command]) -> list[Json]:
    words = {command.path.split()[1]: command for command in group}
    names = translated({word: f"/{command.path}" for word, command in words.items()})
    return [
        {
            "type": SUBCOMMAND,
            "name": word,
            **_named(names[word]),
            **_described(command.description),
            "options": _options(command),
        }
        for word, command in words.items()
    ]


def _options(command: Command) -> list[Json]:
    names = translated({param.name: f"{param.name}=" for param in command.params})
    # Discord wants the required ones first
    params = sorted(command.params, key=lambda param: not param.required)
    return [{**_option(param), **_named(names[param.name])} for param in params]


def _option(param: Param) -> Json:
    kind = _TYPES[param.kind]
    built: Json = {
        "type": kind,
        "name": param.name,
        **_described(param.description),
        "required": param.required,
    }
    if kind == STRING:
        completes = param.complete or len(param.choices) > MOST_CHOICES
        if completes:
            built["autocomplete"] = True
        elif param.choices:
            built["choices"] = [_choice(choice) for choice in param.choices]
        if not param.choices:
            built["max_length"] = min(param.max_length, 6000)
    elif kind == INTEGER and param.complete:
        built["autocomplete"] = True
    elif kind == CHANNEL:
        built["channel_types"] = _ROOMS
    return built


def _choice(choice: Choice) -> Json:
    labels = {locale: text[:100] for locale, text in _translations(choice.label).items()}
    named = {"name": choice.label[:100], "value": choice.value[:100]}
    return {**named, "name_localizations": labels} if labels else named


def offered(choices: Sequence[Choice], kind: int = STRING) -> list[Json]:
    """Suggestions while somebody types; already in the reader's language."""
    return [
        {
            "name": choice.label[:100] or "-",
            "value": int(choice.value) if kind == INTEGER else choice.value[:100],
        }
        for choice in choices[:MOST_CHOICES]
        if kind != INTEGER or choice.value.lstrip("-").isdecimal()
    ]


def _described(description: str) -> Json:
    translated = {loc: text[:100] for loc, text in _translations(description).items()}
    built: Json = {"description": description[:100]}
    return {**built, "description_localizations": translated} if translated else built


def _named(names: dict[str, str]) -> Json:
    return {"name_localizations": names} if names else {}


def _translations(message: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        translated = Words(language).plain(message)
        if language != DEFAULT and translated != message:
            found |= dict.fromkeys(LOCALES[language], translated)
    return found


def fingerprint(application: int, body: list[Json]) -> str:
    """Changes when the commands do."""
    text = json.dumps([application, body], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def numbers(made: Iterable[Json]) -> dict[str, str]:
    """Discord's number for each path, from what it answers to a bulk overwrite."""
    typed = [command for command in made if command["type"] == SLASH]
    return {" ".join(part["name"] for part in path): str(path[0]["id"]) for path in _paths(typed)}


def given(data: Json) -> tuple[str, dict[str, Any], Json]:
    """The path, the options by name and the option being typed, from an interaction."""
    path, options = [data["name"]], data.get("options", [])
    while options and options[0]["type"] in (1, 2):
        path.append(options[0]["name"])
        options = options[0].get("options", [])
    values = {option["name"]: option["value"] for option in options}
    focused: Json = next((option for option in options if option.get("focused")), {})
    return " ".join(path), values, focused
