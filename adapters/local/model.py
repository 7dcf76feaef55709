"""What a local world is made of: plain records, replaced whole when something changes."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.commands import Form
from bot.effects import Button, Menu
from bot.refs import ChatRef, MemberRef, MessageRef
from bot.text import Text

PLATFORM = "local"
PRIVATE_LINK = "local:private/"
"""Begins an address that opens the private conversation; what follows is the payload."""
BOT = ""
"""The author of the bot's messages; every person has an id that is not empty."""


class Profile(Struct, frozen=True):
    """One person. `closed` people can't be written to in private."""

    id: str
    name: str
    colour: str
    language: str = "en"
    closed: bool = False

    @property
    def ref(self) -> MemberRef:
        """The person as the core names them."""
        return MemberRef(PLATFORM, self.id)


class Group(Struct, frozen=True):
    """A community's home: who is in it, who looks after it, who has which role.

    `zone` is the one in which the page shows its times.
    """

    id: str
    title: str
    language: str = "en"
    zone: str = "UTC"
    members: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()
    roles: dict[str, tuple[str, ...]] = {}
    has_bot: bool = True


class RoomKind(StrEnum):
    """How people see a room."""

    ROOM = "room"
    THREAD = "thread"
    PRIVATE = "private"


class Room(Struct, frozen=True):
    """A place to talk. A thread knows its `parent` room and the message it grew from.

    In a `closed` room the bot may not write.
    """

    chat: ChatRef
    title: str
    kind: RoomKind = RoomKind.ROOM
    parent: str = ""
    root: str = ""
    closed: bool = False


class Ballot(Struct, frozen=True):
    """A native poll: each person's whole choice, by index."""

    question: str
    options: tuple[str, ...]
    multiple: bool
    closes: datetime
    votes: dict[str, tuple[int, ...]] = {}


class StoredFile(Struct, frozen=True):
    """A file beside a message; the bytes are fetched with `World.file`."""

    id: str
    name: str
    alt: str
    image: bool


class Cause(Struct, frozen=True):
    """Whom the bot answers, and which command they gave."""

    person: str
    command: str


class Asked(Struct, frozen=True, omit_defaults=True):
    """Who waits for an answer, and what they did, as the `number`th thing in this world.

    `message` is the one they pressed on. What two answers have in common in `about` (the message,
    the button, the command as it was given) makes the later one a renewal of the earlier.
    """

    person: str
    number: int
    command: str = ""
    message: str = ""
    about: tuple[str, ...] = ()


class Message(Struct, frozen=True):
    """One message. `only_for` names the one person who sees it, as an answer to what they
    `asked`; `thread` the room grown from it."""

    id: str
    chat: ChatRef
    author: str
    at: datetime
    text: Text
    reply_to: str | None = None
    edited: datetime | None = None
    deleted: bool = False
    pinned: bool = False
    reactions: dict[str, tuple[str, ...]] = {}
    buttons: tuple[tuple[Button, ...], ...] = ()
    menu: Menu | None = None
    poll: Ballot | None = None
    file: StoredFile | None = None
    only_for: str = ""
    asked: Asked | None = None
    pings: tuple[str, ...] = ()
    thread: str = ""
    cause: Cause | None = None
    token: str = ""

    @property
    def ref(self) -> MessageRef:
        """The message as the core names it."""
        return MessageRef(self.chat, self.id)

    def visible_to(self, person: str) -> bool:
        """Whether this person sees it, given that they see the room."""
        return not self.deleted and self.only_for in ("", person)


class OpenForm(Struct, frozen=True):
    """A form that stands open for one person, who `asked` for it."""

    id: str
    to: str
    chat: ChatRef
    form: Form
    arg: str = ""
    asked: Asked | None = None


class ReadMark(Struct, frozen=True):
    """Up to which message a person has read a room."""

    person: str
    chat: ChatRef
    message: int

    @property
    def id(self) -> str:
        """One mark for each person and room."""
        return f"{self.person} {self.chat}"


class Closed(Struct, frozen=True):
    """Tells observers that a form stands open no longer."""

    form: OpenForm


Record = Profile | Group | Room | Message | OpenForm | ReadMark
Change = Record | Closed


class Refused(Exception):
    """Somebody tried what this world does not let them do."""
