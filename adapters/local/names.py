"""Ids and colours made from names, the same every time."""

import re
import unicodedata
from collections.abc import Container
from itertools import count
from zlib import crc32

from adapters.local.model import Profile

COLOURS = (
    "#b4472f", "#9a5b00", "#6f6a00", "#3f7a2a", "#0f7a5c", "#0b7285",
    "#2563b0", "#5146c4", "#8038b5", "#a82f86", "#b52f55", "#5f6368",
)  # fmt: skip
"""White text on each has a contrast of at least 4.5."""


def slug(name: str, taken: Container[str]) -> str:
    """A short ASCII id that is not taken yet: "Ann Lee" is ann-lee, then ann-lee-2."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24] or "x"
    candidates = (base if n == 1 else f"{base}-{n}" for n in count(1))
    return next(candidate for candidate in candidates if candidate not in taken)


def colour_of(key: str) -> str:
    """A person's colour."""
    return COLOURS[crc32(key.encode()) % len(COLOURS)]


def mentioned(text: str, people: list[Profile]) -> list[tuple[int, int, Profile]]:
    """Where `@Name` stands in a text: (start, end, who), in order, the longest name first."""
    by_name = {person.name.casefold(): person for person in reversed(people)}
    names = sorted(by_name, key=len, reverse=True)
    if "@" not in text or not names:
        return []
    pattern = re.compile(rf"@({'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    return [
        (m.start(), m.end(), by_name[m[1].casefold()])
        for m in pattern.finditer(text)
        if m[1].casefold() in by_name
    ]
