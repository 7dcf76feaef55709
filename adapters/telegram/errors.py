"""What Telegram's refusals mean to the core."""

import os
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.ports import InDoubt, Rejected, TryLater, Unreachable

# The library's own switch: times as timedelta, and no warning that they will be.
os.environ.setdefault("PTB_TIMEDELTA", "true")

T = TypeVar("T")

SOON = timedelta(seconds=2)
TOKEN_PAUSE = timedelta(minutes=1)
"""A revoked token ends `run`; what waits to be sent is kept for the next start."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_CLOSED = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "chat_send_",
    "chat_restricted",
    "peer_id_invalid",
    "user not found",
    "group chat was deactivated",
    "need administrator rights",
    "chat_admin_required",
)
_TOPIC_GONE = ("thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_NOT_MODIFIED = "message is not modified"
_MESSAGE_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message to react not found",
    "message to pin not found",
    "message to unpin not found",
    "message can't be deleted",
    "message_id_invalid",
)


class TopicGone(Rejected):
    """The topic is closed or deleted; nothing was sent."""


class NothingToDo(Rejected):
    """The message is gone, or already as it should be."""


async def mapped(call: Awaitable[T], *, repeatable: bool = False) -> T:
    """The call's result, or one of the errors of `bot.ports`.

    A `repeatable` call may run twice without harm, so that a broken connection is no doubt.
    ChatMigrated passes through: only the adapter can tell the core that a group has moved.
    """
    try:
        return await call
    except ChatMigrated:
        raise
    except TelegramError as error:
        raise translated(error, repeatable) from error


def translated(error: TelegramError, repeatable: bool) -> Exception:
    """The core's word for an error of the library."""
    match error:
        case RetryAfter():
            return TryLater(_patience(error))
        case Forbidden():
            return Unreachable(error.message)
        case InvalidToken() | Conflict():
            return TryLater(TOKEN_PAUSE, everywhere=True)
        case BadRequest():
            return _refusal(error.message)
        case NetworkError() if repeatable or isinstance(error.__cause__, _NOT_SENT):
            return TryLater(SOON)
    return InDoubt(error.message)


def _patience(error: RetryAfter) -> timedelta:
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)


def _refusal(message: str) -> Exception:
    said = message.lower()
    if any(words in said for words in _TOPIC_GONE):
        return TopicGone(message)
    if _NOT_MODIFIED in said or any(words in said for words in _MESSAGE_GONE):
        return NothingToDo(message)
    if any(words in said for words in _CLOSED):
        return Unreachable(message)
    return Rejected(message)
