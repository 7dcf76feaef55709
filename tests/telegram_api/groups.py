"""What happens to groups: people and the bot come and go, topics close, groups move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram_api.methods.chats import chat_member, drop_topic_messages, open_topic
from tests.telegram_api.model import MEMBER_STATUSES, Chat, Message, Topic, User

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi
    from tests.telegram_api.people import Person

JSON = dict[str, Any]


def announce(api: TelegramApi, chat: Chat, sender: User, service: JSON, topic: int | None) -> None:
    """Put a service message into a group and tell the bot if it is there."""
    message = Message(chat.next_message_id(), chat, sender, api.now(), service=service)
    message.thread_id = topic
    chat.messages_by_id[message.id] = message
    if chat.holds(api.bot):
        api.updates.push("message", message.as_json())
    api.changes.notify()


def change_status(
    api: TelegramApi, chat: Chat, actor: User, user: User, status: str, rights: JSON | None = None
) -> None:
    """Give a user another status, with every update and service message that goes with it."""
    old = chat_member(api, chat, user)
    if user is api.bot:
        api.set_bot_status(chat, status)
        chat.bot_rights |= rights or {}
    else:
        chat.statuses[user.id] = status
    update = {
        "chat": chat.as_json(),
        "from": actor.as_json(),
        "date": api.now(),
        "old_chat_member": old,
        "new_chat_member": chat_member(api, chat, user),
    }
    if user is api.bot:
        api.updates.push("my_chat_member", update)
    elif chat.is_admin(api.bot):
        api.updates.push("chat_member", update)
    _announce_coming_and_going(api, chat, actor, user, old["status"], status)


def _announce_coming_and_going(
    api: TelegramApi, chat: Chat, actor: User, user: User, old: str, new: str
) -> None:
    was, is_now = old in MEMBER_STATUSES, new in MEMBER_STATUSES
    if is_now and not was:
        announce(api, chat, actor, {"new_chat_members": [user.as_json()]}, None)
    elif was and not is_now:
        announce(api, chat, actor, {"left_chat_member": user.as_json()}, None)


class GroupLife:
    """What a person can do to a group; mixed into Person."""

    api: TelegramApi
    user: User

    async def joins(self, chat: Chat) -> None:
        change_status(self.api, chat, self.user, self.user, "member")

    async def leaves(self, chat: Chat) -> None:
        change_status(self.api, chat, self.user, self.user, "left")

    async def bans(self, chat: Chat, other: Person) -> None:
        change_status(self.api, chat, self.user, other.user, "kicked")

    async def promotes(self, chat: Chat, other: Person) -> None:
        change_status(self.api, chat, self.user, other.user, "administrator")

    async def adds_bot(self, chat: Chat) -> None:
        change_status(self.api, chat, self.user, self.api.bot, "member")

    async def removes_bot(self, chat: Chat) -> None:
        change_status(self.api, chat, self.user, self.api.bot, "kicked")

    async def promotes_bot(self, chat: Chat, **rights: bool) -> None:
        """Make the bot an administrator, with every right but those said to be False."""
        change_status(self.api, chat, self.user, self.api.bot, "administrator", rights)

    async def demotes_bot(self, chat: Chat) -> None:
        change_status(self.api, chat, self.user, self.api.bot, "member")

    async def opens_topic(self, chat: Chat, name: str) -> Topic:
        message = open_topic(chat, self.user, name, self.api.now())
        self.api.updates.push("message", message.as_json())
        return chat.topics[message.id]

    async def closes_topic(self, chat: Chat, topic: int) -> None:
        chat.topics[topic].closed = True
        announce(self.api, chat, self.user, {"forum_topic_closed": {}}, topic)

    async def reopens_topic(self, chat: Chat, topic: int) -> None:
        chat.topics[topic].closed = False
        announce(self.api, chat, self.user, {"forum_topic_reopened": {}}, topic)

    async def deletes_topic(self, chat: Chat, topic: int) -> None:
        """Delete a topic with its messages. Telegram tells no bot of it."""
        chat.topics[topic].deleted = True
        drop_topic_messages(chat, chat.topics[topic])
        self.api.changes.notify()

    async def upgrades(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup: a new chat with a new id and fresh message ids."""
        new = self.api.supergroup(chat.title, bot=chat.status(self.api.bot))
        new.statuses, new.bot_rights = dict(chat.statuses), dict(chat.bot_rights)
        announce(self.api, chat, self.user, {"migrate_to_chat_id": new.id}, None)
        chat.migrated_to = new
        announce(self.api, new, self.user, {"migrate_from_chat_id": chat.id}, None)
        return new
