"""What the answers remember of the stream of messages: in memory, for a short while.

Texts that are no part of a question or an answer stay here and are never stored.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from bot.events import MessagePosted
from bot.features.answers import questions
from bot.features.answers.questions import Question
from bot.links.words import reads_as_question
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import Tx

ROOMS = 2_000
"""Rooms that are remembered; the longest silent is forgotten first."""
WINDOW = 60
"""Messages of a room that are remembered."""
WATCHED = timedelta(days=1)
"""How long answers in plain conversation are looked for."""
SURE_QUESTION = 0.7
BETWEEN_OFFERS = timedelta(minutes=20)
"""In one room, so that the offer to keep an answer stays something rare."""
PERSON_OFFERS = timedelta(days=1)


class Room:
    """One room's latest messages, and the questions that are open in it."""

    def __init__(self) -> None:
        self.messages: deque[MessagePosted] = deque(maxlen=WINDOW)
        self.open: dict[str, Question] = {}
        self.offered_at: datetime | None = None


class Ear:
    """The answers' ear: see `bot.feature.Ear`."""

    def __init__(self) -> None:
        self._rooms: OrderedDict[ChatRef, Room] = OrderedDict()
        self._offered: dict[str, datetime] = {}

    def hears(self, event: MessagePosted) -> bool:
        """Notes the message; wants what reads as a question and may be offered to be kept."""
        if event.chat.private or not event.text:
            return False
        room = self._room(event.chat)
        room.messages.append(event)
        return self.may_offer(event)

    async def wakes(self, tx: Tx, now: datetime) -> None:
        """Takes up the questions that were open."""
        found = await questions.open_since(tx, now - WATCHED)
        places = await groups.by_ids(tx, {question.group_id for question in found})
        for question in found:
            if question.group_id in places:
                self.watch(question.chat_in(places[question.group_id]), question)

    def message(self, chat: ChatRef, message: str) -> MessagePosted | None:
        """A message of a moment ago, if it is still remembered."""
        room = self._rooms.get(chat)
        return next((m for m in room.messages if m.message == message), None) if room else None

    def watch(self, chat: ChatRef, question: Question) -> None:
        """Answers to this question may be said in this room."""
        self._room(chat).open[question.message or f"answers:{question.id}"] = question

    def unwatch(self, number: int) -> None:
        """The question is settled."""
        for room in self._rooms.values():
            room.open = {key: q for key, q in room.open.items() if q.id != number}

    def may_offer(self, event: MessagePosted) -> bool:
        """Whether this reads as a question, and neither room nor person had an offer lately."""
        if event.reply_to is not None or reads_as_question(event.text) < SURE_QUESTION:
            return False
        room_at = self._room(event.chat).offered_at
        person_at = self._offered.get(str(event.member))
        if room_at is not None and event.at - room_at < BETWEEN_OFFERS:
            return False
        return person_at is None or event.at - person_at >= PERSON_OFFERS

    def offered(self, event: MessagePosted) -> None:
        """An offer is made for this message."""
        self._room(event.chat).offered_at = event.at
        self._offered = {m: at for m, at in self._offered.items() if event.at - at < PERSON_OFFERS}
        self._offered[str(event.member)] = event.at

    def _room(self, chat: ChatRef) -> Room:
        room = self._rooms.get(chat)
        if room is None:
            room = self._rooms[chat] = Room()
            if len(self._rooms) > ROOMS:
                self._rooms.popitem(last=False)
        self._rooms.move_to_end(chat)
        return room
