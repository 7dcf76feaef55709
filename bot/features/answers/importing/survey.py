"""What a file holds, before anything of it is taken in."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import BinaryIO

from msgspec import Struct, field
from msgspec.structs import replace

from bot.commands import N_
from bot.events import MessagePosted
from bot.exports import BadExport, Home, Reader, Skip, Skipped, Wrote
from bot.features.answers.importing.pairing import is_question
from bot.refs import ChatRef

SHOWN = 5
"""Places of broken messages that are told."""
SLACK = timedelta(days=1)
NEWEST_FIRST = N_("The file holds the newest messages first. Export it with the oldest first.")
OTHER_GROUPS = N_("The file holds no messages of this group, but of several others.")


class Survey(Struct):
    """A file, counted. `foreign` says that it is of another group than the one asked for."""

    home: str = ""
    title: str = ""
    foreign: bool = False
    messages: int = 0
    questions: int = 0
    people: set[str] = field(default_factory=set)
    rooms: set[str] = field(default_factory=set)
    skipped: Counter[Skip] = field(default_factory=Counter)
    broken: list[int] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None
    total: int = 0

    def count(self, one: Wrote | Skipped) -> None:
        """Adds one item of the file."""
        self.total = one.number
        if isinstance(one, Skipped):
            self.skipped[one.why] += 1
            if one.why is Skip.BROKEN and len(self.broken) < SHOWN:
                self.broken.append(one.number)
            return
        event = one.event
        self.messages += 1
        self.questions += is_question(event)
        self.people.add(str(event.member))
        self.rooms.add(event.chat.room)
        self.first = min(self.first or event.at, event.at)
        self.last = max(self.last or event.at, event.at)


def survey(reader: Reader, source: BinaryIO, group: ChatRef, now: datetime) -> Survey:
    """Counts what the file holds of the group, or of another if it is of one other only.

    Raises BadExport.
    """
    homes: dict[str, Survey] = {}
    found = Survey()
    newest: datetime | None = None
    ahead = behind = 0
    for one in reader.read(source, now):
        if isinstance(one, Home):
            found = homes.setdefault(one.native, Survey(one.native, one.title))
            found.foreign = one.native != group.group
            newest = None
            continue
        found.count(one)
        if isinstance(one, Wrote):
            behind += newest is not None and one.event.at < newest - SLACK
            ahead += newest is not None and one.event.at > newest + SLACK
            newest = one.event.at
    if behind > ahead:
        raise BadExport(NEWEST_FIRST)
    if group.group in homes:
        return homes[group.group]
    if len(homes) > 1:
        raise BadExport(OTHER_GROUPS)
    return found


def messages(
    reader: Reader, source: BinaryIO, group: ChatRef, now: datetime, *, any_home: bool = False
) -> Iterator[tuple[int, MessagePosted]]:
    """The group's messages in the file, with their numbers.

    `any_home`: also those of the group that the file is from. They become messages of this group,
    keep their own event ids, and get names that no message here has.
    """
    native = ""
    for one in reader.read(source, now):
        if isinstance(one, Home):
            native = one.native
        elif isinstance(one, Wrote) and native == group.group:
            yield one.number, one.event
        elif isinstance(one, Wrote) and any_home:
            yield one.number, _brought(one.event, group)


def _brought(event: MessagePosted, group: ChatRef) -> MessagePosted:
    home = event.chat.group
    return replace(
        event,
        chat=group.in_room(event.chat.room),
        message=f"{home}/{event.message}",
        reply_to=f"{home}/{event.reply_to}" if event.reply_to else None,
    )
