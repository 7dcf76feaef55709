"""What must outlive a restart because Telegram tells it only once.

A vote names its poll, not the message; a reaction names its message, not the topic; a topic is
named when it is opened.
"""

from collections import OrderedDict

import msgspec

from adapters.telegram.names import PLATFORM, chat_id
from bot.ports import Receiver
from bot.refs import ChatRef, MessageRef

MOST_HEARD = 10_000
"""Messages of people in topics whose place is remembered: about 2 MB."""


class Notes:
    """Kept by the core; without one (before `run`) in memory alone."""

    def __init__(self) -> None:
        self.receiver: Receiver | None = None
        self._memory: dict[str, str] = {}
        self._heard: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def keep_poll(self, poll: str, message: MessageRef) -> None:
        """The message in which a poll stands."""
        await self._keep(f"poll:{poll}", f"{message.id}@{message.chat}")

    async def poll(self, poll: str) -> MessageRef | None:
        """The inverse; None for a poll that isn't ours."""
        note = await self._read(f"poll:{poll}")
        if note is None:
            return None
        message, _, chat = note.partition("@")
        return MessageRef(ChatRef.parse(chat), message)

    async def keep_place(self, message: MessageRef) -> None:
        """The topic of a message of the bot's; outside of topics there is nothing to keep."""
        if message.chat.group and message.chat.room:
            await self._keep(f"at:{chat_id(message.chat)}:{message.id}", message.chat.room)

    def heard(self, chat: ChatRef, message: str) -> None:
        """The topic of somebody's message, for as long as the program runs and there is room."""
        if chat.group and chat.room:
            self._heard[chat.group, message] = chat.room
            if len(self._heard) > MOST_HEARD:
                self._heard.popitem(last=False)

    async def place(self, group: ChatRef, message: str) -> ChatRef:
        """Where in a forum a message stands; of one that is not known, the General topic."""
        heard = self._heard.get((group.group, message))
        if heard is not None:
            return group.in_room(heard)
        return group.in_room(await self._read(f"at:{chat_id(group)}:{message}") or "")

    async def keep_topics(self, group: int, topics: dict[int, str]) -> None:
        """The names of a group's topics, by id."""
        await self._keep(f"topics:{group}", msgspec.json.encode(topics).decode())

    async def topics(self, group: int) -> dict[int, str]:
        """The inverse; empty where none were seen."""
        note = await self._read(f"topics:{group}")
        return msgspec.json.decode(note, type=dict[int, str]) if note else {}

    async def _keep(self, key: str, value: str) -> None:
        self._memory[key] = value
        if self.receiver is not None:
            await self.receiver.remember(PLATFORM, key, value)

    async def _read(self, key: str) -> str | None:
        if key not in self._memory and self.receiver is not None:
            value = await self.receiver.recall(PLATFORM, key)
            if value is not None:
                self._memory[key] = value
        return self._memory.get(key)
