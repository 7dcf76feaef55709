"""From the gateway's raw payloads to events.

The dictionaries are read as they come: building the library's message objects would cost more
than everything the core does with an ordinary message.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from adapters.discord.payloads import (
    PLATFORM,
    Json,
    emoji_name,
    member,
    millis,
    moment,
    name_of,
    spelt_out,
)
from bot.events import (
    About,
    ChatAdded,
    ChatRemoved,
    Event,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Opened,
    Reacted,
)
from bot.refs import ChatRef, MemberRef

_WRITTEN, _REPLY = 0, 19
_FORWARD = 1


def by_a_person(data: Json) -> bool:
    """Whether a message was written by somebody, and not by a program or by Discord itself."""
    return not (
        data["author"].get("bot") or data["type"] not in (_WRITTEN, _REPLY) or "webhook_id" in data
    )


def _question(data: Json) -> str:
    """That of a poll, which is all its words."""
    return str(((data.get("poll") or {}).get("question") or {}).get("text") or "")


class Inbound:
    """Translates and hands over; remembers the newest message of each room for reading gaps."""

    def __init__(
        self,
        offer: Callable[[Event], None],
        clock: Callable[[], datetime],
        moderates: Callable[[str, Json], bool] = lambda guild, by: False,
    ) -> None:
        self.offer = offer
        self.clock = clock
        self.moderates = moderates
        self.own_id = ""
        self.newest: dict[str, str] = {}
        self.people: dict[str, str] = {}
        """The person behind each private channel."""
        self._chats: dict[str, ChatRef] = {}
        self._met: set[str] = set()

    def chat(self, data: Json, person: str = "") -> ChatRef | None:
        """The place of a payload; None for a private channel whose person is not known."""
        channel = data["channel_id"]
        known = self._chats.get(channel)
        if known is not None:
            return known
        guild = data.get("guild_id")
        if guild is None:
            person = person or self.people.get(channel, "")
            if not person:
                return None
            self.people[channel] = person
        chat = ChatRef(PLATFORM, guild or "", channel if guild else person)
        self._chats[channel] = chat
        return chat

    def remember(self, chat: ChatRef, newest: str) -> None:
        """What an earlier run has read of a room."""
        self._chats[chat.room] = chat
        self.newest.setdefault(chat.room, newest)

    def place(self, guild: str, channel: str) -> None:
        """A channel of a guild, of which nothing was heard yet."""
        self._chats.setdefault(channel, ChatRef(PLATFORM, guild, channel))

    def guild_of(self, channel: str) -> str:
        """The guild of a channel that was heard of; empty for a private one."""
        chat = self._chats.get(channel)
        return chat.group if chat else ""

    def forget(self, channel: str) -> None:
        """A channel or thread is gone."""
        self._chats.pop(channel, None)
        self.newest.pop(channel, None)

    # -- messages

    def message_create(self, data: Json) -> None:
        """The hot path: nine events in ten come through here."""
        author = data["author"]
        if not by_a_person(data):
            return
        chat = self.chat(data, author["id"])
        if chat is None:
            return
        if chat.private and author["id"] not in self._met:
            self._opened(data, chat)
        self.offer(self.posted(data, chat))
        self.newest[data["channel_id"]] = data["id"]

    def posted(self, data: Json, chat: ChatRef) -> MessagePosted:
        """A person's message, from the gateway or from the history."""
        number, author, mentions = data["id"], data["author"], data["mentions"]
        reply_to, reply_to_member = self._answered(data)
        return MessagePosted(
            id=f"d:m:{number}",
            at=moment(number),
            chat=chat,
            member=MemberRef(PLATFORM, author["id"]),
            name=name_of(author, data.get("member")),
            message=number,
            text=spelt_out(data["content"], mentions),
            reply_to=reply_to,
            reply_to_member=reply_to_member,
            mentions=tuple(member(user) for user in mentions if not user.get("bot")),
            has_media=bool(data["attachments"]),
        )

    def about(self, data: Json) -> About:
        """A message that a command was given on."""
        author = data["author"]
        return About(
            message=data["id"],
            author=None if author["id"] == self.own_id else member(author),
            name=name_of(author),
            text=spelt_out(data["content"], data["mentions"]) or _question(data),
            at=moment(data["id"]),
        )

    def _opened(self, data: Json, chat: ChatRef) -> None:
        """Who writes to the bot first lets it answer there. The id is always the same, so the
        engine hears of it once."""
        author = data["author"]
        self._met.add(author["id"])
        self.offer(
            Opened(
                id=f"d:o:{author['id']}",
                at=moment(data["id"]),
                chat=chat,
                member=member(author),
                name=name_of(author),
            )
        )

    def _answered(self, data: Json) -> tuple[str | None, MemberRef | None]:
        reference = data.get("message_reference")
        if reference is None or reference.get("type") == _FORWARD:
            return None, None
        author = (data.get("referenced_message") or {}).get("author")
        to = None if author is None or author["id"] == self.own_id else member(author)
        return reference.get("message_id"), to

    def message_update(self, data: Json) -> None:
        """An edit by its author; Discord tells of unfolded links in the same way."""
        author, edited = data.get("author"), data.get("edited_timestamp")
        if not author or not edited or author.get("bot") or "webhook_id" in data:
            return
        chat = self.chat(data, author["id"])
        if chat is None:
            return
        at = datetime.fromisoformat(edited).astimezone(UTC)
        self.offer(
            MessageEdited(
                id=f"d:e:{data['id']}:{millis(at)}",
                at=at,
                chat=chat,
                member=member(author),
                name=name_of(author, data.get("member")),
                message=data["id"],
                text=spelt_out(data.get("content", ""), data.get("mentions", [])),
            )
        )

    def message_delete(self, data: Json) -> None:
        """One message is gone."""
        chat = self.chat(data)
        if chat is None:
            return
        number = data["id"]
        self.offer(MessageDeleted(id=f"d:x:{number}", at=self.clock(), chat=chat, message=number))

    def message_delete_bulk(self, data: Json) -> None:
        """Several at once."""
        for number in data["ids"]:
            self.message_delete({**data, "id": number})

    def reaction_add(self, data: Json) -> None:
        """A reaction was put on a message."""
        self._reacted(data, added=True)

    def reaction_remove(self, data: Json) -> None:
        """A reaction was taken away."""
        self._reacted(data, added=False)

    def _reacted(self, data: Json, *, added: bool) -> None:
        by = data.get("member") or {}
        user = by.get("user") or {"id": data["user_id"]}
        private = "guild_id" not in data
        chat = self.chat(data, data["user_id"] if private else "")
        if user["id"] == self.own_id or user.get("bot") or chat is None:
            return
        emoji, at = emoji_name(data["emoji"]), self.clock()
        # the gateway gives reactions neither an id nor a time, and one may come and go and come
        self.offer(
            Reacted(
                id=f"d:r:{data['message_id']}:{user['id']}:{emoji}:{int(added)}:{millis(at)}",
                at=at,
                chat=chat,
                member=member(user),
                name=name_of(user, by),
                message=data["message_id"],
                emoji=emoji,
                added=added,
                moderator=not private and bool(by) and self.moderates(data["guild_id"], by),
            )
        )

    # -- members and groups

    def member_add(self, data: Json, *, known: bool = False) -> None:
        """Somebody entered, or (`known`) was found in the list of members."""
        user, guild = data["user"], data["guild_id"]
        if user["id"] == self.own_id:
            return
        joined = data.get("joined_at")
        at = datetime.fromisoformat(joined).astimezone(UTC) if joined else self.clock()
        self.offer(
            MemberJoined(
                id=f"d:j:{guild}:{user['id']}:{millis(at)}",
                at=self.clock() if known else at,
                chat=ChatRef(PLATFORM, guild),
                member=member(user),
                name=name_of(user, data),
                known=known,
                is_bot=bool(user.get("bot")),
            )
        )

    def members_chunk(self, data: Json) -> None:
        """A part of the list of members."""
        for found in data["members"]:
            self.member_add({**found, "guild_id": data["guild_id"]}, known=True)

    def member_remove(self, data: Json) -> None:
        """Somebody left or was removed."""
        user, guild, at = data["user"], data["guild_id"], self.clock()
        if user["id"] == self.own_id:
            return
        self.offer(
            MemberLeft(
                id=f"d:l:{guild}:{user['id']}:{millis(at)}",
                at=at,
                chat=ChatRef(PLATFORM, guild),
                member=member(user),
                name=name_of(user),
            )
        )

    def guild_here(self, data: Json, *, new: bool) -> None:
        """The bot is in a guild: again after a start, or because somebody has just added it."""
        at = self.clock()
        joined = datetime.fromisoformat(data["joined_at"]) if new and data.get("joined_at") else at
        self.offer(
            ChatAdded(
                id=f"d:{'a' if new else 'h'}:{data['id']}:{millis(joined)}",
                at=at,
                chat=ChatRef(PLATFORM, data["id"]),
                title=data.get("name", ""),
                language=data.get("preferred_locale", ""),
                new=new,
            )
        )

    def guild_gone(self, data: Json) -> None:
        """The bot was removed from a guild, which is something else than the guild being down."""
        if data.get("unavailable"):
            return
        at = self.clock()
        chat = ChatRef(PLATFORM, data["id"])
        self.offer(ChatRemoved(id=f"d:g:{data['id']}:{millis(at)}", at=at, chat=chat))
