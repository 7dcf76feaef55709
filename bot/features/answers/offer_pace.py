"""How often the answers offer to be kept: rarely, so that the offer stays quiet."""

from collections import OrderedDict
from datetime import timedelta

from bot.events import MessagePosted
from bot.refs import ChatRef, MemberRef

BETWEEN = timedelta(minutes=20)
"""Between two offers in one room."""
PERSON = timedelta(days=1)
"""Between two offers to one person."""
REMEMBERED = 1_000
"""Offers, rooms and people of which it is known; the oldest are forgotten first."""


class Offers:
    """The offers of late, in memory."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[ChatRef, str], MessagePosted] = OrderedDict()
        self._rooms: OrderedDict[ChatRef, MessagePosted] = OrderedDict()
        self._people: OrderedDict[MemberRef, MessagePosted] = OrderedDict()

    def allows(self, event: MessagePosted) -> bool:
        """Whether neither the room nor the person had an offer lately; this message's own offer
        does not count, because a message may be handled twice."""
        if event.reply_to is not None:
            return False
        return _is_past(self._rooms.get(event.chat), event, BETWEEN) and _is_past(
            self._people.get(event.member), event, PERSON
        )

    def made(self, event: MessagePosted) -> None:
        """An offer is made for this message."""
        self._made[event.chat, event.message] = event
        self._rooms[event.chat] = event
        self._rooms.move_to_end(event.chat)
        self._people[event.member] = event
        self._people.move_to_end(event.member)
        for known in (self._made, self._rooms, self._people):
            if len(known) > REMEMBERED:
                known.popitem(last=False)

    def to(self, chat: ChatRef, message: str) -> MessagePosted | None:
        """The message, if there was an offer for it of late."""
        return self._made.get((chat, message))


def _is_past(last: MessagePosted | None, event: MessagePosted, span: timedelta) -> bool:
    return last is None or last.id == event.id or event.at - last.at >= span
