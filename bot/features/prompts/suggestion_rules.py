"""How much one member may suggest. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

MOST_OPEN = 3
MOST_A_WEEK = 5
WEEK = timedelta(days=7)
REASON_LENGTH = 300


def free_again(made: Sequence[datetime], now: datetime) -> datetime | None:
    """When somebody may suggest again who made these suggestions, in order; None for now."""
    recent = [moment for moment in made if now - moment < WEEK]
    return recent[-MOST_A_WEEK] + WEEK if len(recent) >= MOST_A_WEEK else None
