"""Whether everything is as it must be, and how to mend what is not."""

import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from sqlalchemy.engine import URL

from bot.app import adapters
from bot.commands import N_
from bot.operations.backup import opened_copy
from bot.ports import Finding
from bot.refs import ChatRef
from bot.settings import Settings
from bot.store import groups

FOLDER = N_("The folder can be written to: {folder}")
OTHER_FOLDER = N_("Give the user who runs Convive the right to write there, or choose another one.")


async def check(settings: Settings) -> AsyncIterator[tuple[str, Finding]]:
    """What was tested, with the platform it belongs to ("" for none); changes nothing.

    Raises what opening the store raises.
    """
    for folder in _folders(settings):
        yield "", writable(folder)
    chats = await _rooms(settings.store_url)
    for adapter in adapters(settings):
        try:
            here = [chat for chat in chats if chat.platform == adapter.platform]
            for finding in await adapter.check(here):
                yield adapter.platform, finding
        finally:
            await adapter.close()


def writable(folder: Path) -> Finding:
    """Whether files can be made in a folder, or the folder itself."""
    nearest = next(f for f in (folder, *folder.resolve().parents) if f.exists())
    fine = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    return Finding(fine, FOLDER.replace("{folder}", str(folder)), OTHER_FOLDER)


def _folders(settings: Settings) -> list[Path]:
    url = settings.store_url
    of_store = [Path(url.database or "").parent] if url.get_backend_name() == "sqlite" else []
    return list(dict.fromkeys([settings.folder, *of_store]))


def _unmade(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


async def _rooms(url: URL) -> Sequence[ChatRef]:
    """Every room that a group has chosen; none before the first start."""
    if _unmade(url):
        return []
    async with opened_copy(url) as database, database.read() as tx:
        known = await groups.active(tx)
    chats = [chat for group in known for chat in (group.chat, group.moderators_chat)]
    return list(dict.fromkeys(chats))
