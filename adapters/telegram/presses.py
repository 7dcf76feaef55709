"""Presses of buttons that still spin on somebody's screen until the bot answers."""

import asyncio
from typing import Final

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.refs import ChatRef

log = structlog.get_logger(__name__)

POPUP_LIMIT: Final = 200
SPIN_SECONDS = 6.0
"""How long an effect may take to use the press for a pop-up; then the button stops spinning."""
SHOWN_SECONDS = 1.0
"""The same once the person sees another answer: a pop-up may still follow it."""


class Presses:
    """Answers every press exactly once: with a pop-up, or silently.

    A press is known to the core by a handle that also says where it happened, so that a pop-up
    that comes too late has a place to go.
    """

    def __init__(self, bot: Bot, spin: float = SPIN_SECONDS) -> None:
        self._bot = bot
        self._spin = spin
        self._open: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[bool]] = set()

    def opened(self, query: str, place: ChatRef) -> str:
        """A button was pressed; returns the handle by which an effect can answer."""
        self._dismiss_in(self._spin, query)
        return f"{query} {place}"

    def shown(self, handle: str) -> None:
        """The person sees an answer elsewhere."""
        query = handle.partition(" ")[0]
        if self._close(query):
            self._dismiss_in(min(SHOWN_SECONDS, self._spin), query)

    def place(self, handle: str) -> ChatRef | None:
        """Where the press happened; None for anything that is no handle."""
        _, space, place = handle.partition(" ")
        return ChatRef.parse(place) if space else None

    def _dismiss_in(self, seconds: float, query: str) -> None:
        loop = asyncio.get_running_loop()
        self._open[query] = loop.call_later(seconds, self.dismiss, query)

    def dismiss(self, query: str) -> None:
        """Stops the spinning without words, in the background."""
        if self._close(query):
            task = asyncio.create_task(self._answer(query, None))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def popup(self, handle: str, text: str) -> bool:
        """Shows a text to the presser alone; False if the press is answered or too old."""
        query = handle.partition(" ")[0]
        return self._close(query) and await self._answer(query, text[:POPUP_LIMIT])

    async def close(self) -> None:
        """Leaves nothing running."""
        for timer in self._open.values():
            timer.cancel()
        self._open.clear()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _close(self, query: str) -> bool:
        timer = self._open.pop(query, None)
        if timer is not None:
            timer.cancel()
        return timer is not None

    async def _answer(self, query: str, text: str | None) -> bool:
        try:
            await self._bot.answer_callback_query(query, text, show_alert=text is not None)
        except TelegramError as error:  # an old query: the button has stopped by itself
            log.info("press_not_answered", error=error.message)
            return False
        return True
