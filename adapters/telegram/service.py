"""Messages in which Telegram itself tells what happened to a group."""

from collections.abc import Sequence
from datetime import datetime

from telegram import Message

from adapters.telegram.chats import Chats
from adapters.telegram.names import PLATFORM, chat_ref, member_ref
from bot.events import ChatAdded, ChatMoved, Event, MemberJoined, MemberLeft
from bot.refs import ChatRef


async def events(chats: Chats, message: Message) -> Sequence[Event]:
    """What a service message tells."""
    chat = message.chat
    if message.migrate_to_chat_id is not None:
        return (_moved(chats, chat.id, message.migrate_to_chat_id, message),)
    if message.migrate_from_chat_id is not None:
        return (_moved(chats, message.migrate_from_chat_id, chat.id, message),)
    topic = message.forum_topic_created or message.forum_topic_edited
    if topic is not None and topic.name and message.message_thread_id:
        await chats.topic_named(chat.id, message.message_thread_id, topic.name)
    if message.new_chat_title is not None:
        chats.met(chat)
        return (_titled(message, message.new_chat_title),)
    if message.new_chat_members or message.left_chat_member:
        known = await chats.learn(chat.id)
        # An administrator is told by chat_member updates, which also name who slips in silently.
        return () if known.admin else _came_and_went(chats, message)
    return ()


def _moved(chats: Chats, old: int, new: int, message: Message) -> ChatMoved:
    """The group's new id; told twice, in the old place and in the new one, it is one fact."""
    chats.moved(old, new)
    return chat_moved(old, new, message.date)


def chat_moved(old: int, new: int, at: datetime) -> ChatMoved:
    """The event of a migration."""
    return ChatMoved(
        id=f"t:moved:{old}",
        at=at,
        chat=ChatRef(PLATFORM, str(old)),
        to=ChatRef(PLATFORM, str(new)),
    )


def _titled(message: Message, title: str) -> ChatAdded:
    identity = f"t:a:{message.chat.id}:{message.message_id}"
    return ChatAdded(id=identity, at=message.date, chat=chat_ref(message.chat), title=title)


def _came_and_went(chats: Chats, message: Message) -> list[Event]:
    chat, place = chat_ref(message.chat), f"{message.chat.id}:{message.message_id}"
    found: list[Event] = [
        MemberJoined(
            id=f"t:j:{place}:{user.id}",
            at=message.date,
            chat=chat,
            member=member_ref(user),
            name=user.full_name,
            is_bot=user.is_bot,
        )
        for user in message.new_chat_members
        if user.id != chats.bot_id
    ]
    gone = message.left_chat_member
    if gone is not None and gone.id != chats.bot_id:
        left = MemberLeft(
            id=f"t:l:{place}:{gone.id}",
            at=message.date,
            chat=chat,
            member=member_ref(gone),
            name=gone.full_name,
        )
        found.append(left)
    return found
