"""How updates come in: an update is confirmed to Telegram once the core has committed it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import structlog
from msgspec import Struct
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from adapters.telegram.inbound import ALLOWED_UPDATES
from bot.ports import Fatal

log = structlog.get_logger(__name__)

Take = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
"""Hands updates, as they came, to the core and returns when they are committed."""

LONG_POLL_SECONDS = 30
READ_SECONDS = 10.0
"""How much longer an answer may take than the poll."""
CONFLICTS_BORNE = 5
"""How often in a row a bot that was here first lets itself be interrupted by another copy."""
LONGEST_PAUSE = 30.0

REVOKED = (
    "Telegram refuses the token: it was revoked or mistyped. Get the current one from @BotFather "
    "and set CONVIVE_TELEGRAM_TOKEN."
)
SECOND_COPY = (
    "Another copy of this bot is reading its updates (409 Conflict). Stop one of the two: "
    "a token serves one program at a time."
)


class Webhook(Struct, frozen=True):
    """Where Telegram delivers: `url` is public; `listen` and `port` are this machine's."""

    url: str
    secret: str
    port: int = 8443
    listen: str = "127.0.0.1"


class Backoff:
    """Pauses that double up to half a minute; the first is `first` seconds.

    `well`: Telegram answered the last time.
    """

    def __init__(self, first: float) -> None:
        self._first = self._next = first
        self.well = False

    def reset(self) -> None:
        """All is well again."""
        self.well, self._next = True, self._first

    async def pause(self, error: TelegramError) -> None:
        """Waits as long as Telegram asks, or longer each time."""
        self.well = False
        seconds = self._next
        if isinstance(error, RetryAfter):
            after = error.retry_after
            seconds = float(after) if isinstance(after, int) else after.total_seconds()
        self._next = min(self._next * 2, LONGEST_PAUSE)
        log.warning("telegram_unreachable", error=error.message, seconds=seconds)
        await asyncio.sleep(seconds)


async def connected(bot: Bot, backoff: Backoff) -> None:
    """Says who the bot is, as often as it takes; raises Fatal for a refused token."""
    while True:
        try:
            await bot.initialize()
            return backoff.reset()
        except InvalidToken as error:
            raise Fatal(REVOKED) from error
        except TelegramError as error:
            await backoff.pause(error)


async def poll(bot: Bot, request: BaseRequest, take: Take, backoff: Backoff) -> None:
    """Reads until cancelled; raises Fatal for a revoked token or a second copy."""
    await _until_done(bot.delete_webhook, backoff)
    offset: int | None = None
    established, conflicts = False, 0
    while True:
        try:
            updates = await _updates(bot, request, offset)
        except InvalidToken as error:
            raise Fatal(REVOKED) from error
        except Conflict as error:
            conflicts += 1
            if not established or conflicts > CONFLICTS_BORNE:
                raise Fatal(SECOND_COPY) from error
            await backoff.pause(error)
        except TelegramError as error:
            await backoff.pause(error)
        else:
            established, conflicts = True, 0
            backoff.reset()
            if updates:
                await take(updates)
                offset = updates[-1]["update_id"] + 1


async def _updates(bot: Bot, request: BaseRequest, offset: int | None) -> list[dict[str, Any]]:
    """One long poll. `Bot.get_updates` would make the library's objects of all of them."""
    asked = {"timeout": LONG_POLL_SECONDS, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
    if offset is not None:
        asked["offset"] = offset
    url = f"{bot.base_url}/getUpdates?{urlencode(asked)}"
    found = await request.post(url, read_timeout=LONG_POLL_SECONDS + READ_SECONDS)
    return found if isinstance(found, list) else []


async def serve(bot: Bot, take: Take, webhook: Webhook) -> None:
    """Listens until cancelled; a delivery is answered with 200 after the commit."""
    from telegram.ext import Updater  # half of the library, needed only here

    updater = Updater(bot, _Committing(take))
    await updater.initialize()
    try:
        await updater.start_webhook(
            listen=webhook.listen,
            port=webhook.port,
            url_path=_path(webhook.url),
            webhook_url=webhook.url,
            secret_token=webhook.secret,
            allowed_updates=ALLOWED_UPDATES,
            bootstrap_retries=-1,
        )
        await asyncio.Event().wait()
    except InvalidToken as error:
        raise Fatal(REVOKED) from error
    finally:
        if updater.running:
            await updater.stop()


class _Committing(asyncio.Queue[Any]):
    """The library answers a delivery when `put` returns."""

    def __init__(self, take: Take) -> None:
        super().__init__()
        self._take = take

    async def put(self, item: Any) -> None:
        await self._take([item.to_dict()])


def _path(url: str) -> str:
    _, _, rest = url.partition("://")
    return rest.partition("/")[2]


async def _until_done(call: Callable[[], Awaitable[Any]], backoff: Backoff) -> None:
    while True:
        try:
            await call()
            return
        except InvalidToken as error:
            raise Fatal(REVOKED) from error
        except TelegramError as error:
            await backoff.pause(error)
