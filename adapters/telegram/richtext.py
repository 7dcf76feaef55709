"""Rich text as Telegram's entities, which are counted in UTF-16 code units."""

import re
from collections.abc import Collection, Sequence

from telegram import MessageEntity, User

from bot.refs import MemberRef
from bot.text import Span, Text

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

# Telegram makes a mention of any @name it finds: a character of no width keeps user text from
# notifying people.
_AT = re.compile(r"(?<!\w)@(?=\w)")
_DEFUSED = "@\u2060"


def utf16(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def render(text: Text, pings: Collection[MemberRef] = ()) -> tuple[str, list[MessageEntity]]:
    """The plain text and its entities; members outside of `pings` are named without a mention."""
    parts: list[str] = []
    entities: list[MessageEntity] = []
    offset = 0
    for span in text.spans:
        shown = span.text if span.code else _AT.sub(_DEFUSED, span.text)
        length = utf16(shown)
        if length and not shown.isspace():
            entities += _entities(span, shown, offset, length, pings)
        parts.append(shown)
        offset += length
    return "".join(parts), entities[:ENTITY_LIMIT]


def _entities(
    span: Span, shown: str, offset: int, length: int, pings: Collection[MemberRef]
) -> Sequence[MessageEntity]:
    looks = (
        (span.bold, MessageEntity.BOLD),
        (span.italic, MessageEntity.ITALIC),
        (span.code, MessageEntity.CODE),
        (span.quote, MessageEntity.BLOCKQUOTE),
    )
    found = [MessageEntity(kind, offset, length) for wanted, kind in looks if wanted]
    if span.url is not None:
        found.append(MessageEntity(MessageEntity.TEXT_LINK, offset, length, url=span.url))
    if span.member is not None and span.member in pings:
        user = User(int(span.member.id), shown, is_bot=False)
        found.append(MessageEntity(MessageEntity.TEXT_MENTION, offset, length, user=user))
    return found
