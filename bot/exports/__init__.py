"""Exported histories: what a platform's own programs, or others, wrote of a group's past.

Each platform has a reader for its exports (`exported.py` in its adapter). What it reads are the
events that the same messages were live, or would have been, with the same ids: reading a file
twice, or what was heard live, changes nothing.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import BinaryIO, Protocol

from msgspec import Struct

from bot.events import MessagePosted

TEXT = 10_000
"""Characters of a message that are read: more than any platform lets people write."""
NAME = 120
AHEAD = timedelta(days=1)
"""How far clocks may differ; what is later still was not written yet."""


class Skip(StrEnum):
    """Why something in a file is no message of a person."""

    SERVICE = "service"
    """The platform itself tells something."""
    BOT = "bot"
    NOBODY = "nobody"
    """Written by a channel or in the name of the group."""
    BROKEN = "broken"
    """Not what a message of such a file looks like."""
    DATE = "date"
    """From before the platform, or from the future."""


class Skipped(Struct, frozen=True):
    """Item `number` of the file, counted from 1, is left out."""

    number: int
    why: Skip


class Home(Struct, frozen=True):
    """The group that the following messages are from. `native` is what the platform's own name
    for it is in `ChatRef.group`."""

    native: str
    title: str


class Wrote(Struct, frozen=True):
    """Item `number` of the file is a message."""

    number: int
    event: MessagePosted


Found = Home | Wrote | Skipped


class BadExport(Exception):
    """A file that can't be used: an English source sentence and the parts for its places."""

    def __init__(self, message: str, **parts: str) -> None:
        super().__init__(message)
        self.message, self.parts = message, parts


class Reader(Protocol):
    """Reads the exports of one platform. `whole_roster` says whether the platform lists all who
    are in a group, so that a person it did not list has left."""

    whole_roster: bool

    def read(self, source: BinaryIO, now: datetime) -> Iterator[Found]:
        """What the file holds, in its order, in bounded memory.

        Raises BadExport for what is no such file, or only its beginning.
        """
