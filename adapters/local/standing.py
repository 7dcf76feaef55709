"""Where a person stands: what they see, whom they know, and what their acts have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.local.asking import handle_of
from adapters.local.model import Asked, Message, Profile, Refused
from adapters.local.names import mentioned
from bot.commands import Command
from bot.refs import ChatRef, MemberRef
from bot.text import Span, Text

if TYPE_CHECKING:
    from adapters.local.world import World


class Standing:
    """One person of a world."""

    def __init__(self, world: World, key: str) -> None:
        self.world = world
        self.id = key

    @property
    def profile(self) -> Profile:
        """Name, colour, language."""
        return self.world.people[self.id]

    @property
    def ref(self) -> MemberRef:
        """The person as the core names them."""
        return self.profile.ref

    @property
    def private_chat(self) -> ChatRef:
        """The conversation with the bot."""
        return self.ref.private_chat

    def moderates(self, group: str) -> bool:
        """Whether they look after this group."""
        return bool(group) and self.id in self.world.groups[group].moderators

    def sees(self, chat: ChatRef) -> bool:
        """Whether they may be in this room."""
        if chat not in self.world.rooms:
            return False
        if chat.private:
            return chat == self.private_chat
        return self.id in self.world.groups[chat.group].members

    def may_give(self, command: Command, chat: ChatRef) -> bool:
        """Whether a command is offered to them in this room."""
        if chat.private:
            return command.private
        return not command.moderator or self.moderates(chat.group)

    def menu(self, chat: ChatRef) -> list[Command]:
        """What the menu of each message in this room offers them."""
        known = (c for c in self.world.commands if c.on_message)
        return [command for command in known if self.may_give(command, chat)]

    def notes(self, chat: ChatRef) -> list[Message]:
        """What only they can see in a room, oldest first."""
        return [m for m in self.world.history(chat, self.id) if m.only_for == self.id]

    def _fact(self, kind: str, chat: ChatRef, number: str = "") -> dict[str, Any]:
        return {
            "id": f"l:{kind}:{number or self.world.next()}",
            "at": self.world.now(),
            "chat": chat,
            "member": self.ref,
            "name": self.profile.name,
        }

    def _answerable(self, chat: ChatRef, asked: Asked) -> dict[str, Any]:
        return {
            "answer": handle_of(asked),
            "moderator": self.moderates(chat.group),
            "language": self.profile.language,
        }

    def _asked(self, *, command: str = "", message: str = "", about: tuple[str, ...] = ()) -> Asked:
        return Asked(self.id, self.world.next(), command, message, about)

    def _enter(self, chat: ChatRef) -> None:
        if not self.sees(chat):
            raise Refused(f"{self.id} can't see {chat}")

    def _find(self, message: Message) -> Message:
        found = self.world.messages[message.id]
        self._enter(found.chat)
        if not found.visible_to(self.id):
            raise Refused(f"{self.id} can't see message {found.id}")
        return found

    def _own(self, message: Message) -> Message:
        if (found := self._find(message)).author != self.id:
            raise Refused(f"message {found.id} is somebody else's")
        return found

    def _company(self, chat: ChatRef) -> list[Profile]:
        members = self.world.groups[chat.group].members if chat.group else (self.id,)
        return [self.world.people[member] for member in members]

    def _spans(self, chat: ChatRef, text: str) -> Text:
        spans, end = [], 0
        for start, stop, person in mentioned(text, self._company(chat)):
            spans += [Span(text[end:start]), Span(person.name, member=person.ref)]
            end = stop
        return Text.of(*spans, text[end:])
