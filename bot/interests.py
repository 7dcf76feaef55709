"""What the features wait for, as a test in memory: it decides what an ordinary message costs.

A message that nobody waits for is one row of a bulk insert and nothing else.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.events import Event, MessagePosted, PollVoted, Reacted
from bot.refs import ChatRef, MemberRef

Place = tuple[str, str, str]
"""platform, group, room."""


class Interests:
    """The posts and threads that listen, and the people who were asked something."""

    def __init__(self, ears: Sequence[Callable[[MessagePosted], bool]] = ()) -> None:
        self._ears = ears
        self._posts: dict[tuple[Place, str], tuple[str, datetime]] = {}
        self._threads: dict[Place, tuple[str, datetime]] = {}
        self._asked: set[tuple[ChatRef, MemberRef]] = set()

    def listen(
        self, name: str, chat: ChatRef, message: str, until: datetime, *, is_thread: bool
    ) -> None:
        """A post or thread listens from now on."""
        place = (chat.platform, chat.group, chat.room)
        if is_thread:
            self._threads[place] = (name, until)
        else:
            self._posts[place, message] = (name, until)

    def ask(self, chat: ChatRef, member: MemberRef) -> None:
        """This person's next message in the chat is an answer."""
        self._asked.add((chat, member))

    def asked_no_more(self, chat: ChatRef, member: MemberRef) -> None:
        """This person's messages are ordinary again."""
        self._asked.discard((chat, member))

    def is_asked(self, event: MessagePosted) -> bool:
        """Whether this message answers a question that the bot put to its author."""
        return (event.chat, event.member) in self._asked

    def post_of(self, event: Event) -> str:
        """The name of the listening post that this event is about, or ""."""
        chat = event.chat
        place = (chat.platform, chat.group, chat.room)
        found = None
        if isinstance(event, MessagePosted):
            if event.reply_to is not None:
                found = self._posts.get((place, event.reply_to))
            found = found or self._threads.get(place)
        elif isinstance(event, Reacted | PollVoted):
            found = self._posts.get((place, event.message))
        return found[0] if found and found[1] > event.at else ""

    def wants(self, event: MessagePosted) -> bool:
        """Whether anybody waits for this message. The hot path: no statement."""
        overheard = False
        for ear in self._ears:
            overheard |= ear(event)
        return overheard or self._is_waited_for(event)

    def _is_waited_for(self, event: MessagePosted) -> bool:
        if self._threads or self._posts:
            chat = event.chat
            place = (chat.platform, chat.group, chat.room)
            if place in self._threads:
                return True
            if event.reply_to is not None and (place, event.reply_to) in self._posts:
                return True
        return bool(self._asked) and (event.chat, event.member) in self._asked

    def moved(self, old: ChatRef, new: ChatRef) -> None:
        """The group has a new native id."""

        def renamed(place: Place) -> Place:
            same = place[:2] == (old.platform, old.group)
            return (new.platform, new.group, place[2]) if same else place

        self._threads = {renamed(place): value for place, value in self._threads.items()}
        self._posts = {(renamed(p), m): value for (p, m), value in self._posts.items()}

    def prune(self, now: datetime) -> None:
        """Forgets what no longer listens."""
        self._threads = {k: v for k, v in self._threads.items() if v[1] > now}
        self._posts = {k: v for k, v in self._posts.items() if v[1] > now}
