"""Names of commands and options in other languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from adapters.discord import menus, names
from bot.commands import Command
from tests.adapters.discord.conftest import Speaking
from tests.adapters.discord.core import COMMANDS

LOCALES = [locale for locales in names.LOCALES.values() for locale in locales]
Json = dict[str, Any]


def declared() -> list[Command]:
    from bot.app import features

    return [command for feature in features() for command in feature.commands.values()]


def neighbours(level: list[Json]) -> Iterator[list[Json]]:
    """Everything that stands beside each other, from the first words down to the options."""
    yield level
    for part in level:
        yield from neighbours(part.get("options", []))


def accepted(name: str) -> bool:
    """Discord's ^[-_'\\p{L}\\p{N}]{1,32}$ in lower case; none of our languages needs its rest."""
    letters = all(c in "-_'" or unicodedata.category(c)[0] in "LN" for c in name)
    return letters and 1 <= len(name) <= 32 and name == name.lower()


def test_a_translator_meets_each_group_command_and_option_once() -> None:
    found = names.message_ids(COMMANDS)
    assert found[:4] == ["/setup", "/prompt", "/prompt add", "text="]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_translated_name_is_one_that_discord_takes(locale: str) -> None:
    for level in neighbours(menus.slash_commands(declared())):
        for part in level:
            assert accepted(part.get("name_localizations", {}).get(locale, part["name"]))


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_neighbours_have_the_same_name(locale: str) -> None:
    for level in neighbours(menus.slash_commands(declared())):
        shown = [p.get("name_localizations", {}).get(locale, p["name"]) for p in level]
        assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_name_of_ours_is_translated(locale: str) -> None:
    for level in neighbours(menus.slash_commands(declared())):
        for part in level:
            assert locale in part.get("name_localizations", {}), part["name"]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_title_in_the_menu_of_messages_is_translated(locale: str) -> None:
    for command in menus.message_menu(declared()):
        assert locale in command.get("name_localizations", {}), command["name"]


def test_every_title_in_the_menu_of_messages_is_short_enough() -> None:
    assert all(len(c["name"]) <= names.LONGEST_TITLE for c in menus.message_menu(declared()))


@pytest.mark.parametrize("faulty", ["", "/chat", "un chat", "chat!", "c" * 33, "<@1>", "a\u0301"])
def test_a_name_that_discord_would_refuse_stays_english(faulty: str, speaking: Speaking) -> None:
    speaking({("fr", "/cat"): faulty})
    assert names.translated({"cat": "/cat"}) == {"cat": {}}


def test_capitals_are_forgiven(speaking: Speaking) -> None:
    speaking({("pt", "/cat"): "Gato"})
    assert names.translated({"cat": "/cat"})["cat"]["pt-BR"] == "gato"


def test_of_two_neighbours_with_one_translation_the_second_stays_english(
    speaking: Speaking,
) -> None:
    speaking({("fr", "/cat"): "chat", ("fr", "/tomcat"): "chat"})
    beside = {"cat": "/cat", "tomcat": "/tomcat"}
    assert names.translated(beside) == {"cat": {"fr": "chat"}, "tomcat": {}}


def test_no_translation_takes_the_english_name_of_a_neighbour(speaking: Speaking) -> None:
    speaking({("fr", "/cat"): "pain", ("fr", "/pain"): "douleur"})
    beside = {"cat": "/cat", "pain": "/pain"}
    assert names.translated(beside) == {"cat": {}, "pain": {"fr": "douleur"}}
