"""`convive run`: everything in one process, until a signal."""

import asyncio
import gc
import signal
from contextlib import AbstractAsyncContextManager, AsyncExitStack

import structlog

from bot import logs
from bot.app import App, adapters
from bot.ports import Fatal
from bot.recall import Recall
from bot.settings import PagesSettings, Settings
from bot.store.database import open_database

log = structlog.get_logger(__name__)
SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def run(settings: Settings) -> None:
    """Works until SIGTERM or SIGINT.

    Raises Fatal when every platform refuses the bot, StoreInUse, DatabaseTooNew, and what the
    store's driver raises when it can't be opened.
    """
    logs.configure(settings.log, settings.secrets())
    database = open_database(settings.store_url.render_as_string(hide_password=False))
    try:
        app = App(database, adapters(settings), recall=Recall(settings.answers.meaning))
    except BaseException:
        await database.close()
        raise
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, app.stop)
    try:
        await _watched(app, settings)
        log.info("stopped")
    finally:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
        await app.close()


async def _watched(app: App, settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        if settings.health is not None:
            from bot.health import watched

            served = watched(app, settings.health)
            await _enter(stack, served, "/healthz", settings.health.host, settings.health.port)
        if settings.pages is not None:
            await _serve_pages(stack, app, settings, settings.pages)
        log.info("started", platforms=sorted(settings.platforms), store=app.database.dialect)
        gc.collect()
        gc.freeze()  # a full collection would stop everything to look at the loaded code again
        await app.run()


async def _serve_pages(
    stack: AsyncExitStack, app: App, settings: Settings, pages: PagesSettings
) -> None:
    from bot.pages import DASHBOARD, Addresses, secret_of, served

    secret = secret_of(pages, settings.folder)
    members = Addresses(secret, pages.address)
    moderators = Addresses(secret, pages.address, DASHBOARD)
    app.engine.around.page = members.page
    app.engine.around.dashboard = moderators.page
    site = served(app.database, members, pages.host, pages.port, moderators)
    await _enter(stack, site, "[pages]", pages.host, pages.port)


async def _enter(
    stack: AsyncExitStack, site: AbstractAsyncContextManager[str], what: str, host: str, port: int
) -> None:
    try:
        await stack.enter_async_context(site)
    except OSError as error:
        where = f"{host}:{port}"
        raise Fatal(f"{what} can't listen on {where}: {error.strerror}") from error
