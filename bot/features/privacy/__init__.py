"""Privacy: what is kept about a person, how it goes away, and what they wish of the bot."""

from bot.feature import Feature
from bot.features.privacy import away, belongings, linking, memory, pings, tongue
from bot.features.privacy.core import privacy

__all__ = ["away", "belongings", "feature", "linking", "memory", "pings", "tongue"]


def feature() -> Feature:
    """`/mydata`, `/forgetme`, `/pings`, `/away`, `/link`, `/unlink` and `/language`."""
    return privacy
