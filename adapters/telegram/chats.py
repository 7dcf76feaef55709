"""What is known about groups, from updates and from asking: all of it in memory."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto

import structlog
from msgspec import Struct, field
from telegram import (
    Bot,
    Chat,
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    User,
)
from telegram.error import TelegramError

from adapters.telegram import wire
from adapters.telegram.names import chat_id
from adapters.telegram.notes import Notes
from bot.refs import ChatRef

log = structlog.get_logger(__name__)

ADMINS_KNOWN_FOR = timedelta(minutes=5)
_PRESENT = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


class Right(Enum):
    """What an administrator may let the bot do."""

    TOPICS = auto()
    PINS = auto()


class Known(Struct):
    """One group. `rights` are the bot's own; `admins` are good until `admins_until`.

    `language` is that of whoever wrote last: the nearest to the group's that Telegram tells.
    """

    title: str = ""
    language: str = ""
    forum: bool = False
    present: bool = True
    admin: bool = False
    muted: bool = False
    asked: bool = False
    learned: bool = False
    rights: set[Right] = field(default_factory=set)
    topics: dict[int, str] = field(default_factory=dict)
    admins: frozenset[int] = frozenset()
    admins_until: datetime | None = None


class Chats:
    """The memory of groups and of user names."""

    def __init__(self, bot: Bot, notes: Notes, clock: Callable[[], datetime]) -> None:
        self.bot_id = int(bot.token.partition(":")[0])
        self.sees_all = False
        self._bot = bot
        self._notes = notes
        self._clock = clock
        self._known: dict[int, Known] = {}
        self._by_username: dict[str, int] = {}
        self._tasks: set[asyncio.Task[Known]] = set()

    def get(self, group: int) -> Known:
        """What is known of a group; of a new one, nothing."""
        known = self._known.get(group)
        if known is None:
            known = self._known[group] = Known()
        return known

    def met(self, chat: Chat | ChatFullInfo | wire.Chat) -> Known:
        """Takes over what an update says about its group."""
        known = self.get(chat.id)
        known.title = chat.title or known.title
        known.forum = bool(chat.is_forum)
        return known

    def reads(self, chat: ChatRef) -> bool:
        """Whether what people write there reaches the bot without being a reply to it."""
        return chat.private or self.sees_all or self.get(chat_id(chat)).admin

    def saw(self, user: User | wire.User) -> None:
        """Remembers whom a user name belongs to: the only way to resolve a typed @name."""
        if user.username:
            self._by_username[user.username.lower()] = user.id

    def id_of(self, username: str) -> int | None:
        """The account behind a user name that was seen since the start."""
        return self._by_username.get(username.removeprefix("@").lower())

    def bot_is(self, group: int, member: ChatMember) -> None:
        """Takes over the bot's own standing in a group."""
        known = self.get(group)
        known.learned = True
        known.present = is_present(member)
        known.admin = member.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
        known.muted = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
        known.rights = _rights(member)

    def moved(self, old: int, new: int) -> None:
        """The group goes on under a new id."""
        self._known[new] = self._known.pop(old, Known())

    def forget_admins(self, group: int) -> None:
        """The administrators may have changed."""
        self.get(group).admins_until = None

    async def learn(self, group: int, *, anew: bool = False) -> Known:
        """Asks Telegram about a group and the bot's standing in it, unless it is known."""
        known = self.get(group)
        if anew or not known.learned:
            known.asked, known.learned = True, False
            known.topics = await self._notes.topics(group) | known.topics
            try:
                self.met(await self._bot.get_chat(group))
                self.bot_is(group, await self._bot.get_chat_member(group, self.bot_id))
            except TelegramError as error:
                log.info("group_not_learned", chat=group, error=error.message)
        return known

    async def topic_named(self, group: int, topic: int, name: str) -> None:
        """A topic that people opened or renamed."""
        known = self.get(group)
        if known.topics.get(topic) != name:
            known.topics[topic] = name
            await self._notes.keep_topics(group, await self._notes.topics(group) | known.topics)

    async def topic_gone(self, group: int, topic: int) -> None:
        """A topic into which nobody can write any more."""
        topics = await self._notes.topics(group) | self.get(group).topics
        topics.pop(topic, None)
        self.get(group).topics = topics
        await self._notes.keep_topics(group, topics)

    def learn_soon(self, group: int) -> None:
        """The same in the background, for whoever can't wait."""
        task = asyncio.create_task(self.learn(group))
        self.get(group).asked = True
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Leaves nothing running."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def is_admin(self, group: int, user_id: int) -> bool:
        """Whether somebody administers the group; not known counts as no."""
        known = self.get(group)
        now = self._clock()
        if known.admins_until is None or known.admins_until < now:
            try:
                admins = await self._bot.get_chat_administrators(group)
            except TelegramError as error:
                log.warning("administrators_not_known", chat=group, error=error.message)
                return user_id in known.admins
            known.admins = frozenset(admin.user.id for admin in admins)
            known.admins_until = now + ADMINS_KNOWN_FOR
        return user_id in known.admins


def is_present(member: ChatMember) -> bool:
    """Whether this standing means being in the group."""
    return member.status in _PRESENT or (
        isinstance(member, ChatMemberRestricted) and member.is_member
    )


def _rights(member: ChatMember) -> set[Right]:
    if member.status == ChatMember.OWNER:
        return set(Right)
    if not isinstance(member, ChatMemberAdministrator):
        return set()
    granted = {Right.TOPICS: member.can_manage_topics, Right.PINS: member.can_pin_messages}
    return {right for right, given in granted.items() if given}
