"""Until when a pause lasts, from what a moderator typed."""

from datetime import datetime

from scheduler.errors import PhraseError
from scheduler.moments import parse_duration, parse_moment

MORNING = "9:00"
"""A pause until a day without a time of day ends in the morning."""


def parse_until(text: str, now_local: datetime) -> datetime:
    """The UTC instant meant by "Monday 9:00", "tomorrow", "in 2 hours" or "3 days".

    `now_local` is aware, in the group's zone. Raises PhraseError and nothing else.
    """
    try:
        return _moment(text, now_local)
    except PhraseError as error:
        try:
            span = parse_duration(text)
        except PhraseError:
            raise error from None
        return parse_moment(f"in {int(span.total_seconds())} seconds", now_local)


def _moment(text: str, now_local: datetime) -> datetime:
    try:
        return parse_moment(text, now_local)
    except PhraseError as error:
        if error.code != "no_time":
            raise
        return parse_moment(f"{text} {MORNING}", now_local)
