"""Texts as Telegram counts and checks them: in UTF-16 code units."""

from __future__ import annotations

import re
from typing import Any

from tests.telegram_api.errors import bad_request

JSON = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,32}(@\w{3,32})?")
_MENTION = re.compile(r"(?<!\w)@\w{3,32}")


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """Return the part of a text that an entity covers."""
    raw = text.encode("utf-16-le")[offset * 2 : (offset + length) * 2]
    return raw.decode("utf-16-le", errors="replace")


def typed_entities(text: str) -> list[JSON]:
    """Return the entities Telegram finds by itself in what a person types."""
    found = [("bot_command", m) for m in _COMMAND.finditer(text)]
    taken = {i for _, m in found for i in range(*m.span())}
    found += [("mention", m) for m in _MENTION.finditer(text) if m.start() not in taken]
    return [
        {"type": kind, "offset": utf16(text[: m.start()]), "length": utf16(m.group())}
        for kind, m in sorted(found, key=lambda pair: pair[1].start())
    ]


def checked(text: str, entities: list[JSON], limit: int) -> tuple[str, list[JSON]]:
    """Return text and entities as the server keeps them, or raise as the server does.

    The server trims white space, moves the entities with it and ignores those past the hundredth.
    """
    for entity in entities:
        _check_entity(text, entity)
    lead = utf16(text) - utf16(text.lstrip())
    kept = text.strip()
    if utf16(kept) > limit:
        raise bad_request(
            "message is too long" if limit == TEXT_LIMIT else "message caption is too long"
        )
    return kept, [_moved(e, lead, utf16(kept)) for e in entities[:ENTITY_LIMIT]]


def _moved(entity: JSON, lead: int, length: int) -> JSON:
    start = min(max(0, entity["offset"] - lead), length)
    end = min(max(0, entity["offset"] + entity["length"] - lead), length)
    return entity | {"offset": start, "length": end - start}


def _check_entity(text: str, entity: JSON) -> None:
    start, end, size = entity["offset"], entity["offset"] + entity["length"], utf16(text)
    if start < 0 or end > size:
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text"
            f" at UTF-16 offset {size}"
        )
    if "\ufffd" in cut(text, start, end - start) and "\ufffd" not in text:
        raise bad_request(
            f"entity begins in a middle of a UTF-16 symbol at byte offset {start * 2}"
        )
