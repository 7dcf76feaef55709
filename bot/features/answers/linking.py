"""Which message of a room answers one of its open questions, as the link model sees it.

Messages are only compared here, in memory; whoever is told of a candidate decides whether it is
kept.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import Struct

from bot.events import MessagePosted
from bot.features.answers.nearness import Said, is_near
from bot.features.answers.questions import Question
from bot.features.answers.sayings import may_answer, says_solved
from bot.links import UNSURE, Link, Message

if TYPE_CHECKING:
    from bot.links.stream import Stream

BEFORE = 20
"""Messages before a question that the model is shown: who is talking to whom."""
WATCHED = timedelta(days=1)
"""How long answers in plain conversation are looked for."""
REACH = 80
"""Messages after which the model no longer sees a question, or what belongs to it."""
REMEMBERED = 200
"""Messages of which it is known what question they belong to."""


class Candidate(Struct, frozen=True):
    """A message may answer this question; `confidence` from 0 to 1.

    `solved`: it is the asker's, and says that it works now.
    """

    question: int
    confidence: float
    solved: bool = False


class _Part(Struct, frozen=True):
    """A message that belongs to a question: its own, the asker's, or an answer's."""

    question: Question
    author: str
    confidence: float


class Conversation:
    """One room with open questions. The model is loaded when the first message is compared."""

    def __init__(self, earlier: Iterable[MessagePosted] = ()) -> None:
        self._waiting = [_message(event) for event in list(earlier)[-BEFORE:]]
        self._taken: deque[str] = deque(maxlen=REMEMBERED)
        self._said = deque((Said(m.at, m.author) for m in self._waiting), maxlen=BEFORE)
        self._past = 0
        self._until: datetime | None = None
        self._parts: OrderedDict[str, _Part] = OrderedDict()
        self._stream: Stream | None = None

    def asks(self, question: Question) -> None:
        """A question is open from now on; what was said since it was asked counts too."""
        key = question.message or f"answers:{question.id}"
        self._note(key, _Part(question, question.member, 1.0))
        until = question.asked_at + WATCHED
        self._until = max(self._until or until, until)
        if key not in self._taken and all(message.id != key for message in self._waiting):
            self._waiting.append(
                Message(
                    id=key,
                    at=question.asked_at,
                    author=question.member,
                    text=question.text,
                    name=question.member_name,
                )
            )

    def settled(self, question: int) -> None:
        """The question is no longer open."""
        for key in [k for k, part in self._parts.items() if part.question.id == question]:
            del self._parts[key]

    def hears(self, event: MessagePosted) -> Candidate | None:
        """Takes the message in; what it may answer, if anything."""
        self._waiting.append(_message(event))
        self._past += 1
        if self._until is None or event.at > self._until or self._past > REACH:
            self._rest()
            return None
        link = self._link()
        part = self._parts.get(link.to or "")
        found = None
        if part is not None and event.at - part.question.asked_at <= WATCHED:
            found = self._belongs(event, part, part.confidence * link.confidence)
        found = found or self._near(event, link) or self._solved(event)
        self._said.append(Said(event.at, str(event.member)))
        return found

    @property
    def rests(self) -> bool:
        """Whether messages are only noted, and not compared."""
        return self._stream is None

    def _rest(self) -> None:
        """Nobody speaks of a question any more: messages cost nothing until the next one."""
        self._parts.clear()
        self._taken.clear()
        self._waiting = self._waiting[-BEFORE:]
        self._stream = None

    def _near(self, event: MessagePosted, link: Link) -> Candidate | None:
        """The newest question that the message may answer by the simple rules."""
        elsewhere = link.to is not None and link.confidence >= UNSURE
        if elsewhere or not may_answer(event.text):
            return None
        author, mentioned = str(event.member), {str(member) for member in event.mentions}
        for question in reversed(self._open()):
            asker = question.member
            if author == asker or mentioned - {asker}:
                continue
            if is_near(question.asked_at, asker, question.text, self._said, event.at, event.text):
                return Candidate(question.id, UNSURE)
        return None

    def _solved(self, event: MessagePosted) -> Candidate | None:
        """The asker's newest question, if this says that it is solved."""
        asker = str(event.member)
        mine = [question for question in self._open() if question.member == asker]
        return (
            Candidate(mine[-1].id, 1.0, solved=True) if mine and says_solved(event.text) else None
        )

    def _open(self) -> list[Question]:
        return list({part.question.id: part.question for part in self._parts.values()}.values())

    def _belongs(self, event: MessagePosted, part: _Part, confidence: float) -> Candidate | None:
        """A message that the model links to a part of the question's conversation."""
        author, asker = str(event.member), part.question.member
        if confidence < UNSURE:
            return None
        if author != asker and part.author not in (asker, author):
            return None
        if author == asker and part.author != asker:
            return None
        self._note(event.message, _Part(part.question, author, confidence))
        if author == asker or not may_answer(event.text):
            return None
        return Candidate(part.question.id, confidence)

    def _note(self, message: str, part: _Part) -> None:
        self._parts[message] = part
        self._past = 0
        if len(self._parts) > REMEMBERED:
            self._parts.popitem(last=False)

    def _link(self) -> Link:
        """What the last of the waiting messages answers."""
        if self._stream is None:
            from bot.links.stream import Stream

            self._stream = Stream()
        *before, last = self._waiting
        self._waiting = []
        self._taken.extend(message.id for message in (*before, last))
        for message in before:
            self._stream.link(message)
        return self._stream.link(last)


def mark_of(message: str) -> int:
    """A short number for a message's id, so that it fits on a button; at most eight digits."""
    return crc32(message.encode()) % 10**8


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
