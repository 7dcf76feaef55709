"""Places and messages in Telegram's numbers and in the core's words.

A forum's topic is a room, named by its thread id; the General topic and groups without topics
are the room "". Message ids are unique in a whole group, whatever the topic.
"""

from typing import overload

from telegram import Chat, Message, User

from adapters.telegram import wire
from bot.refs import ChatRef, MemberRef, MessageRef

PLATFORM = "telegram"


def chat_ref(chat: Chat | wire.Chat, thread: int | None = None) -> ChatRef:
    """The place a message of this chat belongs to."""
    if chat.type == "private":
        return ChatRef(PLATFORM, "", str(chat.id))
    return ChatRef(PLATFORM, str(chat.id), str(thread) if thread else "")


def place_of(message: Message | wire.Message) -> ChatRef:
    """Where a message stands. Outside of topics a thread id only tells of replies."""
    return chat_ref(message.chat, message.message_thread_id if message.is_topic_message else None)


def member_ref(user: User | wire.User) -> MemberRef:
    """Somebody's account."""
    return MemberRef(PLATFORM, str(user.id))


def chat_id(chat: ChatRef) -> int:
    """The number to send to."""
    return int(chat.group or chat.room)


def thread_id(chat: ChatRef) -> int | None:
    """The topic to send to; the General topic must be addressed without one."""
    return int(chat.room) if chat.group and chat.room else None


def message_ref(message: Message) -> MessageRef:
    """A message that was sent."""
    return MessageRef(place_of(message), str(message.message_id))


def message_link(chat: ChatRef) -> str:
    """The address of the messages of a chat, with "{message}"; only supergroups have any, and
    only their members can open it."""
    if not chat.group.startswith("-100"):
        return ""
    topic = f"{chat.room}/" if chat.room else ""
    return f"https://t.me/c/{chat.group.removeprefix('-100')}/{topic}{{message}}"


@overload
def answered(message: Message) -> Message | None: ...
@overload
def answered(message: wire.Message) -> wire.Message | None: ...
def answered(message: Message | wire.Message) -> Message | wire.Message | None:
    """The message that this one answers.

    Within a topic, what answers nothing seems to answer the topic's first message.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    opening = message.is_topic_message and replied.message_id == message.message_thread_id
    return None if opening else replied


def writer(message: Message | wire.Message, own: int) -> MemberRef | None:
    """Whose message it is; None if it is the bot's (`own` is its number).

    Telegram puts an account of its own before administrators in disguise and channels. It stands
    for them, because nobody can be written to by the number of a chat.
    """
    user = message.from_user
    return None if user is None or user.id == own else member_ref(user)


@overload
def author(message: Message) -> User | None: ...
@overload
def author(message: wire.Message) -> wire.User | None: ...
def author(message: Message | wire.Message) -> User | wire.User | None:
    """The person who wrote; None for bots, channels and administrators in disguise."""
    user = message.from_user
    if user is None or user.is_bot or message.sender_chat is not None:
        return None
    return user
