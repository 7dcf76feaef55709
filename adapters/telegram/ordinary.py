"""What people simply say: the hot path, which waits for nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime

from adapters.telegram.chats import Chats
from adapters.telegram.commanded import covered, message_id
from adapters.telegram.names import (
    PLATFORM,
    answered,
    author,
    member_ref,
    place_of,
    writer,
)
from adapters.telegram.wire import Message, User
from bot.events import MessagePosted
from bot.refs import MemberRef


async def events(chats: Chats, message: Message) -> Sequence[MessagePosted]:
    """The event of a message; nothing for what no person wrote."""
    user = author(message)
    if user is None:
        return ()
    chats.saw(user)
    if message.chat.type != "private":
        known = chats.met(message.chat)
        known.language = user.language_code or known.language
        if not known.asked:
            chats.learn_soon(message.chat.id)
    opening = message.reply_to_message
    if opening is not None and opening.forum_topic_created is not None:
        await _meet_topic(chats, opening)
    return (_posted(chats, message, user, answered(message)),)


async def _meet_topic(chats: Chats, opening: Message) -> None:
    """A topic that was opened while nobody listened; the bot's own are no rooms to choose."""
    topic = opening.forum_topic_created
    if topic is not None and opening.message_thread_id and author(opening) is not None:
        await chats.topic_named(opening.chat.id, opening.message_thread_id, topic.name)


def _posted(chats: Chats, message: Message, user: User, replied: Message | None) -> MessagePosted:
    return MessagePosted(
        id=message_id(message),
        at=datetime.fromtimestamp(message.date, UTC),
        chat=place_of(message),
        member=member_ref(user),
        name=user.full_name,
        message=str(message.message_id),
        text=message.caption if message.text is None else message.text,
        reply_to=str(replied.message_id) if replied is not None else None,
        reply_to_member=writer(replied, chats.bot_id) if replied is not None else None,
        mentions=_mentions(chats, message) if message.entities or message.caption_entities else (),
        has_media=message.text is None,
    )


def _mentions(chats: Chats, message: Message) -> tuple[MemberRef, ...]:
    text = message.text or message.caption
    found: list[MemberRef] = []
    for entity in message.entities or message.caption_entities:
        if entity.type == "text_mention" and entity.user is not None:
            found.append(member_ref(entity.user))
        elif entity.type == "mention":
            known = chats.id_of(covered(text, entity))
            if known is not None:
                found.append(MemberRef(PLATFORM, str(known)))
    return tuple(dict.fromkeys(found))
