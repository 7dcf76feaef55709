"""Deck files: read one into cards, or learn everything that is wrong with it; and write one.

A deck file is a list of prompts in one of three formats that mean the same:

- TOML: one `[[prompt]]` table per card,
- JSON: one array of objects,
- CSV: a header and one row per card, divided by `,` `;` or tab; a poll's options stand in the
  columns `option1`, `option2` and so on.

The fields are those of `Card`; only `text` is required. Blanks around a value are dropped and
line ends become `\\n`, so reading what was written gives back the same cards.

Reading is all or nothing. `DeckFaults` carries every fault found, each with its line, for the
words are the caller's business. The codes, with what their `detail` holds:

| code | meaning | detail |
|---|---|---|
| `too-large` | more than `MAX_BYTES` | the size in bytes |
| `utf-16` | saved as UTF-16 or UTF-32 | |
| `not-utf8` | a byte that is no UTF-8 | the byte in hexadecimal |
| `nul-byte` | a NUL, so probably no text file | |
| `syntax` | the format's own rules are broken | the parser's remark, in English |
| `not-a-list` | JSON whose top is no array | |
| `no-cards` | nothing in it | |
| `too-many-cards` | more than `MAX_CARDS` | the limit |
| `unknown-field` | a column or key that no card has | its name |
| `repeated-field` | the same key twice in a card | its name |
| `missing-column` | a CSV header without `text` | `text` |
| `extra-cell` | a cell beyond the CSV header | its first characters |
| `wrong-type` | neither text nor, for options, a list of texts | the field |
| `bad-character` | a control character, or a line end in a one-line field | the field |
| `empty-text` | no text | |
| `text-too-long` | more than `MAX_TEXT`, in a poll `MAX_QUESTION` | the length |
| `field-too-long` | another field beyond its limit in `MAX_LENGTHS` | the field |
| `bad-key` | a key with other than letters, digits and `. _ -` | the key |
| `bad-language` | no language code such as `pt` or `pt-BR` | the value |
| `too-few-options`, `too-many-options` | outside `OPTIONS` | how many |
| `empty-option` | an option without text | |
| `option-too-long` | more than `MAX_OPTION` | the option |
| `repeated-option` | an option twice in a poll | the option |
| `duplicate-text` | a text again, whatever its case and spacing | the first one's line |
| `duplicate-key` | a key again in the same language | the first one's line |
"""

import codecs
import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.features.prompts.decks.csvrows import from_csv
from bot.features.prompts.decks.jsonrows import from_json
from bot.features.prompts.decks.rows import FIELDS, UNFIT, Broken, Fault, Row
from bot.features.prompts.decks.tomlrows import from_toml

__all__ = ["Card", "DeckFaults", "Deckfile", "Fault", "Format", "card", "read", "same", "write"]

Format = Literal["toml", "csv", "json"]

MAX_BYTES = 1 << 20
MAX_CARDS = 5_000
MAX_TEXT = 1_500
MAX_QUESTION = 300
"""The length of a poll's question that both Discord and Telegram take."""
OPTIONS = range(2, 11)
"""How many options a poll may have on both Discord and Telegram."""
MAX_OPTION = 55
"""Discord's limit, the shorter one."""
MAX_LENGTHS = {"key": 64, "category": 40, "author": 80, "image": 500, "language": 20}

_KEY = re.compile(r"[A-Za-z0-9._-]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_READERS: dict[Format, Callable[[str], Iterator[Row | Fault]]] = {
    "toml": from_toml,
    "csv": from_csv,
    "json": from_json,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One prompt of a deck. With options it is a poll; `image` is an address or a file name."""

    text: str
    category: str = ""
    key: str | None = None
    author: str | None = None
    options: tuple[str, ...] = ()
    image: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Deckfile:
    """What a file holds, in its order."""

    cards: tuple[Card, ...]


class DeckFaults(ValueError):
    """A file that can't be imported, with everything wrong in it, by line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        by_place = sorted(faults, key=lambda fault: (fault.line, fault.column or 0))
        self.faults = tuple(fault._replace(detail=_shown(fault.detail)) for fault in by_place)
        super().__init__(self.faults)


def read(data: bytes, format: Format) -> Deckfile:
    """The cards of a file; raises `DeckFaults` and nothing else, whatever the bytes.

    A full deck of 5,000 cards takes up to 0.6 s, a hostile file up to 4 s (one core, measured):
    too long for an event loop, so call it in a thread.
    """
    cards: list[Card] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str, str], int] = {}
    try:
        for number, row in enumerate(_READERS[format](_decoded(data)), 1):
            if number > MAX_CARDS:
                raise Broken(Fault(row.line, None, "too-many-cards", str(MAX_CARDS)))
            if isinstance(row, Fault):
                faults.append(row)
                continue
            found = [*row.faults, *_wrong(row), *_repeated(row, seen)]
            if not found:
                cards.append(_card(row))
            faults += found
    except Broken as error:
        faults.append(error.fault)
    if not cards and not faults:
        faults.append(Fault(1, None, "no-cards"))
    if faults:
        raise DeckFaults(faults)
    return Deckfile(tuple(cards))


def card(values: dict[str, object]) -> Card:
    """One card from its fields, given by hand; raises `DeckFaults` with every one in line 1."""
    row = Row(1, values)
    if faults := list(_wrong(row)):
        raise DeckFaults(faults)
    return _card(row)


