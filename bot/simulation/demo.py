"""`convive demo`: a living group in the browser, without any token, server or network."""

import asyncio
import logging
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from bot.cli import language
from bot.i18n import LANGUAGES, Words
from bot.simulation.cast import VISITOR
from bot.simulation.filling import BORN, CLOCK, NOW, fill

if TYPE_CHECKING:
    from bot.simulation.living import Living

FOLDER: Final = Path(".demo")
PORT: Final = 8080
TRIES: Final = 50
"""Ports that are tried, one after the other."""


def main(
    *, fresh: bool = False, port: int = PORT, folder: Path = FOLDER, until: datetime = NOW
) -> int:
    """Makes the community if there is none (or `fresh` is asked), shows it until Ctrl-C, and
    returns 0. `until` ends its past."""
    words = Words(language(os.environ))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        _make(folder, words, until)
    return asyncio.run(_show(folder, words, port))


def _make(folder: Path, words: Words, until: datetime) -> None:
    """Fills a folder beside the real one, so that one that was given up half way is not kept."""
    from bot.simulation.progress import Progress

    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    days = max(1, round((until - BORN) / timedelta(days=1)))
    _tell(words.say("60 simulated people live through {n} days; this is done once.", n=str(days)))
    progress = Progress(sys.stdout, words, days)
    try:
        asyncio.run(fill(part, until, tell=progress.tell))
    finally:
        progress.end()
    (part / CLOCK).write_text(until.isoformat(), encoding="ascii")
    part.rename(folder)


async def _show(folder: Path, words: Words, port: int) -> int:
    from bot.simulation.living import Living

    living = Living(folder)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, living.app.stop)
    try:
        async with _answers(living, folder), _page(living, port) as address:
            _tell(words.say("Convive is at {address} (Ctrl-C ends it)", address=address))
            await living.run()
    finally:
        await living.close()
    _tell(words.plain("Everything is kept. The next start goes on from here."))
    return 0


@asynccontextmanager
async def _page(living: "Living", port: int) -> AsyncIterator[str]:
    """The page at the first free port from this one on."""
    from adapters.local.page import Site, page

    visitor = next(p.id for p in living.world.people.values() if p.name == VISITOR)
    site = Site(
        living.world,
        living.app.engine,
        living.clock,
        lambda spoken, message: Words(spoken).plain(message),
        LANGUAGES,
        next_event=living.next_event,
        default_person=visitor,
    )
    async with page(site, port=_free(port)) as address:
        yield address


@asynccontextmanager
async def _answers(living: "Living", folder: Path) -> AsyncIterator[None]:
    """The kept answers and the moderators' pages, which answers in the chat link to."""
    from bot.pages import DASHBOARD, Addresses, secret_of, served
    from bot.settings import PagesSettings

    settings = PagesSettings()
    secret = secret_of(settings, folder)
    members, moderators = Addresses(secret), Addresses(secret, root=DASHBOARD)
    port = _free(settings.port)
    site = served(living.app.database, members, settings.host, port, moderators)
    async with site as address:
        members.base = moderators.base = address
        living.app.engine.around.page = members.page
        living.app.engine.around.dashboard = moderators.page
        yield


def _free(port: int) -> int:
    """The first of some ports on which nobody listens; 0, which is any free one, if all are
    taken."""
    for candidate in range(port, port + TRIES) if port else ():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            return candidate
    return 0


def _tell(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
