"""Which messages of a past conversation were questions, and which answered them: a pure rule."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from msgspec import Struct

from bot.events import MessagePosted
from bot.features.answers.rules import asks_something, has_words
from bot.features.answers.sayings import may_answer
from bot.links import SURE, Link, Message

REMEMBERED = 300
"""Questions of a room that may still be answered by a reply."""
ROOMS = 200
"""Rooms whose conversations are remembered at a time; the longest silent is forgotten first."""
REACH = 80
"""Messages after which only a reply can still answer a question."""
WATCHED = timedelta(days=1)
"""And the time."""


class Links(Protocol):
    """A conversation as `bot.links.stream.Stream` follows it."""

    def hear(self, message: Message) -> None:
        """Takes a message in."""

    def link(self, message: Message) -> Link:
        """Takes a message in, and says what it answers."""


class Pair(Struct, frozen=True):
    """A question and a message that answered it; `confidence` from 0 to 1."""

    question: MessagePosted
    answer: MessagePosted
    confidence: float


class Pairs:
    """Hears messages of any rooms, in each the oldest first, and tells what answered what."""

    def __init__(self, new_room: Callable[[], Links] | None = None) -> None:
        self._new_room = new_room or model
        self._rooms: OrderedDict[str, _Room] = OrderedDict()

    def hear(self, event: MessagePosted) -> Pair | None:
        """Takes a message in; the pair that it completes."""
        room = self._rooms.setdefault(event.chat.room, _Room(self._new_room))
        self._rooms.move_to_end(event.chat.room)
        if len(self._rooms) > ROOMS:
            self._rooms.popitem(last=False)
        return room.hear(event) if has_words(event.text) else None


class _Room:
    def __init__(self, new: Callable[[], Links]) -> None:
        self._new = new
        self._links: Links | None = None
        self._questions: OrderedDict[str, tuple[int, MessagePosted]] = OrderedDict()
        self._count = 0

    def hear(self, event: MessagePosted) -> Pair | None:
        self._links = self._links or self._new()
        self._count += 1
        if is_question(event):
            self._questions[event.message] = (self._count, event)
            if len(self._questions) > REMEMBERED:
                self._questions.popitem(last=False)
        elif self._may_answer(event):
            return self._pair(event, self._links.link(_message(event)))
        self._links.hear(_message(event))
        return None

    def _may_answer(self, event: MessagePosted) -> bool:
        """Whether it is worth asking the model."""
        if not may_answer(event.text):
            return False
        return event.reply_to in self._questions or any(
            asked.member != event.member and event.at - asked.at < WATCHED
            for place, asked in self._questions.values()
            if self._count - place <= REACH
        )

    def _pair(self, event: MessagePosted, link: Link) -> Pair | None:
        _, asked = self._questions.get(link.to or "", (0, None))
        if asked is None or asked.member == event.member or link.confidence < SURE:
            return None
        return Pair(asked, event, link.confidence)


def is_question(event: MessagePosted) -> bool:
    """Whether the message asks something that others could ask again."""
    return asks_something(event.text)


def model() -> Links:
    """The trained model, for a new room."""
    from bot.links.stream import Stream  # loads the model

    return Stream()


def _message(event: MessagePosted) -> Message:
    return Message(
        id=event.message,
        at=event.at,
        author=str(event.member),
        text=event.text,
        mentions=tuple(str(member) for member in event.mentions),
        reply_to=event.reply_to,
        name=event.name,
    )
