"""The story as a file to keep: Markdown in which people's words are never markup."""

import re
from datetime import date

from bot.effects import Attachment
from bot.games.story.rules import Story
from bot.i18n import Words
from bot.play import Cast

PARAGRAPH = 4
"""Sentences of a paragraph."""
_INLINE = re.compile(r"([\\`*_\[\]~|])")
_STARTS = re.compile(r"^([#+=-]|\d+(?=[.)]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def sentences(state: Story) -> list[str]:
    """The opening line in the story's language, and what was written."""
    opening = Words(state.language).plain(state.opening)
    return [opening, *(said.text for said in state.sentences if said.text)]


def escaped(line: str) -> str:
    """A line that Markdown shows as it is, at the beginning of a paragraph too."""
    shown = _INLINE.sub(r"\\\1", line.translate(_ENTITIES))
    return _STARTS.sub(_harmless, shown)


def _harmless(start: re.Match[str]) -> str:
    return f"\\{start[0]}" if not start[0].isdigit() else f"&#{ord(start[0][0])};{start[0][1:]}"


def names(state: Story, words: Words, cast: Cast) -> str:
    """Those who wrote, as a list in words."""
    return words.listing([cast.name(seat) for seat in state.writers])


def keepsake(state: Story, words: Words, cast: Cast) -> Attachment | None:
    """The file; None if nobody wrote anything that still stands."""
    if not state.writers:
        return None
    told = sentences(state)
    parts = [
        "# " + words.plain("A story by many hands"),
        words.day(date.fromisoformat(state.day)),
        *(escaped(" ".join(told[n : n + PARAGRAPH])) for n in range(0, len(told), PARAGRAPH)),
        "— " + escaped(names(state, words, cast)),
    ]
    return Attachment("story.md", ("\n\n".join(parts) + "\n").encode())
