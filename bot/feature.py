"""How a feature says what it listens to. Declared once; the engine routes by it.

A feature named "prompt" owns the choices, forms and posts whose names begin with "prompt.",
"prompt." and "prompt:"; nobody else hears of them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.commands import Choice, Command
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import Event, MessagePosted
from bot.refs import MemberRef
from bot.store.database import Tx

Outcome = Sequence[AnyEffect | Event] | None
Follows = list[AnyEffect | Event]
"""What a handler gives that always gives a list, and what its parts give."""
Handler = Callable[..., Awaitable[Outcome]]
Completer = Callable[[Context, str], Awaitable[Sequence[Choice]]]
Keeper = Callable[[Tx, MemberRef], Awaitable[Mapping[str, Any]]]
Forgetter = Callable[[Tx, MemberRef], Awaitable[None]]
RoomLister = Callable[[Tx, int], Awaitable[Sequence[str]]]
H = TypeVar("H", bound=Handler)
C = TypeVar("C", bound=Completer)
K = TypeVar("K", bound=Keeper)
F = TypeVar("F", bound=Forgetter)
R = TypeVar("R", bound=RoomLister)


class Ear(Protocol):
    """What a feature remembers, in memory, of the ordinary messages that pass.

    There is one for each running program. Nothing of it is stored.
    """

    def hears(self, event: MessagePosted) -> bool:
        """Notes a message, each once and in order; whether the feature's handler wants it.

        The hot path: no statement, no waiting.
        """

    async def wakes(self, tx: Tx, now: datetime) -> None:
        """Takes up what the store knows, when the program starts."""


class Feature:
    """A system of Convive: its commands and its handlers.

    Every handler takes `(ctx, event)` and returns effects, and events that follow at once
    from this one. It may run twice if the first run is undone, so it must change nothing but
    the transaction and what the context collects.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.commands: dict[str, Command] = {}
        self.handlers: dict[tuple[str, str], Handler] = {}
        self.completers: dict[tuple[str, str], Completer] = {}
        self.listeners: list[tuple[type[Event], Handler]] = []
        self.ear: Callable[[], Ear] | None = None
        self.overheard: Handler | None = None
        self.keepers: list[Keeper] = []
        self.forgetters: list[Forgetter] = []
        self.room_listers: list[RoomLister] = []

    def command(self, command: Command) -> Callable[[H], H]:
        """The handler of a command; its event has checked arguments."""
        self.commands[command.path] = command
        return self._handler("command", command.path)

    def completes(self, path: str, param: str) -> Callable[[C], C]:
        """Suggestions for an argument: `(ctx, typed)`; the context can only read."""

        def register(completer: C) -> C:
            self.completers[path, param] = completer
            return completer

        return register

    def choice(self, what: str, *, moderator: bool = False) -> Callable[[H], H]:
        """Handles `ChoiceMade` with an id "<feature>.<what>[:<arg>]".

        `moderator`: others who press it are told that it is not for them.
        """
        return self._handler("choice", f"{self.name}.{what}", moderator=moderator)

    def form(self, what: str, *, moderator: bool = False) -> Callable[[H], H]:
        """Handles `FormSubmitted` of the form "<feature>.<what>"."""
        return self._handler("form", f"{self.name}.{what}", moderator=moderator)

    def due(self, kind: str) -> Callable[[H], H]:
        """Handles `Due` events that this feature armed."""
        return self._handler("due", f"{self.name}.{kind}")

    def opened(self, payload: str) -> Callable[[H], H]:
        """Handles `Opened` with a payload "<feature>-<payload>[-<arg>]"."""
        return self._handler("opened", f"{self.name}-{payload}")

    def heard(self, handler: H) -> H:
        """Handles what people do to this feature's listening posts: replies, messages in its
        threads, reactions and votes. `ctx.post` is the post's name."""
        return self._handler("heard", self.name)(handler)

    def undelivered(self, handler: H) -> H:
        """Handles `Undelivered` of an effect of this feature."""
        return self._handler("undelivered", self.name)(handler)

    def remembers(self, handler: H) -> H:
        """Handles `HistoryRead`, the answer to `ctx.read_history`."""
        return self._handler("history", self.name)(handler)

    def unclaimed(self, kind: str) -> Callable[[H], H]:
        """Handles the "choice" or "opened" events that no feature claims."""
        return self._handler(kind, "")

    def keeps(self, keeper: K) -> K:
        """Tells what is kept about somebody: `(tx, member)` gives values for JSON under labels
        (English source strings), empty ones left out."""
        self.keepers.append(keeper)
        return keeper

    def forgets(self, forgetter: F) -> F:
        """Deletes what is kept about somebody, in every group: `(tx, member)`."""
        self.forgetters.append(forgetter)
        return forgetter

    def uses_rooms(self, lister: R) -> R:
        """Tells in which rooms of a group the feature posts by itself: `(tx, group number)`."""
        self.room_listers.append(lister)
        return lister

    def on(self, kind: type[Event]) -> Callable[[H], H]:
        """Hears every event of a kind. For messages use `overhears`."""

        def register(handler: H) -> H:
            self.listeners.append((kind, handler))
            return handler

        return register

    def overhears(self, ear: Callable[[], Ear]) -> Callable[[H], H]:
        """Hears the messages that its ear wants; the handler finds the ear in `ctx.ear`."""

        def register(handler: H) -> H:
            self.ear, self.overheard = ear, handler
            return handler

        return register

    def _handler(self, kind: str, key: str, *, moderator: bool = False) -> Callable[[H], H]:
        def register(handler: H) -> H:
            if (kind, key) in self.handlers:
                raise ValueError(f"two handlers for {kind} {key}")
            self.handlers[kind, key] = _for_moderators(handler) if moderator else handler
            return handler

        return register


def _for_moderators(handler: Handler) -> Handler:
    async def guarded(ctx: Context, event: Event) -> Outcome:
        if ctx.group is None:
            return [ctx.whisper(ctx.own.say("This works in the group, not here."))]
        if ctx.is_moderator:
            return await handler(ctx, event)
        return [ctx.whisper(ctx.own.say("Only moderators of this group can do that."))]

    return guarded


def answer_key(choice: str) -> tuple[str, str]:
    """Splits "<feature>.<what>:<arg>" into the key and the argument."""
    key, _, arg = choice.partition(":")
    return key, arg


AnyHandler = Callable[[Context, Any], Awaitable[Outcome]]
