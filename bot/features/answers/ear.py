"""What the answers remember of the stream of messages: in memory, for a short while.

Texts that are no part of a question or an answer stay here and are never stored.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.events import MessagePosted
from bot.features.answers import questions
from bot.features.answers.linking import WATCHED, Candidate, Conversation, mark_of
from bot.features.answers.offer_pace import Offers
from bot.features.answers.questions import Question
from bot.features.answers.rules import asks_something
from bot.links.words import ANY_MARK
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import Tx

ROOMS = 2_000
"""Rooms that are remembered; the longest silent is forgotten first."""
WINDOW = 60
"""Messages of a room that are remembered."""
BETWEEN_ASKING = timedelta(minutes=15)
"""For one question, so that its asker isn't bothered by every message that may be an answer."""
CANDIDATES = 1_000


class Room:
    """One room's latest messages, and the questions that are open in it."""

    def __init__(self) -> None:
        self.messages: deque[MessagePosted] = deque(maxlen=WINDOW)
        self.open: dict[str, Question] = {}
        self.talk: Conversation | None = None


class Ear:
    """The answers' ear: see `bot.feature.Ear`."""

    def __init__(self) -> None:
        self._rooms: OrderedDict[ChatRef, Room] = OrderedDict()
        self.offers = Offers()
        self._candidates: OrderedDict[str, Candidate] = OrderedDict()
        self._asked: dict[int, datetime] = {}

    def hears(self, event: MessagePosted) -> bool:
        """Notes the message; wants what reads as a question and may be offered to be kept, and
        what may answer a question that is open in its room."""
        if event.chat.private or not event.text:
            return False
        room = self._room(event.chat)
        room.messages.append(event)
        found = room.talk.hears(event) if room.talk is not None else None
        if found is not None:
            self._candidates[event.id] = found
            if len(self._candidates) > CANDIDATES:
                self._candidates.popitem(last=False)
        return found is not None or self.may_offer(event)

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
        room = self._room(chat)
        room.open[question.message or f"answers:{question.id}"] = question
        room.talk = room.talk or Conversation(room.messages)
        room.talk.asks(question)

    def unwatch(self, number: int) -> None:
        """The question is settled."""
        for room in self._rooms.values():
            room.open = {key: q for key, q in room.open.items() if q.id != number}
            if room.talk is not None:
                room.talk.settled(number)
            room.talk = room.talk if room.open else None

    def moved(self, old: ChatRef, new: ChatRef) -> None:
        """The group has a new native id."""
        for chat in [c for c in self._rooms if c.in_room("") == old.in_room("")]:
            self._rooms[new.in_room(chat.room)] = self._rooms.pop(chat)

    def candidate(self, event: MessagePosted) -> Candidate | None:
        """What this message may answer."""
        return self._candidates.get(event.id)

    def marked(self, chat: ChatRef, mark: int) -> MessagePosted | None:
        """The message with this mark (see `mark_of`), if it is still remembered."""
        room = self._rooms.get(chat)
        heard = room.messages if room else ()
        return next((m for m in heard if mark_of(m.message) == mark), None)

    def since(self, chat: ChatRef, message: str) -> list[MessagePosted]:
        """What was said in the room from this message on, if it is still remembered."""
        room = self._rooms.get(chat)
        heard = list(room.messages) if room else []
        places = [place for place, m in enumerate(heard) if m.message == message]
        return heard[places[-1] :] if places else []

    def may_ask(self, question: int, now: datetime) -> bool:
        """Whether the asker was not asked about an answer to this question lately."""
        return question not in self._asked or now - self._asked[question] >= BETWEEN_ASKING

    def asked(self, question: int, now: datetime) -> None:
        """The asker is asked about one."""
        self._asked = {q: at for q, at in self._asked.items() if now - at < BETWEEN_ASKING}
        self._asked[question] = now

    def edited(self, chat: ChatRef, message: str, text: str) -> None:
        """Somebody changed what they wrote."""
        room = self._rooms.get(chat)
        for place, heard in enumerate(room.messages if room else ()):
            if room and heard.message == message:
                room.messages[place] = replace(heard, text=text)

    def deleted(self, chat: ChatRef, message: str) -> None:
        """Somebody took back what they wrote."""
        room = self._rooms.get(chat)
        if room and any(heard.message == message for heard in room.messages):
            kept = (heard for heard in room.messages if heard.message != message)
            room.messages = deque(kept, maxlen=WINDOW)

    def may_offer(self, event: MessagePosted) -> bool:
        """Whether this reads as a question, and neither room nor person had an offer lately.

        The question mark, without which nothing is sure, is looked for first: it costs least.
        """
        marked = ANY_MARK.search(event.text) is not None
        if not marked or not self.offers.allows(event):
            return False
        return asks_something(event.text)

    def _room(self, chat: ChatRef) -> Room:
        room = self._rooms.get(chat)
        if room is None:
            room = self._rooms[chat] = Room()
            if len(self._rooms) > ROOMS:
                self._rooms.popitem(last=False)
        self._rooms.move_to_end(chat)
        return room
