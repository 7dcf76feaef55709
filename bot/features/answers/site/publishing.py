"""The kept answers in a folder: pages to read, one file of questions and answers, and data."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from bot.commands import N_
from bot.features.answers.site import catalogue
from bot.features.answers.site.catalogue import SCHEMA, File
from bot.site.places import Place, all_places, place
from bot.store.database import Database

MARK = "answers.json"
"""By its beginning a folder is known for an earlier export."""
GROWING = ("FAQ.md", MARK)
"""Files that come in parts."""


class NotWritten(Exception):
    """Why nothing was written: an English source string, with what fills its places."""

    def __init__(self, message: str, **parts: str) -> None:
        super().__init__(message.format(**parts))
        self.message, self.parts = message, parts


async def export(
    database: Database,
    folder: Path,
    community: int | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Writes what a community keeps into a folder; returns the number of questions.

    Without `community` there must be exactly one. An earlier export in the folder is replaced as
    a whole. `tell` hears how many of how many questions are done. Raises NotWritten, and OSError
    if the folder can't be written.
    """
    _check(folder)
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    counted = 0

    def count(done: int, total: int) -> None:
        nonlocal counted
        counted = done
        tell(done, total)

    async with database.read() as tx:
        chosen = await _chosen(await all_places(tx), community)
        found = await place(tx, chosen.number) or chosen
        part.mkdir(parents=True)
        try:
            await _write(part, catalogue.written(tx, found, count))
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    _replace(folder, part)
    return counted


async def _chosen(known: list[Place], community: int | None) -> Place:
    for one in known:
        if community == one.number or (community is None and len(known) == 1):
            return one
    if not known:
        raise NotWritten(N_("There is no community yet."))
    listed = ", ".join(f"{one.number} ({one.name})" for one in known)
    raise NotWritten(N_("Which community? There are: {communities}"), communities=listed)


def _check(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise NotWritten(N_("{folder} is a file, not a folder."), folder=str(folder))
    if folder.exists() and any(folder.iterdir()) and not _is_earlier(folder):
        message = N_("{folder} holds other things. Name a new folder, or an earlier export.")
        raise NotWritten(message, folder=str(folder))


def _is_earlier(folder: Path) -> bool:
    try:
        with (folder / MARK).open(encoding="utf-8") as file:
            return file.read(len(SCHEMA) + 20).startswith(f'{{"schema":"{SCHEMA}"')
    except (OSError, UnicodeDecodeError):
        return False


async def _write(folder: Path, files: AsyncIterator[File]) -> None:
    for name in ("questions", "topics"):
        (folder / name).mkdir()
    with ExitStack() as stack:
        growing: dict[str, TextIO] = {
            name: stack.enter_context((folder / name).open("w", encoding="utf-8", newline="\n"))
            for name in GROWING
        }
        async for name, text in files:
            if name in growing:
                growing[name].write(text)
            else:
                (folder / name).write_text(text, "utf-8", newline="\n")


def _replace(folder: Path, part: Path) -> None:
    """The old export steps aside before the new one takes its name, and goes only then."""
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
