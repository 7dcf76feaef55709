"""Telegram, through python-telegram-bot."""

from adapters.telegram.client import TelegramAdapter
from adapters.telegram.reading import Webhook

__all__ = ["TelegramAdapter", "Webhook"]
