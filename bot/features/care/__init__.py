"""Care for the group: a pause for everything, and the truth about what could not be done."""

from bot.feature import Feature
from bot.features.care import checking, pausing, telling
from bot.features.care.core import care

__all__ = ["checking", "feature", "pausing", "telling"]


def feature() -> Feature:
    """`/pause`, `/resume`, `/check`, and news of failures for moderators."""
    return care
