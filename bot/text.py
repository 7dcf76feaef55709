"""Rich text as spans. Adapters render it; nobody pastes markup.

A span's text is always data: whatever markup it seems to hold is shown as it was typed.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Self

from msgspec import Struct

from bot.refs import MemberRef

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_JOINERS = {"\u200d", "\u200c"}  # emoji sequences and several scripts need them
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
NAME_LENGTH = 40


class Span(Struct, frozen=True, omit_defaults=True):
    """A run of characters with one look; `url` makes it a link, `member` a mention."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    quote: bool = False
    url: str | None = None
    member: MemberRef | None = None


class Text(Struct, frozen=True):
    """A sequence of spans; `+` joins, `str` is the plain reading."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, *parts: "str | Span | Text") -> Self:
        """Joins strings, spans and texts; neighbours of the same look stay separate."""
        return cls(tuple(span for part in parts for span in _spans(part)))

    @classmethod
    def join(cls, separator: str, parts: "Iterable[str | Span | Text]") -> Self:
        """The parts with `separator` between them."""
        joined: list[Span] = []
        for index, part in enumerate(parts):
            if index:
                joined.append(Span(separator))
            joined.extend(_spans(part))
        return cls(tuple(joined))

    def __add__(self, other: "str | Span | Text") -> "Text":
        return Text.of(self, other)

    def __str__(self) -> str:
        return "".join(span.text for span in self.spans)

    def __bool__(self) -> bool:
        return any(span.text for span in self.spans)

    @property
    def mentions(self) -> tuple[MemberRef, ...]:
        """The members that this text names so that they are notified, each once."""
        return tuple(dict.fromkeys(s.member for s in self.spans if s.member is not None))


Part = str | Span | Text


def _spans(part: Part) -> tuple[Span, ...]:
    if isinstance(part, Text):
        return part.spans
    if isinstance(part, Span):
        return (part,)
    return (Span(part),) if part else ()


def bold(text: str) -> Span:
    """Strong emphasis."""
    return Span(text, bold=True)


def italic(text: str) -> Span:
    """Light emphasis."""
    return Span(text, italic=True)


def code(text: str) -> Span:
    """Something to type as it is, such as a command."""
    return Span(text, code=True)


def quote(text: str) -> Span:
    """Somebody's own words, set apart as a block."""
    return Span(clean(text), quote=True)


def link(text: str, url: str) -> Span:
    """Text that opens an address."""
    return Span(text, url=url)


def mention(member: MemberRef, name: str) -> Span:
    """A name that notifies its bearer, where the platform and the effect's pings allow it."""
    return Span(isolated(name), member=member)


def clean(text: str) -> str:
    """User text without control and direction characters; line breaks and emoji stay."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if normal.isprintable():
        return normal  # the usual case, without a look at each character
    return "".join(
        c for c in normal if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in _HIDDEN
    )


def isolated(name: str) -> str:
    """A person's name made safe to stand inside a sentence of any direction."""
    one_line = " ".join(clean(name).split()).strip("".join(_JOINERS))
    short = one_line if len(one_line) <= NAME_LENGTH else one_line[: NAME_LENGTH - 1] + "…"
    return f"{FIRST_STRONG_ISOLATE}{short or '?'}{POP_ISOLATE}"


def compose(template: str, parts: dict[str, Part]) -> Text:
    """Puts parts into the `{name}` places of a catalogue's sentence.

    Only the template is read for places: braces inside the parts are data.
    A place without a part stays visible, because a translator's slip must not lose a sentence.
    """
    pieces: list[Part] = []
    end = 0
    for match in _PLACEHOLDER.finditer(template):
        pieces.append(template[end : match.start()])
        pieces.append(parts.get(match[1], match[0]))
        end = match.end()
    return Text.of(*pieces, template[end:])
