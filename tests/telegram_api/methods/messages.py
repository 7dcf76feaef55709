"""Sending, editing and deleting messages, and reacting to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.constants import ReactionEmoji

from tests.telegram_api.errors import bad_request
from tests.telegram_api.methods.registry import (
    checked_markup,
    method,
    readable_chat,
    require_right,
    standing_message,
    topic_id,
    writable_chat,
)
from tests.telegram_api.model import Chat, Message
from tests.telegram_api.text import CAPTION_LIMIT, TEXT_LIMIT, checked, typed_entities

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi

JSON = dict[str, Any]

ALLOWED_REACTIONS = {emoji.value.replace("\ufe0f", "") for emoji in ReactionEmoji}


def new_message(api: TelegramApi, params: JSON, **content: Any) -> Message:
    """Put a message of the bot's into the chat a call names, with its reply and topic."""
    chat = writable_chat(api, params)
    target = _reply_target(chat, params.get("reply_parameters"))
    thread = topic_id(chat, params)
    if thread is None and target is not None and chat.type == "supergroup":
        thread = target.thread_id or (None if chat.is_forum else target.id)
    markup = checked_markup(params)
    message = Message(
        chat.next_message_id(),
        chat,
        api.bot,
        api.now(),
        reply_to=target,
        thread_id=thread,
        markup=markup,
        **content,
    )
    chat.messages_by_id[message.id] = message
    return message


def _reply_target(chat: Chat, reply: JSON | None) -> Message | None:
    if reply is None:
        return None
    target = chat.messages_by_id.get(reply["message_id"])
    if target is not None and not target.deleted:
        return target
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _text(api: TelegramApi, params: JSON) -> JSON:
    _refuse_parse_mode(api, params)
    text, entities = checked(params["text"], params.get("entities", []), TEXT_LIMIT)
    if not text:
        raise bad_request("message text is empty")
    return {"text": text, "entities": [*entities, *typed_entities(text)]}


def _caption(api: TelegramApi, params: JSON) -> JSON:
    _refuse_parse_mode(api, params)
    raw = params.get("caption", "")
    caption, entities = checked(raw, params.get("caption_entities", []), CAPTION_LIMIT)
    return {"caption": caption or None, "entities": entities}


def _refuse_parse_mode(api: TelegramApi, params: JSON) -> None:
    if "parse_mode" in params:
        api.violations.append("parse_mode: people's text is never markup, use entities")


@method("sendMessage")
def send_message(api: TelegramApi, params: JSON) -> JSON:
    writable_chat(api, params)
    return new_message(api, params, **_text(api, params)).as_json()


@method("sendPhoto")
def send_photo(api: TelegramApi, params: JSON) -> JSON:
    writable_chat(api, params)
    photo = params["photo"]
    data = photo if isinstance(photo, bytes) else str(photo).encode()
    if not data:
        raise bad_request("file must be non-empty")
    return new_message(api, params, photo=data, **_caption(api, params)).as_json()


@method("sendDocument")
def send_document(api: TelegramApi, params: JSON) -> JSON:
    writable_chat(api, params)
    return new_message(api, params, file=params["document"], **_caption(api, params)).as_json()


@method("copyMessage")
def copy_message(api: TelegramApi, params: JSON) -> JSON:
    writable_chat(api, params)
    source = readable_chat(api, {"chat_id": params["from_chat_id"]})
    original = standing_message(source, params["message_id"], "message to copy not found")
    names = ("text", "caption", "entities", "photo", "file")
    copy = new_message(api, params, **{name: getattr(original, name) for name in names})
    copy.copy_of = original
    return {"message_id": copy.id}


def _own_message(api: TelegramApi, params: JSON, refusal: str) -> Message:
    chat = readable_chat(api, params)
    message = standing_message(chat, params["message_id"], refusal)
    if message.sender is not api.bot:
        raise bad_request("message can't be edited")
    return message


def _edit(api: TelegramApi, message: Message, changes: JSON) -> JSON:
    if all(getattr(message, name) == value for name, value in changes.items()):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly"
            " the same as a current content and reply markup of the message"
        )
    for name, value in changes.items():
        setattr(message, name, value)
    message.edit_date = api.now()
    return message.as_json()


@method("editMessageText")
def edit_message_text(api: TelegramApi, params: JSON) -> JSON:
    message = _own_message(api, params, "message to edit not found")
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    return _edit(api, message, _text(api, params) | {"markup": checked_markup(params)})


@method("editMessageCaption")
def edit_message_caption(api: TelegramApi, params: JSON) -> JSON:
    message = _own_message(api, params, "message to edit not found")
    if message.photo is None and message.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(api, message, _caption(api, params) | {"markup": checked_markup(params)})


@method("editMessageReplyMarkup")
def edit_message_reply_markup(api: TelegramApi, params: JSON) -> JSON:
    message = _own_message(api, params, "message to edit not found")
    return _edit(api, message, {"markup": checked_markup(params)})


@method("deleteMessage")
def delete_message(api: TelegramApi, params: JSON) -> bool:
    chat = readable_chat(api, params)
    message = standing_message(chat, params["message_id"], "message to delete not found")
    if message.sender is not api.bot:
        require_right(api, chat, "can_delete_messages", "message can't be deleted")
    message.deleted = True
    return True


@method("setMessageReaction")
def set_message_reaction(api: TelegramApi, params: JSON) -> bool:
    chat = readable_chat(api, params)
    message = standing_message(chat, params["message_id"], "message to react not found")
    emojis = [reaction.get("emoji", "") for reaction in params.get("reaction", [])]
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not {emoji.replace("\ufe0f", "") for emoji in emojis} <= ALLOWED_REACTIONS:
        raise bad_request("REACTION_INVALID")
    message.reactions[api.bot.id] = emojis
    return True


@method("pinChatMessage")
def pin_chat_message(api: TelegramApi, params: JSON) -> bool:
    chat = readable_chat(api, params)
    message = standing_message(chat, params["message_id"], "message to pin not found")
    require_right(
        api, chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat"
    )
    message.pinned = True
    return True


@method("unpinChatMessage")
def unpin_chat_message(api: TelegramApi, params: JSON) -> bool:
    chat = readable_chat(api, params)
    standing_message(chat, params["message_id"], "message to unpin not found").pinned = False
    return True
