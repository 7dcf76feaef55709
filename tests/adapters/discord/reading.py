"""What a person reads of a message of the bot's: without the markup that made it look so."""

from __future__ import annotations

import re

from bot.text import isolated
from tests.discord_api import DiscordApi, Message

_MARK = re.compile(
    r"\\(?P<kept>[^A-Za-z0-9\s])"
    r"|<@(?P<user>\d+)>"
    r"|<(?P<command>/[^:>\n]+):\d+>"
    r"|(?P<fence>`{1,2}) ?(?P<code>[^\n]+?) ?(?P=fence)(?!`)"
    r"|\[(?P<label>(?:\\.|[^\]\\])*)\]\((?:[^)]*)\)"
    r"|(?P<mark>\*{1,3})"
    r"|(?m:^> )"
)


def plain(text: str, api: DiscordApi) -> str:
    """The plain reading of a text in Discord's markup."""

    def read(match: re.Match[str]) -> str:
        if match["user"]:
            return isolated(api.users[int(match["user"])].name)
        if match["label"] is not None:
            return plain(match["label"], api)
        return match["kept"] or match["command"] or match["code"] or ""

    return _MARK.sub(read, text)


def text_of(message: Message, api: DiscordApi) -> str:
    """Everything that the message says."""
    if message.poll is not None:
        return str(message.poll["question"]["text"])
    parts = [message.content, *(embed.get("description", "") for embed in message.embeds)]
    return "\n".join(plain(part, api) for part in parts if part)
