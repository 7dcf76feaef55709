"""Who may be named, and why: a reason is always something that is true of that person."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.refs import MemberRef


class Kind(StrEnum):
    """How somebody is quiet, seen from their own rhythm."""

    NEW = "new"
    """Joined a while ago and never spoke."""
    OVERDUE = "overdue"
    """Silent for longer than is usual for this person."""
    FADED = "faded"
    """Took part a lot once, and hardly any more."""
    READER = "reader"
    """Reacts and does not write: takes part, and is never named."""


NAMED = (Kind.NEW, Kind.OVERDUE, Kind.FADED)
"""Those who may be given the floor by name."""


class Why(StrEnum):
    """The reason that is told."""

    ASKED = "asked"
    """Asked for more of this topic."""
    TOPIC = "topic"
    """Took part in a post about the same topic."""
    PART = "part"
    """Took part in an earlier post."""
    JOINED = "joined"
    """Joined some time ago, and a first word is easy here."""
    ONCE = "once"
    """Was here often, some months ago."""


QUESTION = "question"
"""The kind of a post in which a member asks something: it needs somebody who can say something."""


class Candidate(Struct, frozen=True):
    """Somebody who could be named in a post. `told` is the topic or the subject that the reason
    names, `at` the moment it is about."""

    member: str
    name: str
    kind: Kind
    why: Why
    told: str = ""
    at: datetime | None = None

    @property
    def ref(self) -> MemberRef:
        """Who it is."""
        return MemberRef.parse(self.member)
