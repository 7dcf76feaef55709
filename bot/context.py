"""What a handler is given: the transaction, the group, the reader's words, time and chance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from msgspec.structs import replace

from bot.commands import Command, Form
from bot.effects import (
    AskForm,
    Attachment,
    Button,
    Edit,
    Menu,
    Post,
    Urgency,
    Whisper,
)
from bot.events import (
    Answerable,
    ChoiceMade,
    CommandGiven,
    Event,
    FromMember,
    HistoryRead,
    Reacted,
    Undelivered,
)
from bot.i18n import Words
from bot.outside import Surroundings
from bot.ports import Can, Capabilities, Place
from bot.recall import Recall
from bot.refs import ChatRef, MemberRef, MessageRef
from bot.store import activity, groups, members, posts
from bot.store.database import Tx
from bot.store.groups import Group
from bot.text import Text

Buttons = tuple[tuple[Button, ...], ...]


@dataclass
class Context:
    """Everything that a handler may use; all of it belongs to one event."""

    tx: Tx
    event: Event
    group: Group | None
    capabilities: Callable[[ChatRef], Capabilities]
    commands: Mapping[str, Command]
    around: Surroundings
    ears: Mapping[str, Any] = field(default_factory=dict)
    feature: str = ""
    post: str = ""
    language: str = ""
    absorbed: Group | None = None
    """What was known as a group of its own until this event, and is this group (`store.merge`)."""
    armed: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    followed: list[tuple[str, MessageRef, datetime, bool]] = field(default_factory=list)
    forgotten: list[MemberRef] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The event's own moment: handlers know no other clock."""
        return self.event.at

    @property
    def rng(self) -> Random:
        """Chance that is the same each time this event is handled."""
        return Random(f"{self.event.id}/{self.feature}")

    @property
    def words(self) -> Words:
        """The group's language and zone."""
        return Words(self.here.language, self.here.zone) if self.group else self.own

    @property
    def own(self) -> Words:
        """The language of the person who caused the event."""
        return Words(self.language, self.group.zone if self.group else "UTC")

    @property
    def here(self) -> Group:
        """The group; raises LookupError in a private conversation."""
        if self.group is None:
            raise LookupError("this happens in a private conversation")
        return self.group

    @property
    def member(self) -> MemberRef:
        """Who caused the event; raises LookupError if nobody did."""
        if not isinstance(self.event, FromMember):
            raise LookupError("nobody caused this event")
        return self.event.member

    @property
    def ear(self) -> Any:
        """What this feature remembers in memory (see `Feature.overhears`)."""
        return self.ears[self.feature].ear

    @property
    def recall(self) -> Recall:
        """The memory that finds kept texts by their words and their meaning."""
        return self.around.recall

    @property
    def is_moderator(self) -> bool:
        """Whether who caused the event moderates the group."""
        return isinstance(self.event, Answerable | Reacted) and self.event.moderator

    def whisper(
        self,
        text: Text,
        *,
        buttons: Buttons = (),
        menu: Menu | None = None,
        attachment: Attachment | None = None,
        public_ok: bool = True,
        in_place: bool = False,
        payload: str = "hello",
    ) -> Whisper:
        """An answer for the eyes of who caused the event.

        `in_place` lets it take the place of the whisper whose button was pressed.
        """
        event = self.event
        message = event.message if isinstance(event, CommandGiven | ChoiceMade) else ""
        return Whisper(
            chat=event.chat,
            to=self.member,
            text=text,
            buttons=buttons,
            menu=menu,
            attachment=attachment,
            public_ok=public_ok,
            urgency=Urgency.ANSWER,
            answering=event.answer if isinstance(event, Answerable) else "",
            edits_choice=in_place,
            payload=payload,
            reply_to=message or None,
        )

    def panel(
        self, text: Text, *, buttons: Buttons = (), menu: Menu | None = None
    ) -> Whisper | Post:
        """An answer whose buttons act on this group, so that it must not move to a private
        conversation: for one person's eyes where that is possible here, else for all."""
        pressed = isinstance(self.event, ChoiceMade)
        note = self.whisper(text, buttons=buttons, menu=menu, in_place=pressed)
        if pressed or Can.EPHEMERAL in self.capabilities(self.event.chat).can:
            return note
        return replace(self.reply(text, buttons=buttons), menu=menu)

    def ask(self, form: Form, arg: str = "") -> AskForm:
        """Opens a form for who caused the event; `arg` comes back with what they fill in."""
        event = self.event
        return AskForm(
            chat=event.chat,
            to=self.member,
            form=form,
            arg=arg,
            answering=event.answer if isinstance(event, Answerable) else "",
            urgency=Urgency.ANSWER,
        )

    def check(self, chats: Sequence[ChatRef]) -> None:
        """Tests these rooms and their platforms after the commit; comes back as `Checked` to who
        asked for it, or as `Tested` after an `Undelivered`."""
        event = self.event
        if isinstance(event, Answerable | Undelivered):
            self.after_commit.append(lambda: self.around.check(event, chats))

    def read_history(self, room: str, before: str | None, arg: str = "", limit: int = 100) -> None:
        """Asks for a room's past before a message (None: from now), after the commit.

        It comes back as `HistoryRead` to this feature. A stop in between loses it: ask again.
        """
        event = self.event
        request = HistoryRead(
            id=f"{event.id}:history",
            at=event.at,
            chat=self.here.chat.in_room(room),
            member=self.member if isinstance(event, FromMember) else MemberRef("", ""),
            answer=event.answer if isinstance(event, Answerable) else "",
            moderator=self.is_moderator,
            language=self.language,
            feature=self.feature,
            arg=arg,
        )
        self.after_commit.append(lambda: self.around.read_history(request, before, limit))

    async def rooms(self) -> Sequence[Place]:
        """The rooms of this group where the bot may post; empty if the platform can't tell."""
        return await self.around.rooms(self.here.chat)

    def reply(
        self,
        text: Text,
        *,
        name: str = "",
        buttons: Buttons = (),
        attachment: Attachment | None = None,
        listen: int = 0,
    ) -> Post:
        """An answer that everybody in the chat sees."""
        event = self.event
        return Post(
            chat=event.chat,
            text=text,
            name=name,
            buttons=buttons,
            attachment=attachment,
            urgency=Urgency.ANSWER,
            answering=event.answer if isinstance(event, Answerable) else "",
            listen=listen,
        )

    def edit(self, name: str, text: Text, *, buttons: Buttons = ()) -> Edit:
        """A new content for a post of ours, at once."""
        return Edit(
            chat=self.event.chat, name=name, text=text, buttons=buttons, urgency=Urgency.ANSWER
        )

    def arm(self, key: str, at: datetime, kind: str, arg: str = "") -> None:
        """Asks for `Due(kind, arg)` in this group at a moment; the same key again moves it."""
        group = self.group.id if self.group else 0
        self.armed[key] = {
            "key": key,
            "due_at": at,
            "feature": self.feature,
            "kind": f"{self.feature}.{kind}",
            "arg": arg,
            "group_id": group,
        }

    def disarm(self, key: str) -> None:
        """Takes a request back."""
        self.armed[key] = None

    async def change_group(self, **values: Any) -> Group:
        """Sets columns of this group and goes on with the new ones."""
        await groups.change(self.tx, self.here.id, **values)
        changed = await groups.by_id(self.tx, self.here.id)
        if changed is None:
            raise LookupError(f"group {self.here.id} is gone")
        if self.language == self.here.language:
            self.language = changed.language
        self.group = changed
        return changed

    async def name_of(self, member: MemberRef) -> str:
        """Somebody's display name in this group."""
        return await members.name_of(self.tx, self.here.id, member)

    async def words_for(self, member: MemberRef) -> Words:
        """Language and zone of somebody who did nothing just now, or else those of this group."""
        wishes = await members.preference(self.tx, member)
        language = (wishes.language if wishes else "") or self.here.language
        return Words(language, (wishes.zone if wishes else "") or self.here.zone)

    async def follow(
        self, message: str, seconds: int, *, post: str = "", chat: ChatRef | None = None
    ) -> None:
        """Replies and reactions to somebody's message are heard as if they were to `post` (the
        post that the event is about), for so many seconds. `chat` is that of the event.

        For chats without threads, where a conversation is a chain of replies.
        """
        name = post or self.post
        place = MessageRef(chat or self.event.chat, message)
        await self._listen(f"{name}{posts.LINK}{message}", name, place, seconds)

    async def adopt(self, message: str, name: str, seconds: int) -> None:
        """A message of ours in this chat is the post of that name from now on."""
        await self._listen(name, name, MessageRef(self.event.chat, message), seconds)

    async def listen_here(self, name: str, seconds: int) -> None:
        """This room is the thread of that name from now on: its messages are heard as such."""
        place = MessageRef(self.event.chat, "")
        await self._listen(name, name, place, seconds, is_thread=True)

    async def _listen(
        self, kept_as: str, name: str, place: MessageRef, seconds: int, *, is_thread: bool = False
    ) -> None:
        until, group = self.now + timedelta(seconds=seconds), self.here.id
        await posts.record(
            self.tx, kept_as, group, place, self.now, is_thread=is_thread, listens_until=until
        )
        self.followed.append((name, place, until, is_thread))

    async def rollups(self) -> None:
        """Brings the rollups up to date before they are read."""
        await activity.fold(self.tx)
