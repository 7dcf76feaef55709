"""A real python-telegram-bot client of the loopback Telegram."""

from __future__ import annotations

from typing import Any, TypeAlias

from telegram.ext import Application, ApplicationBuilder

from tests.telegram_api.api import TelegramApi

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


def application(api: TelegramApi) -> App:
    return ApplicationBuilder().token(api.token).base_url(api.base_url).build()
