"""Interactions that somebody waits on, and how each may still be answered.

Discord wants a first response within 3 seconds; a form can only be that first response. So the
first answer goes out as the response itself, and whoever has had none after `PATIENCE` sees
"thinking" instead, which buys 15 minutes. All that a later answer needs is in the handle, so it
finds its way after a restart too.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

import aiohttp
import discord
from discord.http import MultipartParameters
from discord.webhook.async_ import async_context

from adapters.discord.errors import ALREADY_ACKNOWLEDGED, TOKEN_GONE, UNKNOWN_INTERACTION
from adapters.discord.payloads import moment

Json = dict[str, Any]
PATIENCE = 1.5
"""Seconds. Half of what Discord gives, because the way there and back is part of it."""
SILENCE = 20.0
"""Seconds after which "thinking" is taken away: whatever was asked for had no words to it."""
TOKEN_LIFE = timedelta(minutes=14, seconds=45)
EPHEMERAL = 1 << 6
MESSAGE, THINKING, UPDATE_LATER, UPDATE, COMPLETE, FORM = 4, 5, 6, 7, 8, 9


class Expired(Exception):
    """Too late for this interaction; nothing was sent."""


class State(Enum):
    """How far an interaction has been answered."""

    FRESH = auto()
    UNKNOWN = auto()
    """Of an earlier run of the program."""
    WAITING = auto()
    """The person sees "thinking", for their eyes only."""
    ANSWERED = auto()


@dataclass
class Pending:
    """One interaction. `source` is the message pressed on, `private` if only they see it.

    `after_form`: a form was sent, which no other form can follow.
    """

    id: str
    token: str
    source: str = ""
    private: bool = False
    after_form: bool = False
    locale: str = ""
    state: State = State.FRESH
    tried: bool = False
    timer: asyncio.TimerHandle | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def handle(self) -> str:
        """What goes through the core and the store."""
        flags = ("p" if self.private else "") + ("f" if self.after_form else "")
        return f"{self.id}:{self.source}:{flags}:{self.token}"

    @classmethod
    def parse(cls, handle: str) -> "Pending":
        number, source, flags, token = handle.split(":", 3)
        return cls(number, token, source, "p" in flags, "f" in flags, state=State.UNKNOWN)


class Answers:
    """The open interactions of this run."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pending: dict[str, Pending] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.client: discord.Client | None = None

    def opened(self, pending: Pending) -> str:
        """Watches over a new interaction; returns its handle."""
        self._forget_old()
        self._pending[pending.handle] = pending
        pending.timer = self._later(PATIENCE, self._defer, pending)
        return pending.handle

    def find(self, handle: str) -> Pending:
        """The interaction behind a handle. Raises Expired when its 15 minutes are over."""
        pending = self._pending.get(handle) or Pending.parse(handle)
        if self._clock() - moment(pending.id) > TOKEN_LIFE:
            raise Expired
        return self._pending.setdefault(handle, pending)

    async def announce(self, pending: Pending, body: Json, files: list[discord.File]) -> str | None:
        """Answers so that all see it; None when that is only possible as an ordinary message."""
        async with pending.turn:
            receipt = await self._first(pending, MESSAGE, body, files)
            return None if receipt is None else await self._id(pending, receipt)

    async def say(self, pending: Pending, body: Json, files: list[discord.File]) -> str:
        """Answers for the person's eyes only; returns the id of the message.

        The first answer is the response, or takes the place of "thinking"; more may follow.
        """
        body = {**body, "flags": EPHEMERAL}
        async with pending.turn:
            receipt = await self._first(pending, MESSAGE, body, files)
            if receipt is not None:
                return await self._id(pending, receipt)
            if pending.state is State.WAITING:
                pending.state = State.ANSWERED
                return str((await self._edit_original(pending, body, files))["id"])
            return str((await self._follow_up(pending, body, files))["id"])

    async def replace(self, pending: Pending, body: Json) -> None:
        """Gives the message that was pressed on a new content."""
        async with pending.turn:
            if await self._first(pending, UPDATE, body, []) is None:
                await self._edit_original(pending, body, [])

    async def ask(self, pending: Pending, form: Json) -> bool:
        """Opens a form. False when it can't be the first response any more."""
        if pending.after_form:
            return False
        async with pending.turn:
            return await self._first(pending, FORM, form, []) is not None

    async def settle(self, pending: Pending) -> None:
        """Nothing more is to be said here: no "thinking" stays behind."""
        async with pending.turn:
            if pending.state is State.WAITING and not pending.source:
                pending.state = State.ANSWERED
                await self._webhook("delete_original_interaction_response", pending)
            elif pending.source:
                await self._first(pending, UPDATE_LATER, None, [])

    async def complete(self, number: str, token: str, choices: list[Json]) -> None:
        """Answers somebody who is typing an argument."""
        await self._respond(Pending(number, token), COMPLETE, {"choices": choices}, [])

    def pressed_on(self, message: str) -> list[Pending]:
        """Who pressed something on this message and has not been answered."""
        return [
            pending
            for pending in self._pending.values()
            if pending.source == message and pending.state is State.FRESH
        ]

    def stop(self) -> None:
        """Leaves everybody as they are: the connection ends."""
        for pending in self._pending.values():
            if pending.timer is not None:
                pending.timer.cancel()
        for task in self._tasks:
            task.cancel()

    # -- how it is done

    def _later(
        self, seconds: float, what: Callable[[Pending], Coroutine[Any, Any, None]], who: Pending
    ) -> asyncio.TimerHandle:
        loop = asyncio.get_running_loop()

        def start() -> None:
            task = loop.create_task(self._quietly(what, who))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        return loop.call_later(seconds, start)

    async def _quietly(
        self, acknowledge: Callable[[Pending], Coroutine[Any, Any, None]], who: Pending
    ) -> None:
        """What only acknowledges has nobody to complain to."""
        with suppress(discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError, Expired):
            await acknowledge(who)

    async def _defer(self, pending: Pending) -> None:
        async with pending.turn:
            if pending.source:
                await self._first(pending, UPDATE_LATER, None, [])
            elif await self._first(pending, THINKING, {"flags": EPHEMERAL}, []) is not None:
                pending.state = State.WAITING
                pending.timer = self._later(SILENCE, self.settle, pending)

    async def _first(
        self, pending: Pending, kind: int, data: Json | None, files: list[discord.File]
    ) -> Json | None:
        """The response itself; None when there has been one. Raises Expired after 3 seconds."""
        if pending.timer is not None:
            pending.timer.cancel()
        if pending.state not in (State.FRESH, State.UNKNOWN):
            return None
        again, pending.tried = pending.tried, True
        try:
            receipt = await self._respond(pending, kind, data, files)
        except discord.HTTPException as error:
            if error.code == UNKNOWN_INTERACTION:
                raise Expired from error
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            # either the answer to our own first try was lost, or it was answered in an earlier run
            pending.state = State.ANSWERED
            return {} if again else None
        pending.state = State.ANSWERED
        return receipt

    async def _respond(
        self, pending: Pending, kind: int, data: Json | None, files: list[discord.File]
    ) -> Json:
        client = self._connected()
        body: Json = {"type": kind} if data is None else {"type": kind, "data": data}
        receipt: Any = await async_context.get().create_interaction_response(
            int(pending.id),
            pending.token,
            session=client.http._HTTPClient__session,  # type: ignore[attr-defined]  # the only way in
            params=with_files(body, files),
        )
        return receipt if isinstance(receipt, dict) else {}

    async def _id(self, pending: Pending, receipt: Json) -> str:
        message = receipt.get("resource", {}).get("message")
        if message is not None:
            return str(message["id"])
        original = await self._webhook("get_original_interaction_response", pending)
        return str(original["id"])

    async def _edit_original(self, pending: Pending, body: Json, files: list[discord.File]) -> Any:
        # whether it is private was decided when it was first shown
        body = {name: value for name, value in body.items() if name != "flags"}
        return await self._webhook(
            "edit_original_interaction_response", pending, **with_files(body, files)._asdict()
        )

    async def _follow_up(self, pending: Pending, body: Json, files: list[discord.File]) -> Any:
        parts = with_files(body, files)._asdict()
        return await self._webhook("execute_webhook", pending, **parts, wait=True)

    async def _webhook(self, name: str, pending: Pending, **more: Any) -> Any:
        client = self._connected()
        request = getattr(async_context.get(), name)
        session = client.http._HTTPClient__session  # type: ignore[attr-defined]  # the only way in
        try:
            return await request(client.application_id, pending.token, session=session, **more)
        except discord.HTTPException as error:
            if error.code in TOKEN_GONE:
                raise Expired from error
            raise

    def _connected(self) -> discord.Client:
        if self.client is None:
            raise Expired
        return self.client

    def _forget_old(self) -> None:
        now = self._clock()
        for handle, pending in list(self._pending.items()):
            if now - moment(pending.id) <= TOKEN_LIFE:
                break
            del self._pending[handle]


def with_files(body: Json, files: list[discord.File]) -> MultipartParameters:
    """A request's body in the library's form, with the files that it names."""
    if not files:
        return MultipartParameters(payload=body, multipart=None, files=None)
    parts: list[Json] = [{"name": "payload_json", "value": discord.utils._to_json(body)}]
    for index, file in enumerate(files):
        parts.append(
            {
                "name": f"files[{index}]",
                "value": file.fp,
                "filename": file.filename,
                "content_type": "application/octet-stream",
            }
        )
    return MultipartParameters(payload=None, multipart=parts, files=files)
