"""The body of a message, from an effect."""

from io import BytesIO
from typing import Any

import discord

from adapters.discord.render import NONE, Numbers, components, content
from bot.effects import Edit, Post, Whisper

Json = dict[str, Any]


def body_of(
    effect: Post | Whisper | Edit, commands: Numbers = NONE
) -> tuple[Json, list[discord.File]]:
    """The body of a message, and its files. Only the effect's `pings` are ever notified."""
    pings = [member.id for member in effect.pings]
    body = content(effect.text, pings, commands)
    body["allowed_mentions"] = {"parse": [], "users": pings[:100], "replied_user": False}
    body["components"] = components(effect.buttons, effect.menu)
    files = [] if isinstance(effect, Edit) else files_of(effect)
    if files:
        description = files[0].description
        named: Json = {"id": "0", "filename": files[0].filename}
        body["attachments"] = [{**named, **({"description": description} if description else {})}]
    return body, files


def files_of(effect: Post | Whisper) -> list[discord.File]:
    attachment = effect.attachment
    if attachment is None:
        return []
    alt = attachment.alt[:1024] or None
    return [discord.File(BytesIO(attachment.data), attachment.name, description=alt)]


def whole(body: Json) -> Json:
    """For an edit: what is not said has to go."""
    return {"embeds": [], **body}
