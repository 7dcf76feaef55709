"""Who comes and goes, and what the bot itself may do.

Event ids hold the update's number: somebody can come and go twice within a second.
"""

from collections.abc import Sequence

from telegram import ChatMemberUpdated

from adapters.telegram.chats import Chats, is_present
from adapters.telegram.names import chat_ref, member_ref
from bot.events import ChatAdded, ChatRemoved, Event, MemberJoined, MemberLeft


def member_changed(chats: Chats, update_id: int, change: ChatMemberUpdated) -> Sequence[Event]:
    """Somebody came, went, or got other rights."""
    chats.forget_admins(change.chat.id)
    was, is_now = is_present(change.old_chat_member), is_present(change.new_chat_member)
    user = change.new_chat_member.user
    if was == is_now or user.id == chats.bot_id:
        return ()
    chats.saw(user)
    chat, member = chat_ref(change.chat), member_ref(user)
    place = f"{change.chat.id}:{user.id}:{update_id}"
    if not is_now:
        return (
            MemberLeft(
                id=f"t:l:{place}", at=change.date, chat=chat, member=member, name=user.full_name
            ),
        )
    return (
        MemberJoined(
            id=f"t:j:{place}",
            at=change.date,
            chat=chat,
            member=member,
            name=user.full_name,
            is_bot=user.is_bot,
        ),
    )


def bot_changed(chats: Chats, update_id: int, change: ChatMemberUpdated) -> Sequence[Event]:
    """The bot itself came, went, or got other rights."""
    if change.chat.type not in ("group", "supergroup"):
        return ()
    chats.met(change.chat)
    chats.bot_is(change.chat.id, change.new_chat_member)
    was, is_now = is_present(change.old_chat_member), is_present(change.new_chat_member)
    identity = f"{change.chat.id}:{update_id}"
    if was == is_now:
        return ()
    chat = chat_ref(change.chat)
    if not is_now:
        return (ChatRemoved(id=f"t:x:{identity}", at=change.date, chat=chat),)
    return (
        ChatAdded(
            id=f"t:a:{identity}",
            at=change.date,
            chat=chat,
            title=change.chat.title or "",
            by=member_ref(change.from_user),
            language=change.from_user.language_code or "",
            new=True,
        ),
    )
