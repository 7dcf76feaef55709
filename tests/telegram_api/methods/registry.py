"""The table of Bot API methods and what several of them need."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.telegram_api.errors import ApiError, bad_request, forbidden
from tests.telegram_api.model import GENERAL_TOPIC, Chat, Message

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi

JSON = dict[str, Any]
Method = Callable[["TelegramApi", JSON], Any]

METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as the Bot API method of that name."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


def readable_chat(api: TelegramApi, params: JSON) -> Chat:
    """Return the chat a call names if the bot may look into it."""
    chat = api.chats.get(params["chat_id"])
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to.id,
        )
    if not chat.is_private:
        _check_membership(api, chat)
    return chat


def writable_chat(api: TelegramApi, params: JSON) -> Chat:
    """Return the chat a call names if the bot may write there."""
    chat = readable_chat(api, params)
    if chat.owner is not None:
        if chat.owner.has_blocked_bot:
            raise forbidden("bot was blocked by the user")
        if not chat.owner.has_started:
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.bot_muted:
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def _check_membership(api: TelegramApi, chat: Chat) -> None:
    status = chat.status(api.bot)
    kind = "supergroup" if chat.type == "supergroup" else "group"
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")


def require_right(api: TelegramApi, chat: Chat, right: str, refusal: str) -> None:
    if not chat.is_private and not (chat.is_admin(api.bot) and chat.bot_rights.get(right)):
        raise bad_request(refusal)


def topic_id(chat: Chat, params: JSON) -> int | None:
    """Return the topic a new message goes to; the General topic has no id of its own."""
    wanted: int | None = params.get("message_thread_id")
    if wanted is None:
        return None
    topic = chat.topics.get(wanted)
    if wanted == GENERAL_TOPIC or topic is None or topic.deleted:
        raise bad_request("message thread not found")
    if topic.closed and not chat.bot_rights.get("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return wanted


def standing_message(chat: Chat, message_id: int, refusal: str) -> Message:
    message = chat.messages_by_id.get(message_id)
    if message is None or message.deleted:
        raise bad_request(refusal)
    return message


def checked_markup(params: JSON) -> JSON | None:
    """Return the keyboard of a call, refusing what Telegram refuses."""
    markup: JSON | None = params.get("reply_markup")
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    return markup


def _check_button(button: JSON) -> None:
    if not button.get("text"):
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" not in button:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed")
