"""The menus of commands: by scope, so that moderators see theirs, and by language."""

from collections.abc import Iterator, Sequence

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from adapters.telegram.typed import menu_name
from bot.commands import Command
from bot.i18n import DEFAULT, LANGUAGES, Words

log = structlog.get_logger(__name__)

MOST_COMMANDS = 100
DESCRIPTION_LIMIT = 256


async def publish(bot: Bot, commands: Sequence[Command]) -> None:
    """Sets every menu; one that fails is logged, the commands work without it."""
    for scope, shown in _scopes(commands):
        for language in LANGUAGES:
            words = Words(language)
            menu = [
                BotCommand(menu_name(c.path), words.plain(c.description)[:DESCRIPTION_LIMIT])
                for c in shown[:MOST_COMMANDS]
            ]
            code = None if language == DEFAULT else language  # the menu for all other languages
            try:
                await bot.set_my_commands(menu, scope=scope, language_code=code)
            except TelegramError as error:
                log.warning("menu_not_set", scope=scope.type, error=error.message)


def _scopes(commands: Sequence[Command]) -> Iterator[tuple[BotCommandScope, list[Command]]]:
    ordinary = [c for c in commands if not c.moderator]
    yield BotCommandScopeAllGroupChats(), ordinary
    yield BotCommandScopeAllChatAdministrators(), [*ordinary, *(c for c in commands if c.moderator)]
    yield BotCommandScopeAllPrivateChats(), [c for c in commands if c.private]
