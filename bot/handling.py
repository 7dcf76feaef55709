"""One event through the features, inside the batch's transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from bot import aside, command_line, membership, steps
from bot.commands import Choice
from bot.context import Context
from bot.effects import AnyEffect, AskForm, Effect, Post, Whisper
from bot.events import (
    Answerable,
    ChoiceMade,
    CommandGiven,
    Event,
    FormSubmitted,
    FromMember,
    MessagePosted,
)
from bot.fallback import fallback
from bot.feature import AnyHandler, Feature
from bot.follow_ups import FloorGiven
from bot.interests import Interests
from bot.outside import Surroundings
from bot.ports import Can, Capabilities
from bot.refs import ChatRef, MemberRef
from bot.router import Router
from bot.store import members
from bot.store.database import Tx
from bot.store.groups import Group

DEPTH = 4
"""Events that follow from events that follow …: deeper is a loop."""


@dataclass
class Outcome:
    """What one event leads to, once the transaction is committed."""

    event: Event
    group: int = 0
    effects: list[AnyEffect] = field(default_factory=list)
    armed: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    forgotten: list[MemberRef] = field(default_factory=list)
    touched_group: bool = False


class Handling:
    """Runs the handlers that an event concerns and collects what they want."""

    def __init__(
        self,
        router: Router,
        interests: Interests,
        capabilities: Callable[[ChatRef], Capabilities],
        around: Surroundings,
    ) -> None:
        self.router = router
        self.around = around
        self.interests = interests
        self.capabilities = capabilities

    async def handle(self, tx: Tx, event: Event, group: Group | None) -> Outcome:
        """Everything that follows from an event, events that follow from it included."""
        if group is None:
            event, group = await aside.brought_back(tx, event)
        outcome = Outcome(event)
        ctx = self._context(tx, event, group)
        ctx.armed, ctx.after_commit = outcome.armed, outcome.after_commit
        ctx.forgotten = outcome.forgotten
        ctx.language = await _language(tx, event, group)
        ctx.post = self.interests.post_of(event)
        await membership.note(ctx, self.interests)
        await self._follow(ctx, event, outcome, DEPTH)
        for name, message, until, is_thread in ctx.followed:
            # At once: the next event of the batch may be about it. If the batch is undone, a name
            # without a post is listened for, which no handler knows.
            self.interests.listen(name, message.chat, message.id, until, is_thread=is_thread)
        outcome.group = ctx.group.id if ctx.group else 0
        outcome.touched_group = ctx.group is not group
        return outcome

    async def sorry(self, tx: Tx, event: Event, group: Group | None) -> Outcome:
        """What to tell the person whose command or press could not be handled."""
        outcome = Outcome(event, group.id if group else 0)
        if isinstance(event, Answerable):
            ctx = self._context(tx, event, group)
            ctx.language = await _language(tx, event, group)
            text = ctx.own.say(
                "Sorry, that went wrong on my side. Please try again; if it stays so, tell whoever "
                "runs this bot to look at the log."
            )
            await self._add(ctx, "core", ctx.whisper(text), outcome)
        return outcome

    async def complete(
        self, tx: Tx, event: CommandGiven, group: Group | None, param: str, typed: str
    ) -> Sequence[Choice]:
        """Suggestions for an argument, or none."""
        completer = self.router.completer(event.path, param)
        command = self.router.commands.get(event.path)
        if completer is None or command is None or (command.moderator and not event.moderator):
            return []
        ctx = self._context(tx, event, group)
        ctx.language = await _language(tx, event, group)
        ctx.feature = self.router.owners[event.path].name
        return list(await completer(ctx, typed))[:25]

    def _context(self, tx: Tx, event: Event, group: Group | None) -> Context:
        return Context(
            tx,
            event,
            group,
            self.capabilities,
            self.router.commands,
            self.around,
            self.router.ears,
        )

    async def _follow(self, ctx: Context, event: Event, outcome: Outcome, depth: int) -> None:
        if depth == 0:
            raise RecursionError(f"{event.id} leads to itself")
        ctx.event = event
        for feature, wants in await self._wanted(ctx, event):
            if isinstance(wants, FloorGiven):
                self._give_floor(outcome, wants)
            elif isinstance(wants, Event):
                await self._follow(ctx, wants, outcome, depth - 1)
                ctx.event = event
            elif isinstance(wants, AskForm) and Can.FORMS not in self.capabilities(wants.chat).can:
                for question in await steps.begin(ctx, wants, self.interests):
                    await self._add(ctx, feature, question, outcome)
            else:
                await self._add(ctx, feature, wants, outcome)

    async def _wanted(self, ctx: Context, event: Event) -> list[tuple[str, AnyEffect | Event]]:
        core = await self._by_core(ctx, event)
        if core is not None:
            return [("core", wants) for wants in core]
        if isinstance(event, CommandGiven):
            checked = command_line.checked(ctx, event)
            if not isinstance(checked, CommandGiven):
                return [("core", wants) for wants in checked]
            ctx.event = checked
            found = self.router.command(checked.path)
            return await self._run(ctx, *found) if found else []
        wanted = []
        for feature, handler in self.router.handlers(event, ctx.post):
            wanted += await self._run(ctx, feature, handler)
        return wanted

    async def _by_core(self, ctx: Context, event: Event) -> Sequence[AnyEffect | Event] | None:
        asked = isinstance(event, MessagePosted) and self.interests.is_asked(event)
        pressed = isinstance(event, ChoiceMade) and event.choice in (steps.CANCEL, steps.SKIP)
        if asked or pressed:
            return await steps.answer(ctx, event, self.interests)  # type: ignore[arg-type]  # both tests above name the type
        if isinstance(event, FormSubmitted) and event.form == command_line.FORM:
            return [command_line.resumed(event)]
        typed = isinstance(event, CommandGiven) and command_line.chosen(event)
        if typed and Can.BUTTONS not in self.capabilities(event.chat).can:
            return [typed]
        return None

    async def _run(
        self, ctx: Context, feature: Feature, handler: AnyHandler
    ) -> list[tuple[str, AnyEffect | Event]]:
        ctx.feature = feature.name
        return [(feature.name, wants) for wants in await handler(ctx, ctx.event) or ()]

    async def _add(self, ctx: Context, feature: str, wants: AnyEffect, outcome: Outcome) -> None:
        owned = msgspec.structs.replace(wants, feature=feature)
        able = self.capabilities(owned.chat)
        private = _may_leave(owned, able) and await _may_write_to(ctx.tx, owned)
        invitation = ctx.own.plain("That is for you alone: open our conversation and ask me there.")
        possible = fallback(owned, able, private, invitation)
        outcome.effects += [
            aside.remembered(ctx, effect, number)
            for number, effect in enumerate(possible, len(outcome.effects))
        ]

    def _give_floor(self, outcome: Outcome, given: FloorGiven) -> None:
        """Puts the names into the post that this event led to, which may now need more room."""
        for place, effect in enumerate(outcome.effects):
            if isinstance(effect, Post) and effect.name == given.name:
                named = msgspec.structs.replace(effect, floor=given.floor)
                outcome.effects[place : place + 1] = fallback(named, self.capabilities(named.chat))
                return


def _may_leave(effect: Effect, able: Capabilities) -> bool:
    """Whether this may have to move into a private conversation; most answers can be given to
    one person's eyes where they are."""
    here = Can.EPHEMERAL in able.can and bool(getattr(effect, "answering", ""))
    return isinstance(effect, Whisper) and not here


async def _may_write_to(tx: Tx, effect: Effect) -> bool:
    to = getattr(effect, "to", None)
    if not isinstance(to, MemberRef):
        return False
    preference = await members.preference(tx, to)
    return bool(preference and preference.dm_agreed)


async def _language(tx: Tx, event: Event, group: Group | None) -> str:
    if isinstance(event, FromMember) and isinstance(event, Answerable | MessagePosted):
        preference = await members.preference(tx, event.member)
        if preference and preference.language:
            return str(preference.language)
    if group is not None:
        return group.language
    return event.language if isinstance(event, Answerable) else ""
