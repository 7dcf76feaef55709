"""Which earlier questions may answer this one already."""

from collections.abc import Sequence

from bot.context import Buttons, Context
from bot.effects import Button
from bot.features.answers import reading, reading_views
from bot.features.answers.reading import Entry
from bot.features.answers.searching import origins
from bot.i18n import Words
from bot.recall import confident
from bot.text import Text

SHOWN = 3
LOOKED_AT = 12
"""Hits that are read: several may be wordings of one question, or have no answer."""


async def earlier(ctx: Context, text: str) -> list[Entry]:
    """At most three earlier questions whose answer still holds, the likest first."""
    community = ctx.here.community
    hits = await ctx.recall.search(ctx.tx, community, text, limit=LOOKED_AT)
    sure = [hit.item for hit in hits if confident(hit)]
    found = []
    for entry in await reading.entries(ctx.tx, community, sure):
        good = [answer for answer in entry.answers if not answer.outdated]
        if good:
            found.append(Entry(entry.question, good))
    return found[:SHOWN]


async def told(ctx: Context, words: Words, found: Sequence[Entry]) -> Text:
    """The earlier questions with their best answers, numbered."""
    return reading_views.hits(words, found, await origins(ctx, found))


def help_buttons(words: Words, found: Sequence[Entry], pattern: str) -> Buttons:
    """One button for each: "1 helps". `pattern` is its id, with a place for the answer's number."""
    row = tuple(
        Button(str(words.say("{number} helps", number=str(n))), pattern.format(entry.answers[0].id))
        for n, entry in enumerate(found, 1)
    )
    return (row,) if row else ()
