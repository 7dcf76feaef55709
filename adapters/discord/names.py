"""What Discord calls the commands and their options in each language.

The catalogues have "/prompt" for a first word, "/prompt add" for the "add" under it, and "text="
for the option "text" of every command. Each is translated by one word, so a group has one name.
"""

import re
from collections.abc import Iterable, Mapping

from bot.commands import Command
from bot.i18n import DEFAULT, LANGUAGES, Words

LOCALES = {"en": (), "fr": ("fr",), "es": ("es-ES", "es-419"), "pt": ("pt-BR",)}
"""What Discord calls our languages. It has no Portuguese of Portugal."""
RULES = "Discord: its last word alone; lower case, no space, letters, digits, - or _, at most 32"
"""For translators. Nothing under one first word may have the same name twice."""
LONGEST_TITLE = 32
_NAME = re.compile(r"[-_'\w]{1,32}")


def message_ids(commands: Iterable[Command]) -> list[str]:
    """The catalogue's ids for every first word, path and option, each once."""
    found: dict[str, None] = {}
    for command in commands:
        first = command.path.split()[0]
        found |= dict.fromkeys([f"/{first}", f"/{command.path}"])
        found |= dict.fromkeys(f"{param.name}=" for param in command.params)
    return list(found)


def titles(beside: Iterable[str]) -> dict[str, dict[str, str]]:
    """For each name in the menu of messages: its translations by Discord's locale.

    They may be several words. One that is too long, or that another has already, is left out.
    """
    found: dict[str, dict[str, str]] = {name: {} for name in beside}
    for language in LANGUAGES:
        taken = set(found)
        for name in found:
            title = Words(language).plain(name)
            if language == DEFAULT or title in taken or len(title) > LONGEST_TITLE:
                continue
            taken.add(title)
            found[name] |= dict.fromkeys(LOCALES[language], title)
    return found


def translated(beside: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For each of the names that stand beside each other: its translations by Discord's locale.

    `beside` has the catalogue's id of each name. A translation that Discord would refuse is left
    out, so that people see the English name instead of no command at all.
    """
    found: dict[str, dict[str, str]] = {name: {} for name in beside}
    for language in LANGUAGES:
        taken = set(beside)
        for name, message in beside.items():
            word = Words(language).plain(message).lower()
            if language == DEFAULT or not _NAME.fullmatch(word):
                continue
            if word == name or word not in taken:
                taken.add(word)
                found[name] |= dict.fromkeys(LOCALES[language], word)
    return found
