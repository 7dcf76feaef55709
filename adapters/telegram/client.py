"""Telegram, as the core sees it."""

import asyncio
import logging
import ssl
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import httpx
import structlog
from telegram import Bot
from telegram.error import ChatMigrated
from telegram.request import BaseRequest, HTTPXRequest

from adapters.telegram import checking, menus, reading
from adapters.telegram.chats import Chats, Right
from adapters.telegram.commanded import Commanded
from adapters.telegram.errors import SOON
from adapters.telegram.inbound import Inbound
from adapters.telegram.names import PLATFORM, chat_id, message_link
from adapters.telegram.notes import Notes
from adapters.telegram.outbound import Outbound
from adapters.telegram.presses import POPUP_LIMIT, Presses
from adapters.telegram.reading import Backoff, Webhook
from adapters.telegram.richtext import TEXT_LIMIT
from adapters.telegram.service import chat_moved
from bot.effects import AnyEffect
from bot.events import MessagePosted
from bot.ports import Can, Capabilities, Finding, Limits, Place, Receiver, TryLater
from bot.refs import ChatRef, MessageRef

log = structlog.get_logger(__name__)

OFFICIAL = "https://api.telegram.org"
_EVERYWHERE = Can.POLLS | Can.BUTTONS | Can.REACTIONS | Can.DM | Can.IMAGES
_AT_ONCE = 8
"""Groups asked about at the same time after a start."""


def _now() -> datetime:
    return datetime.now(UTC)


