"""The records of a world, and how they change, are kept and are told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from adapters.local.model import (
    Change,
    Closed,
    Group,
    Message,
    OpenForm,
    Profile,
    ReadMark,
    Record,
    Room,
    StoredFile,
)
from adapters.local.storage import Row, Storage
from bot.commands import Command
from bot.effects import Attachment
from bot.events import AnyEvent
from bot.refs import ChatRef

Observer = Callable[[Change], None]

_KINDS: dict[str, type[Record]] = {
    "person": Profile,
    "group": Group,
    "room": Room,
    "message": Message,
    "form": OpenForm,
    "read": ReadMark,
}
_NAMES = {record: kind for kind, record in _KINDS.items()}
_encode = msgspec.json.Encoder().encode
_decoders = {kind: msgspec.json.Decoder(record) for kind, record in _KINDS.items()}
_event: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def _key(record: Record) -> str:
    return str(record.chat) if isinstance(record, Room) else record.id


class Ledger:
    """All records by their keys, in memory and in the file.

    Whatever changes inside one `change()` is written at once, then shown to observers, then
    told to the adapter. Events stay in `pending` until the core has them safe, as a platform's
    own queue would.
    """

    def __init__(self, clock: Callable[[], datetime], path: Path | None = None) -> None:
        self.now = clock
        self.people: dict[str, Profile] = {}
        self.groups: dict[str, Group] = {}
        self.rooms: dict[ChatRef, Room] = {}
        self.messages: dict[str, Message] = {}
        self.timeline: dict[ChatRef, list[str]] = {}
        self.notes: dict[str, dict[str, Message]] = {}
        self.forms: dict[str, OpenForm] = {}
        self.marks: dict[str, ReadMark] = {}
        self.tokens: dict[str, Message] = {}
        self.pending: dict[str, AnyEvent] = {}
        self.commands: Sequence[Command] = ()
        self.on_event: Callable[[AnyEvent], None] | None = None
        self._observers: list[Observer] = []
        self._storage = Storage(path)
        self.last = 0
        self._depth = 0
        self._dirty: dict[tuple[str, str], object | None] = {}
        self._files: dict[str, bytes] = {}
        self._changes: list[Change] = []
        self._news: list[AnyEvent] = []
        self._load()

    @contextmanager
    def change(self) -> Iterator[None]:
        """Holds changes together: the outermost one writes, shows and tells at its end."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self._settle()

    def put(self, record: Record) -> None:
        """Sets a record in the place of the one with the same key."""
        self._index(record)
        self._dirty[_NAMES[type(record)], _key(record)] = record
        self._changes.append(record)

    def close_form(self, form: OpenForm) -> None:
        """Takes a form away from its person."""
        if self.forms.pop(form.id, None):
            self._dirty["form", form.id] = None
            self._changes.append(Closed(form))

    def rehome(self, room: Room, chat: ChatRef) -> None:
        """Gives a room, with all that was said in it, another address."""
        self._dirty["room", str(room.chat)] = None
        del self.rooms[room.chat]
        self.put(replace(room, chat=chat))
        self.timeline[chat] = self.timeline.pop(room.chat, [])
        for key in self.timeline[chat]:
            self.put(replace(self.messages[key], chat=chat))

    def store_file(self, attachment: Attachment) -> StoredFile:
        """Keeps the bytes and gives what a message carries of them."""
        key = f"f{self.next()}"
        self._files[key] = attachment.data
        return StoredFile(key, attachment.name, attachment.alt, attachment.is_image)

    def next(self) -> int:
        """A number that was never given before, in this run or an earlier one."""
        self.last += 1
        self._dirty["last", ""] = self.last
        return self.last

    def emit(self, event: AnyEvent) -> None:
        """Puts an event where the adapter finds it, now or at its next start."""
        key = f"{self.next():012}"
        self.pending[key] = event
        self._dirty["event", key] = event
        self._news.append(event)

    def acknowledge(self, keys: Iterable[str]) -> None:
        """Forgets events that the core has made durable, by their keys in `pending`."""
        with self.change():
            for key in keys:
                if self.pending.pop(key, None):
                    self._dirty["event", key] = None

    def close(self) -> None:
        """Lets go of the file."""
        self._storage.close()

    def file(self, key: str) -> bytes:
        """The bytes of a message's file; raises KeyError if there is none."""
        return self._files.get(key) or self._storage.file(key)

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Calls `observer` with each new or changed record; call the result to stop it."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def _settle(self) -> None:
        changes, self._changes = self._changes, []
        news, self._news = self._news, []
        if self._dirty:
            dirty, self._dirty = self._dirty, {}
            files, self._files = self._files, {}
            rows: list[Row] = [
                (kind, key, None if data is None else _encode(data))
                for (kind, key), data in dirty.items()
            ]
            self._storage.save(rows, files.items())
        for observer in tuple(self._observers):
            for changed in changes:
                observer(changed)
        if self.on_event:
            for event in news:
                self.on_event(event)

    def _index(self, record: Record) -> None:
        match record:
            case Profile():
                self.people[record.id] = record
            case Group():
                self.groups[record.id] = record
            case Room():
                self.rooms[record.chat] = record
            case OpenForm():
                self.forms[record.id] = record
            case ReadMark():
                self.marks[record.id] = record
            case Message():
                if record.id not in self.messages:
                    self.timeline.setdefault(record.chat, []).append(record.id)
                self.messages[record.id] = record
                if record.token:
                    self.tokens[record.token] = record
                if record.only_for:
                    self._index_note(record)

    def _index_note(self, note: Message) -> None:
        notes = self.notes.setdefault(note.only_for, {})
        notes[note.id] = note
        if note.deleted:
            del notes[note.id]

    def _load(self) -> None:
        messages: list[Message] = []
        for kind, key, data in self._storage.load():
            if kind == "event":
                self.pending[key] = _event.decode(data)
            elif kind == "last":
                self.last = int(data)
            elif isinstance(record := _decoders[kind].decode(data), Message):
                messages.append(record)
            else:
                self._index(record)
        for message in sorted(messages, key=lambda m: int(m.id)):
            self._index(message)
