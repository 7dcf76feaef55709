"""When it is worth asking whether a message answers a question, though the link model isn't sure.

The model learnt from busy rooms where people call each other by name. In a quiet room what follows
a question mostly answers it, and so does what speaks of the same things soon after. Pure rules.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.links.words import COMMON, tokens

SOON = timedelta(minutes=15)
QUIET = timedelta(minutes=5)
"""Without a message before the question: nobody was talking of something else."""
SINCE = 6
"""Messages of others after which a question has scrolled away."""
WORDS = 3
STEM = 5
"""Letters that words of one kind have in common: "permit", "permits"."""


class Said(Struct, frozen=True):
    """When somebody wrote."""

    at: datetime
    author: str


def is_near(
    asked_at: datetime, asker: str, question: str, before: Sequence[Said], at: datetime, text: str
) -> bool:
    """Whether a text, said at that time, may answer a question that was asked lately.

    `before` is what was said in the room before the text, oldest first.
    """
    if at - asked_at > SOON:
        return False
    since = [said for said in before if said.at > asked_at and said.author != asker]
    if len(since) >= SINCE:
        return False
    if stems(question) & stems(text):
        return True
    earlier = [said.at for said in before if said.at < asked_at]
    quiet = not earlier or asked_at - earlier[-1] >= QUIET
    return quiet and not since and at - asked_at <= QUIET and len(tokens(text)) >= WORDS


def stems(text: str) -> set[str]:
    """The beginnings of the words that say what a text is about."""
    words = (word for word in tokens(text) if len(word) >= STEM and word not in COMMON)
    return {word[:STEM] for word in words}
