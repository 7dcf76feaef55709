"""A chat platform in one process: groups, rooms, people, messages, and what has happened.

People act through `Person`, the bot through `LocalAdapter`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from adapters.local.ledger import Ledger
from adapters.local.model import (
    BOT,
    PLATFORM,
    Asked,
    Group,
    Message,
    Profile,
    ReadMark,
    Room,
    RoomKind,
)
from adapters.local.names import colour_of, slug
from adapters.local.people import Person
from bot.events import ChatAdded, ChatMoved, ChatRemoved
from bot.refs import ChatRef
from bot.text import Text


class World(Ledger):
    """The whole platform. `clock` gives the present moment, aware; `path` is where it is kept."""

    # Looking

    def person(self, key: str) -> Person:
        """Somebody's hands: what they can do here. Raises KeyError for a stranger."""
        return Person(self, self.people[key].id)

    def rooms_of(self, group: str) -> list[Room]:
        """The rooms of a group, threads left out, in the order they were made."""
        return [
            room
            for chat, room in self.rooms.items()
            if chat.group == group and room.kind is RoomKind.ROOM and group
        ]

    def home(self, group: str) -> ChatRef:
        """The first room of a group, where its own events happen."""
        return self.rooms_of(group)[0].chat

    def threads_of(self, chat: ChatRef) -> list[Room]:
        """The threads that grew in a room, oldest first."""
        return [
            room
            for room in self.rooms.values()
            if room.kind is RoomKind.THREAD and room.chat.in_room(room.parent) == chat
        ]

    def history(
        self, chat: ChatRef, viewer: str = BOT, *, before: str | None = None, limit: int = 100
    ) -> list[Message]:
        """The last messages of a room that `viewer` can see (older than `before`), oldest first."""
        return list(islice(self.back(chat, viewer, before=before), limit))[::-1]

    def back(
        self, chat: ChatRef, viewer: str = BOT, *, before: str | None = None
    ) -> Iterator[Message]:
        """What `viewer` can see of a room (older than the message `before`), newest first."""
        keys = self.timeline.get(chat, [])
        end = len(keys) if before is None else bisect_left(keys, int(before), key=int)
        found = (self.messages[keys[index]] for index in reversed(range(end)))
        return (message for message in found if message.visible_to(viewer))

    def pins(self, chat: ChatRef) -> list[Message]:
        """What is pinned in a room, oldest first."""
        return [m for m in map(self.messages.get, self.timeline.get(chat, [])) if m and m.pinned]

    def unread(self, person: str, chat: ChatRef) -> bool:
        """Whether somebody else wrote here after this person last looked."""
        last = self.history(chat, person, limit=1)
        mark = self.marks.get(f"{person} {chat}")
        return (
            bool(last)
            and last[0].author != person
            and int(last[0].id) > (mark.message if mark else 0)
        )

    # Building

    def add_group(
        self,
        title: str,
        rooms: Iterable[str] = ("general",),
        *,
        language: str = "en",
        zone: str = "UTC",
    ) -> Group:
        """Makes a group that has the bot in it. No rooms means one that has no name."""
        with self.change():
            group = Group(slug(title, self.groups), title, language, zone)
            self.put(group)
            for name in rooms:
                self.add_room(group.id, name)
            if not self.rooms_of(group.id):
                self.put(Room(chat=ChatRef(PLATFORM, group.id), title=title))
            self.emit(self._added(group, new=True))
        return group

    def add_room(self, group: str, title: str) -> ChatRef:
        """Makes a room in a group."""
        taken = [chat.room for chat in self.rooms if chat.group == group]
        chat = ChatRef(PLATFORM, group, slug(title, taken))
        with self.change():
            self.put(Room(chat=chat, title=title))
        return chat

    def add_person(self, name: str, *, language: str = "en", colour: str = "") -> Person:
        """Makes somebody, who is in no group yet. Names need not be unique."""
        key = slug(name, self.people)
        with self.change():
            self.put(Profile(key, name, colour or colour_of(key), language))
            private = Profile(key, name, "").ref.private_chat
            self.put(Room(chat=private, title=name, kind=RoomKind.PRIVATE))
        return Person(self, key)

    def set_moderator(self, group: str, person: str, *, moderator: bool = True) -> None:
        """Gives or takes the care of a group."""
        old = self.groups[group]
        others = tuple(p for p in old.moderators if p != person)
        changed = (*others, person) if moderator else others
        with self.change():
            self.put(replace(old, moderators=changed))

    def announce(self) -> None:
        """Tells the adapter again of every group that has the bot, as after a restart."""
        with self.change():
            for group in self.groups.values():
                if group.has_bot:
                    self.emit(self._added(group, new=False))

    def make_room(self, note: Message) -> None:
        """Puts away the notes whose place this one takes: what the same person was told before
        about the same thing. What one act brings stays together."""
        for old in tuple(self.notes[note.only_for].values()):
            if old.chat == note.chat and _renewed(old.asked, note.asked):
                self.put_away(old)

    def put_away(self, note: Message) -> None:
        """Takes a note away, and with it the notes that answer presses on it."""
        with self.change():
            self.put(replace(note, text=Text(), deleted=True))
            for other in tuple(self.notes[note.only_for].values()):
                if other.asked and other.asked.message == note.id:
                    self.put_away(other)

    def mark_read(self, person: str, chat: ChatRef) -> None:
        """Remembers that a person has seen everything in this room."""
        last = self.timeline.get(chat)
        mark = ReadMark(person, chat, int(last[-1]) if last else 0)
        if self.marks.get(mark.id) != mark:
            with self.change():
                self.put(mark)

    def _added(self, group: Group, *, new: bool) -> ChatAdded:
        return ChatAdded(
            id=f"l:a:{group.id}:{self.next()}",
            at=self.now(),
            chat=self.home(group.id),
            title=group.title,
            language=group.language,
            new=new,
        )

    def move_group(self, group: str) -> Group:
        """Gives a group a new id, as platforms do when a group outgrows its kind."""
        old, home = self.groups[group], self.home(group)
        new = replace(old, id=slug(group, self.groups))
        with self.change():
            self.put(new)
            for room in [room for room in self.rooms.values() if room.chat.group == group]:
                self.rehome(room, ChatRef(PLATFORM, new.id, room.chat.room))
            self.put(replace(old, has_bot=False, members=()))
            self.emit(
                ChatMoved(id=f"l:w:{self.next()}", at=self.now(), chat=home, to=self.home(new.id))
            )
        return new

    def remove_bot(self, group: str) -> None:
        """Shows the bot the door."""
        with self.change():
            self.put(replace(self.groups[group], has_bot=False))
            self.emit(ChatRemoved(id=f"l:b:{self.next()}", at=self.now(), chat=self.home(group)))

    def bring_bot(self, group: str) -> None:
        """Brings the bot back."""
        with self.change():
            self.put(replace(self.groups[group], has_bot=True))
            self.emit(self._added(self.groups[group], new=True))


def _renewed(old: Asked | None, new: Asked | None) -> bool:
    if old is None or new is None or old.number >= new.number:
        return False
    return not set(old.about).isdisjoint(new.about)
