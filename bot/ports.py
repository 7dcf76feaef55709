"""What the core asks of a platform, and what a platform may ask of the core."""

from collections.abc import Sequence
from datetime import timedelta
from enum import Flag, auto
from typing import Protocol

from msgspec import Struct

from bot.commands import Choice, Command
from bot.effects import AnyEffect
from bot.events import Event, MessagePosted
from bot.refs import ChatRef, MemberRef, MessageRef


class Can(Flag):
    """What a chat offers."""

    THREADS = auto()
    POLLS = auto()
    BUTTONS = auto()
    MENUS = auto()
    FORMS = auto()
    REACTIONS = auto()
    DM = auto()
    EPHEMERAL = auto()
    ROLES = auto()
    ROSTER = auto()
    HISTORY = auto()
    DEDUPE = auto()
    IMAGES = auto()
    PINS = auto()
    READ = auto()
    """Ordinary messages reach the bot (false under privacy mode)."""


class Capabilities(Struct, frozen=True):
    """What one chat offers, and the most characters a message has there."""

    can: Can
    text_limit: int = 4000
    poll_options: int = 10
    poll_option_length: int = 55
    poll_question_length: int = 300
    private_link: str = ""
    """Address that opens the private conversation; "{payload}" comes back in `Opened`."""
    message_link: str = ""
    """Address of a message in this chat, with "{message}" in place of its id; "" if it has none."""
    popup_limit: int = 0
    """The most characters with which a press can be answered for the presser's eyes alone."""


class Limits(Struct, frozen=True):
    """How fast a platform lets a bot send: all together, and in one chat."""

    per_second: float
    chat_interval: timedelta = timedelta(0)
    group_per_minute: int = 0


class TryLater(Exception):
    """The platform asks for patience. Nothing was sent. `everywhere`: not only in this chat."""

    def __init__(self, after: timedelta, *, everywhere: bool = False) -> None:
        super().__init__(f"try again after {after.total_seconds():.1f} s")
        self.after = after
        self.everywhere = everywhere


class Unreachable(Exception):
    """This chat or person is gone, or closed to the bot. Nothing was sent."""


class Rejected(Exception):
    """The platform refused the content: our fault. Nothing was sent."""


class InDoubt(Exception):
    """The connection broke after the request had left: it may have been sent."""


class Fatal(Exception):
    """The platform refuses this bot altogether (a revoked token, a second copy)."""


class Place(Struct, frozen=True):
    """A room that a person may choose for the bot's posts."""

    chat: ChatRef
    title: str
    default: bool = False


class Finding(Struct, frozen=True):
    """One thing that was tested. `mend` says what to do, both as English source strings."""

    ok: bool
    what: str
    mend: str = ""
    chat: ChatRef | None = None


class Receiver(Protocol):
    """The core, as an adapter sees it."""

    @property
    def commands(self) -> Sequence[Command]:
        """Everything that was declared, to show it in the platform's own menus."""

    def offer(self, event: Event) -> None:
        """Hands an event over without waiting. It is durable once `settled` returns."""

    async def settled(self) -> None:
        """Returns when everything offered before is committed; then acknowledge."""

    async def complete(
        self,
        chat: ChatRef,
        member: MemberRef,
        path: str,
        param: str,
        typed: str,
        *,
        moderator: bool = False,
    ) -> Sequence[Choice]:
        """Suggestions while somebody types an argument (at most 25).

        None for a moderators' command unless a moderator types it: they may tell what is to come.
        """

    async def recovered(self, platform: str) -> None:
        """Returns when the sends that the last stop left in doubt are settled, or soon after.

        Before that, an answer to one of them would pass for an ordinary message.
        """

    async def last_seen(self, chat: ChatRef) -> str | None:
        """The native id of the newest message recorded in this room, for reading a gap."""

    async def rooms_seen(self, platform: str) -> Sequence[ChatRef]:
        """The rooms with activity in the last days, newest first."""

    async def remember(self, platform: str, key: str, value: str) -> None:
        """Keeps a note for an adapter that the platform tells only once; durable on return."""

    async def recall(self, platform: str, key: str) -> str | None:
        """A note that was kept, also before a restart."""


class Adapter(Protocol):
    """A platform. It translates, and nothing else."""

    platform: str
    limits: Limits

    async def run(self, receiver: Receiver) -> None:
        """Connects and hands events over until cancelled; reconnects by itself.

        Raises Fatal when the platform refuses this bot for good.
        """

    async def perform(self, effect: AnyEffect, token: str) -> MessageRef | None:
        """Carries one effect out. `token` is stable over repetitions of the same effect
        (ASCII, at most 25 characters), for platforms that can refuse a duplicate.

        Returns the message made (for OpenThread: a message whose chat is the thread).
        Raises TryLater, Unreachable, Rejected or InDoubt.
        """

    def capabilities(self, chat: ChatRef) -> Capabilities:
        """What this chat offers now, from memory."""

    async def rooms(self, chat: ChatRef) -> Sequence[Place]:
        """The rooms of a group where the bot may post."""

    async def history(
        self, chat: ChatRef, before: str | None, limit: int
    ) -> Sequence[MessagePosted]:
        """People's messages in a room from before the message `before` (None: the newest), newest
        first, as they were heard (or would have been) live; empty at the room's beginning.

        Only asked where the room has `Can.HISTORY`. Raises as `perform` does.
        """

    async def check(self, chats: Sequence[ChatRef]) -> Sequence[Finding]:
        """Tests the token, what the platform lets the bot see, and each permission."""

    async def close(self) -> None:
        """Lets go of everything."""
