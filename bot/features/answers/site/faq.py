"""The kept answers as one Markdown file. Pure.

People's words stand in block quotes, with everything escaped that Markdown would read.
"""

import re
from collections.abc import Sequence

from bot.features.answers.reading import Entry, Shelf
from bot.features.answers.reading_views import answer_marks, label
from bot.features.answers.site.rendering import TITLE, written_day
from bot.i18n import Words
from bot.site.places import Place
from bot.text import clean

NAME = "FAQ.md"
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~=:&])")


def head(place: Place) -> str:
    """The beginning of the file."""
    words = Words(place.language, place.zone)
    title = words.plain("Questions and answers")
    return f"# {plain(place.name)}: {plain(title)}\n"


def section(place: Place, shelf: Shelf | None, entries: Sequence[Entry]) -> str:
    """The answered questions of a topic; without `shelf` the topic's heading is left out."""
    words = Words(place.language, place.zone)
    parts = [_question(words, entry) for entry in entries if entry.answers]
    if shelf is not None and parts:
        name = shelf.name or words.plain("Other questions")
        parts.insert(0, f"\n## {plain(name)}\n")
    return "".join(parts)


def _question(words: Words, entry: Entry) -> str:
    text = entry.question.text
    short = label(text, TITLE)
    whole = _quoted(text) if short != " ".join(text.split()) else ""
    lines = [f"\n### {plain(short)}\n", whole]
    for answer in entry.answers:
        day = written_day(answer.at.astimezone(words.zone).date(), words.language)
        marks = "".join(f" · {plain(mark)}" for mark in answer_marks(words, answer))
        lines.append(
            f"\n**{plain(answer.member_name)}**, {plain(day)}{marks}\n{_quoted(answer.text)}"
        )
    return "".join(lines)


def plain(text: str) -> str:
    """One line in which nothing is read as Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(clean(text).split()))


def _quoted(text: str) -> str:
    lines = [_MARKS.sub(r"\\\1", line.strip()) for line in clean(text).split("\n")]
    return (
        "\n"
        + "\n".join(f"> {line}  ".rstrip() if not line else f"> {line}  " for line in lines)
        + "\n"
    )
