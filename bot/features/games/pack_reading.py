"""Reading a pack. Its format is the affair of the game that asks for packs.

That game's folder holds `packs`, with `parse(text)`, which gives `items` and `language`, and
`PackFaults`, and `pack_words`, with `fault_words(fault, words) -> Text`. They are found by name, as
games are.
"""

import asyncio
from importlib import import_module
from typing import Any

from msgspec import Struct

from bot.games import games as all_games
from bot.i18n import Words
from bot.play import PACKS, Item
from bot.text import Text


class Read(Struct, frozen=True):
    """The questions of a pack and its language ("" for all), or everything that is wrong with
    it."""

    items: tuple[Item, ...] = ()
    language: str = ""
    faults: tuple[Any, ...] = ()


async def read(text: str) -> Read:
    """All or nothing. In a thread: a large file takes a while."""
    return await asyncio.to_thread(_read, text)


def fault_words(fault: Any, words: Words) -> Text:
    """One fault with its place, ready to be shown."""
    said: Text = _part("pack_words").fault_words(fault, words)
    return said


def _read(text: str) -> Read:
    packs = _part("packs")
    try:
        pack = packs.parse(text)
    except packs.PackFaults as error:
        return Read(faults=error.faults)
    return Read(pack.items, pack.language)


def _part(name: str) -> Any:
    asking = next(game for game in all_games() if game.traits.supplies == PACKS)
    return import_module(f"bot.games.{asking.key}.{name}")
