"""People of the loopback Telegram: what they do becomes updates, if the bot may see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.telegram_api.groups import GroupLife
from tests.telegram_api.model import Chat, Message, User
from tests.telegram_api.text import cut, typed_entities

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi

JSON = dict[str, Any]

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


@dataclass(eq=False)
class Press:
    """One press of an inline button; `answer` is what the bot told the presser."""

    api: TelegramApi
    person: Person
    id: str
    answer: JSON | None = None

    @property
    def shown(self) -> str:
        """The pop-up that the presser saw, if any."""
        return str((self.answer or {}).get("text") or "")

    async def answered(self) -> JSON:
        """Wait for the bot's answer: text, show_alert, url."""
        await self.api.until(lambda: self.answer is not None)
        return self.answer or {}


class Person(GroupLife):
    """Somebody with a Telegram account. `private` is their chat with the bot."""

    def __init__(self, api: TelegramApi, user: User, private: Chat) -> None:
        self.api = api
        self.user = user
        self.private = private
        self.has_started = False
        self.has_blocked_bot = False

    # Talking -----------------------------------------------------------------------------

    async def says(
        self,
        chat: Chat,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
        entities: list[JSON] | None = None,
        sender_chat: Chat | None = None,
    ) -> Message:
        """Write into a chat they are in; `topic` is a topic's id, `sender_chat` an alias."""
        found = sorted([*(entities or []), *typed_entities(text)], key=lambda e: e["offset"])
        return self._posts(
            chat, reply_to, topic, text=text, entities=found, sender_chat=sender_chat
        )

    async def sends_photo(
        self, chat: Chat, caption: str = "", *, reply_to: Message | None = None
    ) -> Message:
        found = typed_entities(caption)
        return self._posts(
            chat, reply_to, None, photo=b"jpeg", caption=caption or None, entities=found
        )

    async def sends_file(self, chat: Chat, data: bytes, caption: str = "") -> Message:
        """Send a file named deck.csv; a caption may hold a command."""
        found = typed_entities(caption)
        return self._posts(chat, None, None, file=data, caption=caption or None, entities=found)

    async def starts(self, payload: str = "") -> Message:
        """Press Start, or open a deep link with a payload."""
        if not _PAYLOAD.fullmatch(payload):
            raise AssertionError(f"Telegram opens no deep link with {payload!r}")
        return await self.says(self.private, f"/start {payload}".strip())

    async def edits(self, message: Message, text: str) -> Message:
        message.text, message.edit_date = text, self.api.now()
        message.entities = typed_entities(text)
        self._tell("edited_message", message)
        return message

    async def deletes(self, message: Message) -> None:
        """Delete a message. Telegram tells no bot of it."""
        message.deleted = True
        self.api.changes.notify()

    # Buttons, votes, reactions -----------------------------------------------------------

    async def presses(self, message: Message, label: str) -> Press:
        """Press an inline button by its label; one with a deep link opens it."""
        button = message.button(label)
        press = Press(self.api, self, f"query-{len(self.api.presses) + 1}")
        if "url" in button:
            await self._opens(button["url"])
            return press
        self.api.presses[press.id] = press
        query = {
            "id": press.id,
            "from": self.user.as_json(),
            "message": message.as_json(),
            "chat_instance": str(message.chat.id),
            "data": button["callback_data"],
        }
        self.api.updates.push("callback_query", query)
        return press

    async def _opens(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.path.strip("/") != self.api.bot.username:
            raise AssertionError(f"{url} leads elsewhere")
        await self.starts(parse_qs(parts.query).get("start", [""])[0])

    async def votes(self, message: Message, *options: str) -> None:
        """Choose these options of a poll; none of them takes the vote back."""
        poll = message.poll
        if poll is None or poll.is_closed:
            raise AssertionError("no open poll in this message")
        chosen = [poll.options.index(option) for option in options]
        poll.votes.pop(self.user.id, None)
        if chosen:
            poll.votes[self.user.id] = chosen
        if message.sender is self.api.bot and not poll.is_anonymous:
            answer = {"poll_id": poll.id, "user": self.user.as_json(), "option_ids": chosen}
            persistent = {"option_persistent_ids": [str(index) for index in chosen]}
            self.api.updates.push("poll_answer", answer | persistent)
        self.api.updates.push("poll", poll.as_json())

    async def reacts(self, message: Message, *emojis: str) -> None:
        """Replace their reactions; only a bot that administers the chat is told."""
        old, message.reactions[self.user.id] = message.reactions.get(self.user.id, []), [*emojis]
        if not message.chat.is_admin(self.api.bot):
            return
        update = {
            "chat": message.chat.as_json(),
            "message_id": message.id,
            "user": self.user.as_json(),
            "date": self.api.now(),
            "old_reaction": [{"type": "emoji", "emoji": emoji} for emoji in old],
            "new_reaction": [{"type": "emoji", "emoji": emoji} for emoji in emojis],
        }
        self.api.updates.push("message_reaction", update)

    # Blocking ----------------------------------------------------------------------------

    async def blocks_bot(self) -> None:
        self.has_blocked_bot = True
        self._tell_own_chat("member", "kicked")

    async def unblocks_bot(self) -> None:
        self.has_blocked_bot = False
        self._tell_own_chat("kicked", "member")

    def _tell_own_chat(self, old: str, new: str) -> None:
        bot = self.api.bot.as_json()
        until = {"until_date": 0}
        update = {
            "chat": self.private.as_json(),
            "from": self.user.as_json(),
            "date": self.api.now(),
            "old_chat_member": {"status": old, "user": bot} | (until if old == "kicked" else {}),
            "new_chat_member": {"status": new, "user": bot} | (until if new == "kicked" else {}),
        }
        self.api.updates.push("my_chat_member", update)

    # How it becomes updates --------------------------------------------------------------

    def _posts(
        self, chat: Chat, reply_to: Message | None, topic: int | None, **content: Any
    ) -> Message:
        if not (chat is self.private or chat.holds(self.user)):
            raise AssertionError(f"{self.user.first_name} is not in {chat.title}")
        if chat is self.private:
            self.has_started, self.has_blocked_bot = True, False
        thread = topic
        if topic is None and reply_to is not None and chat.type == "supergroup":
            thread = reply_to.thread_id or (None if chat.is_forum else reply_to.id)
        message = Message(
            chat.next_message_id(), chat, self.user, self.api.now(),
            reply_to=reply_to, thread_id=thread, **content,
        )  # fmt: skip
        chat.messages_by_id[message.id] = message
        self._tell("message", message)
        return message

    def _tell(self, kind: str, message: Message) -> None:
        if bot_sees(self.api, message):
            self.api.updates.push(kind, message.as_json())
        self.api.changes.notify()


def bot_sees(api: TelegramApi, message: Message) -> bool:
    """Privacy mode: commands, replies to the bot, mentions of it; an admin bot sees all."""
    chat = message.chat
    if not chat.holds(api.bot):
        return False
    if chat.is_admin(api.bot) or not api.privacy or message.service:
        return True
    if message.reply_to is not None and message.reply_to.sender is api.bot:
        return True
    return any(_addresses(api, message, entity) for entity in message.entities)


def _addresses(api: TelegramApi, message: Message, entity: JSON) -> bool:
    words = cut(message.body, entity["offset"], entity["length"]).lower()
    _, at, name = words.partition("@")
    if entity["type"] == "bot_command":
        return not at or name == api.bot.username
    return entity["type"] == "mention" and name == api.bot.username
