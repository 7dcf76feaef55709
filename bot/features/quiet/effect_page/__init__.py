"""The effect as a page for moderators: the same words, and its ranges drawn to scale.

Positions are told in attributes, because the page's policy allows no style but its own.
"""

from datetime import datetime
from math import ceil, floor

from bot.features.quiet import effect_views, learning, outcome_records
from bot.features.quiet.effect_views import Report, Row
from bot.i18n import Words
from bot.site.places import Place
from bot.site.shell import Pages
from bot.store.database import Tx

STEPS = (1, 2, 5, 10, 20, 50)
"""People of a hundred between two figures of the scale."""
TICKS = 7
EDGE = 4.0
"""Hundredths of the width that stay free at either side, so that no dot or figure is cut."""


async def page(tx: Tx, place: Place, now: datetime) -> str:
    """The page of a community, as it stands."""
    learned = await learning.of_community(tx, place.number)
    under_way = await outcome_records.under_way(tx, place.number)
    words = Words(place.language, place.zone)
    found = effect_views.report(words, learned, under_way, now)
    scale = Scale(found)
    return _PAGES.page(
        "effect.html",
        place,
        language=words.language,
        title=words.plain(effect_views.TITLE),
        method=words.plain(effect_views.METHOD),
        reading=words.plain(effect_views.READING),
        side=words.plain("people of 100: fewer on the left of 0, more on the right"),
        found=found,
        at=scale.at,
        ticks=[(scale.at(value), words.number(value).replace("-", "−")) for value in scale.ticks],
    )


def policy() -> str:
    """The Content-Security-Policy of the page."""
    return _PAGES.policy


class Scale:
    """One scale for all ranges, with zero on it."""

    def __init__(self, found: Report) -> None:
        rows: list[Row] = [row for row in found.rows if row.short]
        low = min([0.0, *(row.low for row in rows)])
        high = max([0.0, *(row.high for row in rows)])
        wide = max(high - low, 1.0)
        step = next((step for step in STEPS if wide / step < TICKS - 1), STEPS[-1])
        first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
        self.ticks = [step * number for number in range(first, last + 1)] if rows else []
        self._low, self._wide = step * first, step * (last - first)

    def at(self, value: float) -> str:
        """Where a value stands, for an attribute of a drawing."""
        share = (value - self._low) / self._wide
        return f"{EDGE + (100 - 2 * EDGE) * share:.2f}%"


_PAGES = Pages(__name__, style="effect.css")
