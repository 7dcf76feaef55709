"""Pages from kept questions and answers, by templates that escape everything."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from babel.dates import format_date
from markupsafe import Markup, escape

from bot.features.answers.reading import Entry, Shelf
from bot.features.answers.reading_views import label
from bot.features.answers.site import links
from bot.features.answers.site.sayings import sentences
from bot.i18n import Words
from bot.site.places import Place
from bot.site.shell import Pages
from bot.text import clean

TITLE = 120
FOUND = 300
"""Characters of a question, and of its best answer, that the search looks at."""
NEWEST = 20
"""Questions on the front page."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»“”]+")
_AFTER = ".,;:!?)]}…"
"""What follows an address in a sentence rather than belonging to it."""


def index(
    place: Place, shelves: Sequence[Shelf], newest: Sequence[Entry], found: Sequence[Entry]
) -> str:
    """The front page; `found` is what its search looks through."""
    return _page(
        "index.html",
        place,
        "",
        shelves=shelves,
        newest=newest[:NEWEST],
        index=[searchable(entry) for entry in found],
    )


def topic(place: Place, shelf: Shelf, entries: Sequence[Entry], page: int, *, alone: bool) -> str:
    """A page of a topic; `alone`: there is no other."""
    return _page(
        "topic.html",
        place,
        "../",
        shelf=shelf,
        entries=entries,
        page=page,
        pages=links.pages(shelf.questions),
        alone=alone,
    )


def question(place: Place, entry: Entry, shelf_name: str) -> str:
    """The page of one question; `shelf_name` is its topic's, "" if it has none."""
    return _page("question.html", place, "../", entry=entry, shelf_name=shelf_name)


def searchable(entry: Entry) -> list[Any]:
    """A question for the search: its number, its text, and words of its best answer."""
    best = clean(entry.answers[0].text[:FOUND]) if entry.answers else ""
    return [entry.question.id, label(entry.question.text[: FOUND + 1], FOUND), best]


def policy() -> str:
    """The Content-Security-Policy of every page."""
    return _PAGES.policy


@lru_cache(maxsize=4_096)
def written_day(day: date, language: str) -> str:
    """ "March 4, 2026" in that language."""
    return format_date(day, format="long", locale=language)


def linked(text: str) -> Markup:
    """Somebody's words, escaped, with addresses of the web as links and nothing else."""
    pieces: list[Markup] = []
    end = 0
    cleaned = clean(text)
    for match in _ADDRESS.finditer(cleaned):
        address = match[0].rstrip(_AFTER)
        pieces.append(escape(cleaned[end : match.start()]))
        anchor = Markup('<a href="{0}" rel="nofollow noopener noreferrer">{0}</a>')
        pieces.append(anchor.format(address))
        end = match.start() + len(address)
    return Markup("").join([*pieces, escape(cleaned[end:])])


def _page(template: str, place: Place, root: str, **values: Any) -> str:
    words = Words(place.language, place.zone)

    def day(moment: datetime) -> str:
        return written_day(moment.astimezone(words.zone).date(), words.language)

    def helped(count: int) -> str:
        return str(words.say_n("helped {n} person", "helped {n} people", count))

    return _PAGES.page(
        template,
        place,
        root=root,
        t=_sentences(words.language),
        links=links,
        day=day,
        number=words.number,
        helped=helped,
        language=words.language,
        **values,
    )


@cache
def _sentences(language: str) -> dict[str, str]:
    return sentences(Words(language))


_PAGES = Pages(
    __package__ or "",
    script="search.js",
    filters={"linked": linked, "title": lambda text: label(text, TITLE)},
)
