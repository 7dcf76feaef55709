"""Looking at chats and their members, and forum topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram_api.errors import bad_request
from tests.telegram_api.methods.registry import (
    method,
    readable_chat,
    require_right,
    writable_chat,
)
from tests.telegram_api.model import ADMIN_RIGHTS, Chat, Message, Topic, User

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi

JSON = dict[str, Any]

BLUE = 7322096
_OTHER_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_video_chats",
    "can_promote_members",
    "can_change_info",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_RESTRICTIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages",
    "can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages",
    "can_manage_topics",
)  # fmt: skip


def chat_member(api: TelegramApi, chat: Chat, user: User) -> JSON:
    """Return the Bot API's ChatMember for a user, whatever their status."""
    status = chat.status(user)
    answer: JSON = {"status": status, "user": user.as_json()}
    if status == "administrator":
        rights = chat.bot_rights if user is api.bot else dict.fromkeys(ADMIN_RIGHTS, True)
        return answer | dict.fromkeys(_OTHER_RIGHTS, False) | rights
    if status == "creator":
        return answer | {"is_anonymous": False}
    if status == "restricted":
        muted = dict.fromkeys(_RESTRICTIONS, False)
        return answer | muted | {"is_member": True, "until_date": 0}
    return answer | ({"until_date": 0} if status == "kicked" else {})


@method("getChat")
def get_chat(api: TelegramApi, params: JSON) -> JSON:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return readable_chat(api, params).as_json() | {
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


@method("getChatMember")
def get_chat_member(api: TelegramApi, params: JSON) -> JSON:
    chat = readable_chat(api, params)
    if params["user_id"] == api.bot.id:
        return chat_member(api, chat, api.bot)
    person = api.people.get(params["user_id"])
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat_member(api, chat, person.user)


@method("getChatAdministrators")
def get_chat_administrators(api: TelegramApi, params: JSON) -> list[JSON]:
    chat = readable_chat(api, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    users = [api.bot, *(person.user for person in api.people.values())]
    # A bot is left out of its own answer unless it administers the chat.
    return [chat_member(api, chat, user) for user in users if chat.is_admin(user)]


@method("getChatMemberCount")
def get_chat_member_count(api: TelegramApi, params: JSON) -> int:
    chat = readable_chat(api, params)
    return sum(status not in ("left", "kicked") for status in chat.statuses.values())


@method("leaveChat")
def leave_chat(api: TelegramApi, params: JSON) -> bool:
    readable_chat(api, params).statuses[api.bot.id] = "left"
    return True


def open_topic(chat: Chat, sender: User, name: str, date: int) -> Message:
    """Open a topic: its id is that of the service message which tells of it."""
    created = {"forum_topic_created": {"name": name, "icon_color": BLUE}}
    message = Message(chat.next_message_id(), chat, sender, date, service=created)
    message.thread_id = message.id
    chat.messages_by_id[message.id] = message
    chat.topics[message.id] = Topic(message.id, name)
    return message


@method("createForumTopic")
def create_forum_topic(api: TelegramApi, params: JSON) -> JSON:
    chat = writable_chat(api, params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    require_right(api, chat, "can_manage_topics", "not enough rights to create a topic")
    if not 1 <= len(params["name"]) <= 128:
        raise bad_request("TOPIC_TITLE_INVALID" if params["name"] else "TOPIC_TITLE_EMPTY")
    message = open_topic(chat, api.bot, params["name"], api.now())
    return {"message_thread_id": message.id, "name": params["name"], "icon_color": BLUE}


def _managed_topic(api: TelegramApi, params: JSON) -> Topic:
    chat = writable_chat(api, params)
    require_right(api, chat, "can_manage_topics", "not enough rights to manage topics")
    topic = chat.topics.get(params["message_thread_id"])
    if topic is None or topic.deleted:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


@method("editForumTopic")
def edit_forum_topic(api: TelegramApi, params: JSON) -> bool:
    topic = _managed_topic(api, params)
    topic.name = params.get("name", topic.name)
    return True


@method("closeForumTopic")
def close_forum_topic(api: TelegramApi, params: JSON) -> bool:
    topic = _managed_topic(api, params)
    if topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = True
    return True


@method("reopenForumTopic")
def reopen_forum_topic(api: TelegramApi, params: JSON) -> bool:
    topic = _managed_topic(api, params)
    if not topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = False
    return True


@method("deleteForumTopic")
def delete_forum_topic(api: TelegramApi, params: JSON) -> bool:
    topic = _managed_topic(api, params)
    topic.deleted = True
    drop_topic_messages(readable_chat(api, params), topic)
    return True


def drop_topic_messages(chat: Chat, topic: Topic) -> None:
    for message in chat.messages_by_id.values():
        if message.thread_id == topic.id:
            message.deleted = True
