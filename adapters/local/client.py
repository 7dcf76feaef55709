"""The adapter: hands over what people do in a world, and carries out what the core asks."""

import asyncio
from collections.abc import Callable, Sequence
from itertools import islice

from adapters.local.model import BOT, PLATFORM, PRIVATE_LINK, Refused, RoomKind
from adapters.local.outbound import carry_out
from adapters.local.telling import posted
from adapters.local.world import World
from bot.commands import N_
from bot.effects import AnyEffect, AskForm, GrantRole, OpenThread, Pin, Poll, Post, React, Whisper
from bot.events import AnyEvent, MessageEdited, MessagePosted
from bot.ports import Can, Capabilities, Finding, Limits, Place, Receiver, Rejected, Unreachable
from bot.refs import ChatRef, MessageRef

EVERYTHING = ~Can(0)
_ONLY_IN_GROUPS = Can.THREADS | Can.ROLES | Can.ROSTER | Can.EPHEMERAL

Faults = Callable[[AnyEffect, str, bool], Exception | None]
"""A simulation's hand: (effect, token, already done) gives what to raise at this point, if any."""


class LocalAdapter:
    """The local platform. `can` says what it offers: less than everything makes it a poorer one."""

    platform = PLATFORM
    limits = Limits(per_second=200)

    def __init__(
        self,
        world: World,
        *,
        can: Can = EVERYTHING,
        text_limit: int = 4000,
        faults: Faults | None = None,
    ) -> None:
        self.world = world
        self.can = can
        self.text_limit = text_limit
        self.faults = faults
        self._receiver: Receiver | None = None
        self._stirred = asyncio.Event()

    async def run(self, receiver: Receiver) -> None:
        """Hands over what waits and what comes, until cancelled."""
        self._receiver = receiver
        self.world.commands = receiver.commands
        self.world.announce()
        self.world.on_event = self._hear
        for event in tuple(self.world.pending.values()):
            self._hear(event)
        try:
            await self._acknowledge_forever(receiver)
        finally:
            self.world.on_event = None
            self._receiver = None

    async def perform(self, effect: AnyEffect, token: str) -> MessageRef | None:
        """Carries one effect out, once for each token where `Can.DEDUPE` is offered."""
        self._maybe_fail(effect, token, done=False)
        known = self.world.tokens.get(token) if Can.DEDUPE in self.can else None
        if known is not None:
            made: MessageRef | None = known.ref
        else:
            self._demand(effect)
            try:
                made = carry_out(self.world, effect, token)
            except Refused as refusal:
                raise Unreachable(str(refusal)) from refusal
        self._maybe_fail(effect, token, done=True)
        return made

    def capabilities(self, chat: ChatRef) -> Capabilities:
        """What this chat offers: no threads in threads, no roles in private."""
        can = self.can
        if chat.private:
            can &= ~_ONLY_IN_GROUPS
        elif (room := self.world.rooms.get(chat)) and room.kind is RoomKind.THREAD:
            can &= ~Can.THREADS
        return Capabilities(
            can, text_limit=self.text_limit, private_link=PRIVATE_LINK + "{payload}"
        )

    async def rooms(self, chat: ChatRef) -> Sequence[Place]:
        """The rooms of the group, threads left out."""
        found = self.world.rooms_of(chat.group)
        return [Place(r.chat, r.title, default=not i) for i, r in enumerate(found) if not r.closed]

    async def history(
        self, chat: ChatRef, before: str | None, limit: int
    ) -> Sequence[MessagePosted]:
        """What people said in a room, newest first."""
        if chat not in self.world.rooms:
            raise Unreachable(f"{chat} is gone")
        said = (m for m in self.world.back(chat, before=before) if m.author != BOT)
        return [posted(self.world, message) for message in islice(said, limit)]

    async def check(self, chats: Sequence[ChatRef]) -> Sequence[Finding]:
        """Whether each room is there and open to the bot."""
        return [self._checked(chat) for chat in chats]

    async def close(self) -> None:
        """Lets go of nothing: the world outlives its adapter."""

    def _checked(self, chat: ChatRef) -> Finding:
        room = self.world.rooms.get(chat)
        if room is None or not (chat.private or self.world.groups[chat.group].has_bot):
            return Finding(False, N_("The room is gone"), N_("Choose another room"), chat)
        if room.closed:
            mend = N_("Open the room to the bot, or choose another one")
            return Finding(False, N_("The bot may not write here"), mend, chat)
        return Finding(True, N_("The bot may write here"), chat=chat)

    async def _acknowledge_forever(self, receiver: Receiver) -> None:
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            offered = tuple(self.world.pending)
            await receiver.settled()
            self.world.acknowledge(offered)

    def _hear(self, event: AnyEvent) -> None:
        if self._receiver is None:
            return
        if self._reads(event):
            self._receiver.offer(event)
        self._stirred.set()

    def _reads(self, event: AnyEvent) -> bool:
        """Without `Can.READ` only answers to the bot arrive, and what is said in private."""
        if Can.READ in self.can or event.chat.private:
            return True
        if isinstance(event, MessagePosted):
            return event.reply_to is not None and event.reply_to_member is None
        return not isinstance(event, MessageEdited)

    def _maybe_fail(self, effect: AnyEffect, token: str, *, done: bool) -> None:
        if self.faults and (error := self.faults(effect, token, done)):
            raise error

    def _demand(self, effect: AnyEffect) -> None:
        """Nothing unsupported succeeds in silence."""
        offered = self.capabilities(effect.chat)
        missing = needs(effect) & ~offered.can
        if missing:
            raise Rejected(f"{type(effect).__name__} needs {missing}")
        text = str(getattr(effect, "text", ""))
        if len(text) > offered.text_limit:
            raise Rejected(f"{len(text)} characters are more than {offered.text_limit}")
        if isinstance(effect, Post | Whisper) and not (text.strip() or effect.attachment):
            raise Rejected("an empty message")
        if isinstance(effect, Poll) and not (
            2 <= len(effect.options) <= offered.poll_options
            and all(0 < len(o) <= offered.poll_option_length for o in effect.options)
            and 0 < len(effect.question) <= offered.poll_question_length
        ):
            raise Rejected("the poll is too long or too short")


_NEEDS: dict[type, Can] = {
    Poll: Can.POLLS,
    AskForm: Can.FORMS,
    OpenThread: Can.THREADS,
    React: Can.REACTIONS,
    GrantRole: Can.ROLES,
    Pin: Can.PINS,
}


def needs(effect: AnyEffect) -> Can:
    """What a chat has to offer for this effect."""
    needed = _NEEDS.get(type(effect), Can(0))
    if getattr(effect, "buttons", ()):
        needed |= Can.BUTTONS
    if getattr(effect, "menu", None):
        needed |= Can.MENUS
    attachment = getattr(effect, "attachment", None)
    if attachment and attachment.is_image:
        needed |= Can.IMAGES
    return needed
