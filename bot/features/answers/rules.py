"""What counts as a question, and how long things take: pure rules."""

import hashlib
from datetime import timedelta
from enum import StrEnum
from itertools import islice

from bot.links import reads_as_question
from bot.recall.words import folded
from bot.text import clean

TEXT = 4_000
"""Characters of a question or an answer that are kept: what the platforms let people write."""
NAME = 120
SURE_QUESTION = 0.7
WORDS = 5
"""Words that a question has at least to stand alone, in scripts that part them with spaces."""
LISTEN = timedelta(days=30)
"""How long replies to a question are taken for answers to it."""
LISTEN_SECONDS = int(LISTEN.total_seconds())
SOLVED_MARK = "✅"
"""What the bot puts on the message that solved a question."""
FOLLOW_UP = timedelta(days=3)
"""After what time the asker of a solved question is asked whether it worked."""


class State(StrEnum):
    """Where a question stands."""

    DRAFT = "draft"
    """Written, and earlier answers shown; not posted yet."""
    OPEN = "open"
    SOLVED = "solved"
    CLOSED = "closed"
    """A moderator closed it without an answer."""
    REPEAT = "repeat"
    """An earlier answer (`same_as`) helped: another wording of that question."""
    PROPOSED = "proposed"
    """Found in an imported history; a moderator has not looked at it."""


READABLE = (State.OPEN, State.SOLVED)
"""The questions that everybody in the community can read."""


class Source(StrEnum):
    """How a question or an answer came to be kept."""

    ASKED = "asked"
    MARKED = "marked"
    """Somebody said "this is a question" of a message."""
    OFFERED = "offered"
    """Its author took the offer to keep the answer."""
    IMPORTED = "imported"
    REPLY = "reply"
    THREAD = "thread"
    FORM = "form"
    CAPTURED = "captured"
    """The link model was sure, or the asker said yes."""


class Answered(StrEnum):
    """Where an answer stands."""

    KEPT = "kept"
    PROPOSED = "proposed"
    PENDING = "pending"
    """Given on purpose; which question it answers is still asked."""


class Worked(StrEnum):
    """What the asker said later."""

    UNKNOWN = ""
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


def tidy(text: str) -> str:
    """A person's words as they are kept: no control characters, no blank ends, not too long."""
    return clean(text).strip()[:TEXT]


def has_words(text: str) -> bool:
    """Whether there is anything to search for: not only emoji, punctuation or spaces."""
    return len(list(islice(filter(str.isalnum, text), 2))) == 2


def asks_something(text: str) -> bool:
    """Whether a message reads as a question that somebody else may have again; "which one?" or
    "does it work?" mean nothing without what was said before."""
    spaced = " " in text.strip()
    long_enough = len(text.split()) >= WORDS if spaced else has_words(text)
    return long_enough and reads_as_question(text) >= SURE_QUESTION


def fingerprint(text: str) -> str:
    """What two wordings have in common that are the same question: 32 hexadecimal digits.

    Case, accents, punctuation and spaces make no difference.
    """
    words = "".join(c if c.isalnum() else " " for c in folded(text))
    return hashlib.blake2b(" ".join(words.split()).encode(), digest_size=16).hexdigest()
