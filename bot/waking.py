"""Waiting in waking hours: a pure rule."""

from datetime import datetime, timedelta

from bot.i18n import zone_of

FROM, UNTIL = 9, 21
"""Hours of the group's day in which somebody may be expected to read."""


def after_waking(start: datetime, minutes: int, zone: str) -> datetime:
    """The moment when so many minutes have passed since `start` between 9 and 21 o'clock of
    that zone. Aware in, aware (UTC) out."""
    left = timedelta(minutes=minutes)
    at = start
    while True:
        opening, closing = _day(at, zone)
        at = max(at, opening)
        if at < closing and at + left <= closing:
            return at + left
        if at < closing:
            left -= closing - at
        at = _next_morning(at, zone)


def _day(at: datetime, zone: str) -> tuple[datetime, datetime]:
    local = at.astimezone(zone_of(zone))
    day = local.replace(minute=0, second=0, microsecond=0)
    opening, closing = day.replace(hour=FROM), day.replace(hour=UNTIL)
    return opening.astimezone(at.tzinfo), closing.astimezone(at.tzinfo)


def _next_morning(at: datetime, zone: str) -> datetime:
    local = at.astimezone(zone_of(zone)) + timedelta(days=1)
    morning = local.replace(hour=FROM, minute=0, second=0, microsecond=0)
    return morning.astimezone(at.tzinfo)
