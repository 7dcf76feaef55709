"""Setup: the first minutes of a group with Convive, its settings, and its community."""

from bot.feature import Feature
from bot.features.setup import arrival, community, memory, wizard
from bot.features.setup.core import setup

__all__ = ["arrival", "community", "feature", "memory", "wizard"]


def feature() -> Feature:
    """`/setup`, `/community`, and the one message on arrival."""
    return setup
