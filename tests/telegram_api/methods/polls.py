"""Polls of the bot's own, and answers to pressed buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram_api.errors import bad_request
from tests.telegram_api.methods.messages import new_message
from tests.telegram_api.methods.registry import (
    checked_markup,
    method,
    readable_chat,
    standing_message,
    writable_chat,
)
from tests.telegram_api.model import Poll

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi

JSON = dict[str, Any]

MOST_OPTIONS, MOST_SECONDS = 12, 2_628_000


@method("sendPoll")
def send_poll(api: TelegramApi, params: JSON) -> JSON:
    writable_chat(api, params)
    question, options = params["question"].strip(), [o["text"] for o in params["options"]]
    _check(question, options, params)
    poll = Poll(
        f"poll-{len(api.requests)}",
        question,
        options,
        is_anonymous=params.get("is_anonymous", True),
        allows_multiple_answers=params.get("allows_multiple_answers", False),
    )
    return new_message(api, params, poll=poll).as_json()


def _check(question: str, options: list[str], params: JSON) -> None:
    if not 1 <= len(question) <= 300:
        raise bad_request("poll question length must not exceed 300")
    if len(options) < 1:
        raise bad_request("poll must have at least 1 option")
    if len(options) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    if any(not 1 <= len(text) <= 100 for text in options):
        raise bad_request("poll options length must not exceed 100")
    if not 5 <= params.get("open_period", 5) <= MOST_SECONDS:
        raise bad_request("poll open period is out of range")


@method("stopPoll")
def stop_poll(api: TelegramApi, params: JSON) -> JSON:
    chat = readable_chat(api, params)
    message = standing_message(chat, params["message_id"], "message with poll to stop not found")
    if message.poll is None or message.sender is not api.bot:
        raise bad_request("poll can't be stopped")
    if message.poll.is_closed:
        raise bad_request("poll has already been closed")
    message.poll.is_closed = True
    message.markup = checked_markup(params)
    api.updates.push("poll", message.poll.as_json())
    return message.poll.as_json()


@method("answerCallbackQuery")
def answer_callback_query(api: TelegramApi, params: JSON) -> bool:
    press = api.presses.get(params["callback_query_id"])
    if press is None or press.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(params.get("text", "")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = {name: params.get(name) for name in ("text", "show_alert", "url")}
    return True
