"""Who the bot is and which commands its menu shows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.telegram_api.errors import bad_request
from tests.telegram_api.methods.registry import method

if TYPE_CHECKING:
    from tests.telegram_api.api import TelegramApi

JSON = dict[str, Any]

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


@method("getMe")
def get_me(api: TelegramApi, params: JSON) -> JSON:
    return api.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not api.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def commands_key(scope: JSON | None, language: str) -> tuple[str, str]:
    """Name one command menu: the scope as sorted JSON, the language or nothing."""
    return json.dumps(scope or {"type": "default"}, sort_keys=True), language


def _key(params: JSON) -> tuple[str, str]:
    return commands_key(params.get("scope"), params.get("language_code", ""))


@method("setMyCommands")
def set_my_commands(api: TelegramApi, params: JSON) -> bool:
    commands = params["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    api.commands[_key(params)] = commands
    return True


@method("getMyCommands")
def get_my_commands(api: TelegramApi, params: JSON) -> list[JSON]:
    return api.commands.get(_key(params), [])


@method("deleteMyCommands")
def delete_my_commands(api: TelegramApi, params: JSON) -> bool:
    api.commands.pop(_key(params), None)
    return True


@method("getMyName")
def get_my_name(api: TelegramApi, params: JSON) -> JSON:
    return {"name": api.bot.first_name}
