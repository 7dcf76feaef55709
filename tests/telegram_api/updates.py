"""The queue of updates: kept until confirmed, read by polling or pushed to a webhook."""

from __future__ import annotations

import asyncio
import contextlib
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

import aiohttp

from tests.telegram_api.errors import conflict

JSON = dict[str, Any]

ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
)


class Changes:
    """Wakes whoever waits, whenever anything in the loopback Telegram changes."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, true: Callable[[], bool], within: float) -> bool:
        """Wait until it is true, for at most `within` seconds; return whether it is."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not true():
                    await self._event.wait()
        return true()


class Updates:
    """Updates by ascending id; what isn't confirmed is told again."""

    def __init__(self, changes: Changes) -> None:
        self.pending: list[JSON] = []
        self.allowed: list[str] = []
        self.webhook: Webhook | None = None
        self._changes = changes
        self._next_id = 700_000
        self._poller: object | None = None

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST_ONLY

    def push(self, kind: str, payload: JSON) -> None:
        """Queue an update if the bot asked for its kind."""
        if self.wants(kind):
            self.pending.append({"update_id": self._next_id, kind: payload})
            self._next_id += 1
            self._changes.notify()

    def confirm_before(self, offset: int) -> None:
        """Forget every update with a smaller id; a negative offset keeps only that many."""
        ids = [update["update_id"] for update in self.pending]
        del self.pending[: len(ids) + offset if offset < 0 else bisect_left(ids, offset)]
        self._changes.notify()

    def confirm(self, update: JSON) -> None:
        self.pending.remove(update)
        self._changes.notify()

    async def poll(self, offset: int, limit: int, within: float) -> list[JSON]:
        """One getUpdates: a later one ends an earlier one with 409, as Telegram does."""
        if self.webhook is not None:
            raise conflict(_WEBHOOK_ACTIVE)
        me = self._poller = object()
        self.confirm_before(offset)
        await self._changes.until(lambda: bool(self.pending) or self._poller is not me, within)
        if self._poller is not me:
            raise conflict(_TERMINATED)
        self._poller = None
        return self.pending[:limit]

    async def set_webhook(self, webhook: Webhook | None) -> None:
        if self.webhook is not None:
            await self.webhook.stop()
        self.webhook = webhook
        if webhook is not None:
            webhook.start(self, self._changes)


class Webhook:
    """Posts each update to the bot's address until the bot answers with 2xx."""

    retry_after = 0.02

    def __init__(self, url: str, secret: str | None, connections: int) -> None:
        self.url = url
        self.refusals = 0
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        self._free = asyncio.Semaphore(connections)
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def start(self, updates: Updates, changes: Changes) -> None:
        self._main = asyncio.create_task(self._deliver(updates, changes))

    async def stop(self) -> None:
        tasks = [self._main, *self._tasks.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, updates: Updates, changes: Changes) -> None:
        def fresh() -> list[JSON]:
            return [u for u in updates.pending if u["update_id"] not in self._tasks]

        async with aiohttp.ClientSession(headers=self._headers) as session:
            while await changes.until(lambda: bool(fresh()), within=3600):
                for update in fresh():
                    self._tasks[update["update_id"]] = asyncio.create_task(
                        self._post(session, updates, changes, update)
                    )

    async def _post(
        self, session: aiohttp.ClientSession, updates: Updates, changes: Changes, update: JSON
    ) -> None:
        async with self._free:
            while not await self._accepted(session, update):
                self.refusals += 1
                changes.notify()
                await asyncio.sleep(self.retry_after)  # the server's own pause between two tries
            updates.confirm(update)

    async def _accepted(self, session: aiohttp.ClientSession, update: JSON) -> bool:
        try:
            async with session.post(self.url, json=update) as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False
