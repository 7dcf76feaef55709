"""A loopback Telegram Bot API for tests; see `api.TelegramApi`."""

from tests.telegram_api.api import TelegramApi
from tests.telegram_api.errors import ApiError
from tests.telegram_api.faults import Limiter
from tests.telegram_api.model import Chat, Message
from tests.telegram_api.people import Person, Press

__all__ = ["ApiError", "Chat", "Limiter", "Message", "Person", "Press", "TelegramApi"]
