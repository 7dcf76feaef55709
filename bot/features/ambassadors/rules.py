"""Who is asked when, as pure rules and figures."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

REST = timedelta(days=7)
"""Between two times that the same ambassador is asked."""
INVITED_ANEW = timedelta(days=30)
"""Somebody who did not answer an invitation is not invited again before."""
PATIENCE = 6 * 60
"""Waking minutes that an ambassador has to answer; then the next one is asked."""
NOTICE = timedelta(minutes=30)
"""Nobody is asked to begin what comes sooner than this."""
IGNORED, LONG_REST = 2, timedelta(days=90)
"""Who did not answer so many times in a row is left alone for so long."""
MOST_ASKED = 3
"""Ambassadors who are asked about the same prompt, one after the other."""
OUTCOME_AFTER = timedelta(days=3)
"""How long the people who answer a prompt are counted."""
TOO_LATE = timedelta(hours=3)
"""A prompt that has not come by then does not come."""
EARLIER = 5
"""Posts whose repliers predict those of the next one."""
OPENING_LENGTH = 1000


class State(StrEnum):
    """Of an ambassador."""

    INVITED = "invited"
    AGREED = "agreed"
    DECLINED = "declined"
    STOPPED = "stopped"
    """By themselves: nobody may invite them again."""
    REMOVED = "removed"
    """By a moderator."""


class Asked(StrEnum):
    """Of one time that somebody was asked to begin."""

    WAITING = "waiting"
    YES = "yes"
    """They write when the prompt is there."""
    WRITTEN = "written"
    """What they wrote is kept until the prompt is there."""
    NO = "no"
    SILENT = "silent"
    VOID = "void"
    """Not delivered, or the prompt changed or never came."""
    POSTED = "posted"
    """What they wrote stands under the prompt."""
    TOLD = "told"
    """They know that the prompt is there."""


OPEN = (Asked.WAITING, Asked.YES, Asked.WRITTEN)
"""As long as one of these stands, nobody else is asked about the same prompt."""


def expected(repliers: Sequence[int]) -> float:
    """The people who answer the next post, guessed from the last ones; 0 without any."""
    last = repliers[-EARLIER:]
    return sum(last) / len(last) if last else 0.0


def base_of(post: str) -> str:
    """The name that the parts of one post share: what follows a "/" names a part."""
    return post.partition("/")[0]


def is_rested(asked_at: datetime | None, now: datetime) -> bool:
    """Whether an ambassador may be asked again."""
    return asked_at is None or now - asked_at >= REST