def write(deck: Deckfile, format: Format) -> bytes:
    """The file of a deck, which `read` turns into the same deck. Fields left empty are left out."""
    return {"toml": _to_toml, "csv": _to_csv, "json": _to_json}[format](deck).encode()


def same(text: str) -> str:
    """What two texts that count as the same prompt have in common."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _shown(detail: str) -> str:
    """A detail that can be shown and stored whatever the file held: short, and plain characters."""
    return UNFIT.sub("\ufffd", detail if len(detail) <= 60 else detail[:59] + "…")


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Broken(Fault(1, None, "too-large", str(len(data))))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        raise Broken(Fault(1, None, "utf-16"))
    nul = data.find(b"\0")
    if nul >= 0:
        raise Broken(Fault(_line(data, nul), None, "nul-byte"))
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = _line(error.object, error.start)
        raise Broken(Fault(line, None, "not-utf8", f"{error.object[error.start]:02x}")) from error


def _line(data: bytes, offset: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", data[:offset])) + 1


def _wrong(row: Row) -> Iterator[Fault]:
    for name, value in row.values.items():
        if name not in FIELDS:
            yield row.fault(name, "unknown-field", name)
        elif name == "options":
            yield from _wrong_options(row, value)
        elif not isinstance(value, str):
            yield row.fault(name, "wrong-type", name)
        else:
            yield from _wrong_text(row, name, _trim(value))
    if not _trim(str(row.values.get("text", ""))):
        yield row.fault("text", "empty-text")


def _wrong_text(row: Row, name: str, value: str) -> Iterator[Fault]:
    limit = MAX_QUESTION if row.values.get("options") else MAX_TEXT
    if UNFIT.search(value) or (name != "text" and "\n" in value):
        yield row.fault(name, "bad-character", name)
    if name == "text":
        if len(value) > limit:
            yield row.fault(name, "text-too-long", str(len(value)))
    elif len(value) > MAX_LENGTHS[name]:
        yield row.fault(name, "field-too-long", name)
    elif name == "key" and value and not _KEY.fullmatch(value):
        yield row.fault(name, "bad-key", value)
    elif name == "language" and value and not _LANGUAGE.fullmatch(value):
        yield row.fault(name, "bad-language", value)


def _wrong_options(row: Row, value: object) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(option, str) for option in value):
        yield row.fault("options", "wrong-type", "options")
        return
    options = [_trim(option) for option in value]
    if options and len(options) not in OPTIONS:
        few = len(options) < OPTIONS.start
        code = "too-few-options" if few else "too-many-options"
        yield row.fault("options", code, str(len(options)))
    for position, option in enumerate(options):
        if not option:
            yield row.fault("options", "empty-option")
        elif UNFIT.search(option) or "\n" in option:
            yield row.fault("options", "bad-character", "options")
        elif len(option) > MAX_OPTION:
            yield row.fault("options", "option-too-long", option)
        elif option in options[:position]:
            yield row.fault("options", "repeated-option", option)


def _repeated(row: Row, seen: dict[tuple[str, str, str], int]) -> Iterator[Fault]:
    language = _plain(row, "language")
    for name, value in (("text", same(_plain(row, "text"))), ("key", _plain(row, "key"))):
        place = (name, language, value)
        if value and place in seen:
            yield row.fault(name, f"duplicate-{name}", str(seen[place]))
        seen.setdefault(place, row.line)


def _plain(row: Row, name: str) -> str:
    value = row.values.get(name)
    return _trim(value) if isinstance(value, str) else ""


def _trim(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _card(row: Row) -> Card:
    options = row.values.get("options")
    return Card(
        text=_plain(row, "text"),
        category=_plain(row, "category"),
        key=_plain(row, "key") or None,
        author=_plain(row, "author") or None,
        options=tuple(map(_trim, options)) if isinstance(options, list) else (),
        image=_plain(row, "image") or None,
        language=_plain(row, "language") or None,
    )


def _filled(card: Card) -> dict[str, str | tuple[str, ...]]:
    return {name: getattr(card, name) for name in FIELDS if getattr(card, name)}


def _to_toml(deck: Deckfile) -> str:
    # A JSON string or list of strings, written on one line, is also a TOML one.
    return "\n".join(
        "[[prompt]]\n"
        + "".join(
            f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
            for name, value in _filled(card).items()
        )
        for card in deck.cards
    )


def _to_json(deck: Deckfile) -> str:
    cards = [_filled(card) for card in deck.cards]
    return json.dumps(cards, ensure_ascii=False, indent=2) + "\n"


def _to_csv(deck: Deckfile) -> str:
    """A text that begins with `=` stays as it is: an apostrophe put before it, as some exports do
    against formulas, would come back as part of the prompt. The byte order mark is for the
    spreadsheets that take UTF-8 for Latin-1 without it.
    """
    most = max((len(card.options) for card in deck.cards), default=0)
    choices = [f"option{number}" for number in range(1, most + 1)]
    plain = [name for name in FIELDS if name != "options"]
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow([*plain, *choices])
    for card in deck.cards:
        sheet.writerow([*(getattr(card, name) for name in plain), *card.options])
    return "\ufeff" + out.getvalue()
