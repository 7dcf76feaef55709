"""What a dialogue needs of a platform: people who act, and what they see of the bot.

A stage drives the real adapter over the real library; only the far end of the wire is ours.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from bot.ports import Adapter, Receiver


class Line(Struct, frozen=True):
    """One message of the bot's, as it stands now. `version` grows with each edit.

    `only_for` names who alone sees it (an ephemeral answer or a private conversation); `thread`
    is true for what stands in a thread or topic.
    """

    id: str
    version: int
    text: str
    room: str = ""
    buttons: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    """Lines of its menu."""
    only_for: str = ""
    thread: bool = False
    reply: bool = False
    poll: tuple[str, ...] = ()
    """The options of a native poll; `text` is its question."""
    files: tuple[str, ...] = ()
    """Names of attached files."""
    pings: tuple[str, ...] = ()
    """Names of the people whom it notified."""
    deleted: bool = False


def id_of(message: Line | str) -> str:
    """The id of the bot's message, or of a person's as `says` returned it."""
    return message if isinstance(message, str) else message.id


class Stage(Protocol):
    """One group "Friends" with a room "general" on one platform, with the bot in it."""

    platform: str

    @property
    def adapter(self) -> Adapter:
        """What is tested."""

    async def open(self, receiver: Receiver) -> None:
        """Lets the bot enter; returns when it is connected and has seen its group."""

    async def close(self) -> None:
        """Ends everything that `open` began, and says what was wrong with the bot's requests."""

    async def delivered(self) -> None:
        """Returns when everything that people did was handed to the receiver."""

    async def person(self, name: str, *, moderator: bool = False, language: str = "en") -> None:
        """Somebody new in the group."""

    async def leaves(self, name: str) -> None:
        """Somebody leaves the group."""

    async def room(self, title: str) -> None:
        """A further room, if the platform has several; people can name it later."""

    async def says(
        self,
        name: str,
        text: str,
        *,
        reply_to: Line | None = None,
        room: str = "",
        private: bool = False,
    ) -> str:
        """Writes into a room (the first one), the thread under a post, or to the bot privately;
        returns the message's id. A text that begins with "/" is given as a command."""

    async def says_in_thread(self, name: str, text: str, *, under: Line | str) -> str:
        """Writes into the thread that grew from this message, or that it stands in."""

    async def opens_post(self, name: str, title: str, text: str) -> str:
        """Opens a thread of their own (a forum post, a topic) with its first message."""

    async def menu(self, name: str, message: Line | str, path: str) -> None:
        """Opens the menu of a message and takes the command with this path; where messages have
        no menus, answers it with the command."""

    async def edits(self, name: str, message: str, text: str) -> None:
        """Changes a message of theirs."""

    async def deletes(self, name: str, message: str) -> None:
        """Takes a message of theirs away, where the platform tells the bot."""

    async def attaches(
        self, name: str, command: str, files: Mapping[str, tuple[str, bytes]]
    ) -> None:
        """Gives a command with files: parameter name to file name and content."""

    async def answers_person(self, name: str, text: str, message: str) -> str:
        """Replies to another person's message."""

    async def presses(self, name: str, line: Line, label: str) -> None:
        """Presses a button by its label, or picks a line of a menu."""

    async def fills(self, name: str, values: Sequence[str]) -> None:
        """Fills the form that stands open for them, field by field in order."""

    async def form(self, name: str) -> tuple[str, ...]:
        """Labels of the form that stands open for somebody, () if none does."""

    async def reacts(self, name: str, message: Line | str, emoji: str) -> None:
        """Puts a reaction on a message."""

    async def votes(self, name: str, line: Line, options: Sequence[int]) -> None:
        """Votes in a poll of the bot's, by index."""

    async def opens_private(self, name: str, payload: str = "") -> None:
        """Starts the private conversation with the bot."""

    async def blocks(self, name: str) -> None:
        """Somebody no longer takes private messages."""

    def lines(self) -> Sequence[Line]:
        """Everything that the bot said, whoever sees it, oldest first."""
