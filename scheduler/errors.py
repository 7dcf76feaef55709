"""Why a phrase was not understood, as a code: the words are the catalogues' business."""

from typing import Literal

Code = Literal[
    "empty",  # nothing was said
    "too_long",  # more than a phrase
    "not_understood",  # `detail` is the first word that means nothing here
    "bad_time",  # no such time of day: 25:00, 9:75, 13 pm
    "bad_day",  # no such day: 32 of the month, the sixth Monday, 2026-02-30
    "bad_cron",  # looks like a cron line and is none
    "bad_number",  # too many, too few, or zero
    "no_time",  # a day without a time of day
    "no_day",  # a time of day without a day
    "never_happens",  # a real shape that no year has: 31 February
    "past",  # a moment that is over
    "fixed_offset",  # UTC+2: has no summer time, so a place is asked for; see `suggestions`
    "unknown_zone",  # see `suggestions`
]


class PhraseError(ValueError):
    """`detail` is the culprit as typed, `position` where it begins in the text (from 0)."""

    def __init__(
        self, code: Code, detail: str = "", position: int = 0, suggestions: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{code} at {position}: {detail!r}")
        self.code: Code = code
        self.detail = detail
        self.position = position
        self.suggestions = suggestions
