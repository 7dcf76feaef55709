"""What features tell one another: each follows from another event; no adapter makes it."""

from datetime import datetime

from bot.effects import Floor
from bot.events import Event, FromMember
from bot.refs import MemberRef


class Coming(Event, frozen=True, kw_only=True):
    """A post that asks something of everybody is planned in this group for `due_at`.

    `name` is the post's, `subject` what it asks (people's words, plain), `topics` what it is about:
    the keys of `bot.topics`, `author` the member who asks it, if it is one. It is told at most a
    day ahead; where the post is moved it is told again.
    """

    name: str
    kind: str
    subject: str
    topics: tuple[str, ...] = ()
    author: MemberRef | None = None
    due_at: datetime


class WorthAnswering(Event, frozen=True, kw_only=True):
    """This same event leads to a post that is worth answering: whoever hears it may give people
    the floor in it, by a `FloorGiven`. The fields are those of `Coming`."""

    name: str
    kind: str
    subject: str
    topics: tuple[str, ...] = ()
    author: MemberRef | None = None


class GamePlanned(Event, frozen=True, kw_only=True):
    """The moment has come at which this group wants to play: `game` is a key of `bot.games`,
    `name` that of the slot."""

    name: str
    game: str


class FloorGiven(Event, frozen=True, kw_only=True):
    """These people are given the floor in the post of that name; the core puts them into it."""

    name: str
    floor: Floor


class TookPart(FromMember, frozen=True, kw_only=True):
    """Somebody answered a post that was worth answering (by a reply, a vote or a form).

    `message` is empty if there is none.
    """

    post: str
    kind: str
    subject: str
    topics: tuple[str, ...] = ()
    message: str = ""


class Unanswered(Event, frozen=True, kw_only=True):
    """Nobody of those who may know could be asked about a member's question.

    `message` is a native one in `chat`, `post` the name of the question's own post ("" if none).
    """

    asker: MemberRef
    asker_name: str
    subject: str
    post: str
    message: str = ""
