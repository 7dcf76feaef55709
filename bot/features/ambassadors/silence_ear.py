"""Hears who speaks for the first time, and whether somebody answers: in memory."""

from datetime import datetime, timedelta

from bot.events import MessagePosted
from bot.features.ambassadors import silence_records as records
from bot.features.ambassadors.silence_records import Waiting
from bot.refs import ChatRef, MemberRef
from bot.store import groups
from bot.store.database import Tx

NEWCOMER = timedelta(days=60)
"""Who speaks for the first time after this is no newcomer any more."""
PATIENCE = timedelta(days=1)
"""How long an answer to a first post is listened for."""
AT_ONCE = timedelta(minutes=10)
"""What somebody else says in the same room so soon after a first post counts as an answer to it,
because in plain conversation nobody uses the reply button."""
Newcomer = tuple[str, str, MemberRef]


class Ear:
    """See `bot.feature.Ear`. An ordinary message costs one look into a set and one into a dict."""

    def __init__(self) -> None:
        self._newcomers: set[Newcomer] = set()
        self._waiting: dict[ChatRef, dict[int, Waiting]] = {}

    def hears(self, event: MessagePosted) -> bool:
        """Wants the first words of newcomers, and what answers such words."""
        if (event.chat.platform, event.chat.group, event.member) in self._newcomers:
            return True
        return bool(self._waiting) and bool(self.answered_by(event))

    def answered_by(self, event: MessagePosted) -> list[int]:
        """The first posts that this message answers, by number."""
        here = self._waiting.get(event.chat, {})
        return [number for number, one in here.items() if _answers(event, one)]

    async def wakes(self, tx: Tx, now: datetime) -> None:
        """Takes up what was waited for."""
        known = await records.expected(tx, now - NEWCOMER)
        open_ = await records.open_since(tx, now - PATIENCE)
        numbers = {row.group_id for row in known} | {one.group_id for one in open_}
        places = await groups.by_ids(tx, numbers)
        for row in known:
            if row.group_id in places:
                self.expect(places[row.group_id].chat, MemberRef.parse(row.member))
        for one in open_:
            if one.group_id in places:
                self.watch(one.chat_in(places[one.group_id]), one)

    def expect(self, chat: ChatRef, member: MemberRef) -> None:
        """What this person says next is a first post."""
        self._newcomers.add((chat.platform, chat.group, member))

    def spoke(self, chat: ChatRef, member: MemberRef) -> None:
        """They are no newcomer any more."""
        self._newcomers.discard((chat.platform, chat.group, member))

    def watch(self, chat: ChatRef, one: Waiting) -> None:
        """Listens for answers to a first post; lets go of what is too old."""
        for room in list(self._waiting):
            self._waiting[room] = {
                number: old
                for number, old in self._waiting[room].items()
                if one.at - old.at < PATIENCE
            }
            if not self._waiting[room]:
                del self._waiting[room]
        self._waiting.setdefault(chat, {})[one.id] = one

    def settled(self, chat: ChatRef, number: int) -> None:
        """Somebody answered."""
        here = self._waiting.get(chat, {})
        here.pop(number, None)
        if not here:
            self._waiting.pop(chat, None)


def _answers(event: MessagePosted, one: Waiting) -> bool:
    if event.member == one.author or event.at < one.at:
        return False
    meant = event.reply_to == one.message or one.author in event.mentions
    return meant or event.at - one.at <= AT_ONCE
