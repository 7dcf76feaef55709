"""Everything that a community keeps, read once and written as pages, as a FAQ and as data.

Topics come by size, questions newest first, answers best first: the same store gives the same
bytes. One stretch of a topic at a time is in memory, so that the number of questions is no limit.
"""

from collections.abc import AsyncIterator, Callable
from datetime import datetime

import msgspec

from bot.features.answers import reading
from bot.features.answers.reading import Entry, Shelf
from bot.features.answers.site import faq, links, rendering
from bot.site.places import Place
from bot.store.database import Tx

File = tuple[str, str]
"""A path below the folder, and its text."""
Tell = Callable[[int, int], None]
"""Hears how many of how many questions are done."""
SCHEMA = "convive-answers/1"


async def written(
    tx: Tx, place: Place, tell: Tell = lambda done, total: None
) -> AsyncIterator[File]:
    """Every file, in an order that is always the same. FAQ.md and answers.json come in parts."""
    shelves = await reading.shelves(tx, place.number)
    total = sum(shelf.questions for shelf in shelves)
    yield faq.NAME, faq.head(place)
    yield "answers.json", _head(place, shelves)
    found: list[Entry] = []
    for shelf in shelves:
        for page in range(links.pages(shelf.questions)):
            entries = await _stretch(tx, place, shelf, page)
            yield (
                links.topic(shelf.topic, page),
                rendering.topic(place, shelf, entries, page, alone=len(shelves) == 1),
            )
            yield faq.NAME, faq.section(place, shelf if page == 0 else None, entries)
            for entry in entries:
                name = links.question(entry.question.id)
                yield name, rendering.question(place, entry, shelf.name)
                separator = ",\n" if found else "\n"
                yield "answers.json", separator + _line(entry, shelf)
                found.append(_brief(entry))
            tell(len(found), total)
    yield "answers.json", "\n]}\n"
    found.sort(key=lambda entry: -entry.question.id)
    yield links.INDEX, rendering.index(place, shelves, found, found)


async def _stretch(tx: Tx, place: Place, shelf: Shelf, page: int) -> list[Entry]:
    start = page * links.PER_PAGE
    return await reading.on_shelf(tx, place.number, shelf.topic, links.PER_PAGE, start)


def _brief(entry: Entry) -> Entry:
    """What the front page needs of a question, without the length of it."""
    text = entry.question.text[: rendering.FOUND]
    best = [
        msgspec.structs.replace(one, text=one.text[: rendering.FOUND]) for one in entry.answers[:1]
    ]
    return Entry(msgspec.structs.replace(entry.question, text=text), best)


def _head(place: Place, shelves: list[Shelf]) -> str:
    known = [{"id": shelf.topic, "name": shelf.name} for shelf in shelves if shelf.topic]
    head = {"schema": SCHEMA, "community": place.name, "language": place.language, "topics": known}
    return _json(head)[:-1] + ',"questions":['


def _line(entry: Entry, shelf: Shelf) -> str:
    question = entry.question
    return _json(
        {
            "id": question.id,
            "text": question.text,
            "by": question.member_name,
            "at": _at(question.asked_at),
            "state": question.state,
            "topic": shelf.topic or None,
            "answers": [
                {
                    "id": answer.id,
                    "text": answer.text,
                    "by": answer.member_name,
                    "at": _at(answer.at),
                    "solves": answer.solves,
                    "worked": answer.worked,
                    "outdated": answer.outdated,
                    "helped": answer.helped,
                }
                for answer in entry.answers
            ],
        }
    )


def _at(moment: datetime) -> str:
    return moment.isoformat()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
