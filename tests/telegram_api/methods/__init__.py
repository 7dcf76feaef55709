"""The Bot API methods of the loopback Telegram."""

from tests.telegram_api.methods import chats, identity, messages, polls, reading
from tests.telegram_api.methods.registry import METHODS

__all__ = ["METHODS", "chats", "identity", "messages", "polls", "reading"]