class TelegramAdapter:
    """One bot, by long polling or, with `webhook`, by deliveries to this machine."""

    platform = PLATFORM
    # Bots FAQ: 30 a second in all, 1 a second in a chat, 20 a minute in a group.
    limits = Limits(per_second=29.0, chat_interval=timedelta(seconds=1), group_per_minute=20)

    def __init__(
        self,
        token: str,
        *,
        base_url: str = OFFICIAL,
        webhook: Webhook | None = None,
        clock: Callable[[], datetime] = _now,
        first_pause: float = 1.0,
        requests: tuple[BaseRequest, BaseRequest] | None = None,
    ) -> None:
        """`base_url` is the address of the Bot API server, `first_pause` seconds after a fault.

        `requests` replace the HTTP clients, the one for updates first.
        """
        _keep_the_token_out_of_logs()
        address = base_url.rstrip("/")
        self._polling, sending = requests or (
            _request(1, read_timeout=reading.READ_SECONDS),
            _request(64, read_timeout=20),
        )
        self._bot = Bot(
            token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=sending,
            get_updates_request=self._polling,
        )
        self._webhook = webhook
        self._clock = clock
        self._backoff = Backoff(first_pause)
        self._receiver: Receiver | None = None
        self._notes = Notes()
        self._chats = Chats(self._bot, self._notes, clock)
        self._username = ""
        self._presses = Presses(self._bot)
        self._outbound = Outbound(self._bot, self._chats, self._notes, self._presses)

    async def run(self, receiver: Receiver) -> None:
        """Reads until cancelled; raises Fatal for a refused token or a second copy."""
        self._receiver = self._notes.receiver = receiver
        await reading.connected(self._bot, self._backoff)
        self._username = self._bot.username
        self._chats.sees_all = bool(self._bot.can_read_all_group_messages)
        commanded = Commanded(self._chats, receiver.commands, self._username)
        inbound = Inbound(
            self._bot, self._chats, self._notes, self._presses, commanded, self._clock
        )

        async def take(updates: Sequence[dict[str, Any]]) -> None:
            for update in updates:
                await self._hand_over(receiver, inbound, update)
            await receiver.settled()

        settling_in = asyncio.create_task(self._settle_in(receiver))
        try:
            if self._webhook is None:
                await reading.poll(self._bot, self._polling, take, self._backoff)
            else:
                await reading.serve(self._bot, take, self._webhook)
        finally:
            settling_in.cancel()
            await asyncio.gather(settling_in, return_exceptions=True)

    async def perform(self, effect: AnyEffect, token: str) -> MessageRef | None:
        """Carries one effect out. Telegram can't recognise a repeated `token`."""
        try:
            return await self._outbound.perform(effect)
        except ChatMigrated as moved:
            self._group_moved(effect.chat, moved.new_chat_id)
            raise TryLater(SOON) from moved

    def capabilities(self, chat: ChatRef) -> Capabilities:
        """What this chat offers, as far as updates and the last questions tell."""
        can = _EVERYWHERE
        if not chat.private:
            known = self._chats.get(chat_id(chat))
            if known.forum and not chat.room and Right.TOPICS in known.rights:
                can |= Can.THREADS
            if Right.PINS in known.rights:
                can |= Can.PINS
        if self._chats.reads(chat):
            can |= Can.READ
        return Capabilities(
            can,
            text_limit=TEXT_LIMIT,
            poll_options=12,
            poll_option_length=100,
            poll_question_length=300,
            private_link=self.private_link,
            message_link=message_link(chat),
            popup_limit=POPUP_LIMIT,
        )

    @property
    def connected(self) -> bool:
        """Whether Telegram answered the last time."""
        return self._backoff.well

    @property
    def private_link(self) -> str:
        """The address that opens the private conversation with "{payload}"."""
        return f"https://t.me/{self._username}?start={{payload}}" if self._username else ""

    async def rooms(self, chat: ChatRef) -> Sequence[Place]:
        """The group itself, and the topics seen so far: Telegram lists none."""
        known = await self._chats.learn(chat_id(chat))
        places = [Place(chat.in_room(""), known.title, default=True)]
        return [*places, *(Place(chat.in_room(str(i)), t) for i, t in known.topics.items())]

    async def history(
        self, chat: ChatRef, before: str | None, limit: int
    ) -> Sequence[MessagePosted]:
        """Nothing: the Bot API can't read back, and no chat has `Can.HISTORY`."""
        return ()

    async def check(self, chats: Sequence[ChatRef]) -> Sequence[Finding]:
        """Tests the token, privacy mode and the rights in each group."""
        return await checking.check(self._bot, self._chats, chats)

    async def close(self) -> None:
        """Lets go of all connections."""
        await self._presses.close()
        await self._chats.close()
        await self._bot.shutdown()

    async def _hand_over(self, receiver: Receiver, inbound: Inbound, update: Any) -> None:
        try:
            events = await inbound.events(update)
        except Exception:  # one strange update must not stop the others
            log.exception("update_not_understood", update=update.get("update_id"))
            return
        for event in events:
            receiver.offer(event)

    async def _settle_in(self, receiver: Receiver) -> None:
        """Looks at the groups known from before and publishes the menus."""
        await menus.publish(self._bot, receiver.commands)
        rooms = await receiver.rooms_seen(PLATFORM)
        groups = dict.fromkeys(chat_id(room) for room in rooms if not room.private)
        slots = asyncio.Semaphore(_AT_ONCE)

        async def learn(group: int) -> None:
            async with slots:
                await self._chats.learn(group)

        await asyncio.gather(*map(learn, groups))

    def _group_moved(self, chat: ChatRef, new_id: int) -> None:
        """A send found out before the update told: for the core it is the same fact."""
        old = chat_id(chat)
        self._chats.moved(old, new_id)
        if self._receiver is not None:
            self._receiver.offer(chat_moved(old, new_id, self._clock()))


@cache
def _certificates() -> ssl.SSLContext:
    """Loading them takes as long as all the rest of a start."""
    return httpx.create_ssl_context()


def _request(connections: int, read_timeout: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=read_timeout,
        connect_timeout=10,
        httpx_kwargs={"verify": _certificates()},
    )


def _keep_the_token_out_of_logs() -> None:
    """The library's HTTP client logs addresses, and Telegram's hold the token."""
    for name in ("httpx", "httpcore", "telegram"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
