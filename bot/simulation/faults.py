"""What goes wrong in a simulation, drawn from a seed: the program dies at a statement, at a commit
or around a send; the platform refuses for a while or loses its answer; events come twice and in
another order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import Executable

from adapters.local import LocalAdapter, World
from bot.effects import AnyEffect
from bot.events import AnyEvent, ChatMoved, MessageDeleted, MessageEdited
from bot.ports import Can, InDoubt, Limits, TryLater
from bot.store.database import Database, Tx


class Crash(BaseException):
    """The program is gone: nobody catches this, and nothing works any more."""


class Fuse:
    """Burns a little with whatever the program does; when it is through, the program is gone."""

    def __init__(self) -> None:
        self._left: int | None = None
        self.blown = False

    def light(self, length: int) -> None:
        """So many more operations will succeed."""
        self._left, self.blown = length, False

    def replace(self) -> None:
        """Nothing happens for now."""
        self._left, self.blown = None, False

    def burn(self) -> None:
        """One operation; raises Crash at the end of the fuse and ever after."""
        if self._left is not None and not self.blown:
            self._left -= 1
            self.blown = self._left < 0
        if self.blown:
            raise Crash


class FragileTx(Tx):
    """A transaction whose statements burn the fuse."""

    def __init__(self, tx: Tx, fuse: Fuse) -> None:
        super().__init__(tx.connection)
        self._fuse = fuse

    async def execute(self, statement: Executable, values: Any = None) -> Any:
        """Runs a statement, if the program still lives."""
        self._fuse.burn()
        return await super().execute(statement, values)

    async def all(self, statement: Executable) -> Any:
        """Every row, if the program still lives."""
        self._fuse.burn()
        return await super().all(statement)


class FragileDatabase(Database):
    """A store under which the program may die: at a statement, before a commit or after it."""

    def __init__(self, inner: Database, fuse: Fuse) -> None:
        super().__init__(inner.store)
        self._fuse = fuse

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """A transaction; what dies inside is undone, what dies after the commit stays."""
        self._fuse.burn()
        async with super().write() as tx:
            yield FragileTx(tx, self._fuse)
            self._fuse.burn()
        self._fuse.burn()


class Weather:
    """How often the platform fails, and how; `calm` ends all of it."""

    def __init__(self, rng: Random, fuse: Fuse) -> None:
        self._rng, self._fuse = rng, fuse
        self.rate = 0.0

    def __call__(self, effect: AnyEffect, token: str, done: bool) -> Exception | None:
        self._fuse.burn()
        if self._rng.random() >= self.rate:
            return None
        if done:
            return InDoubt("the answer was lost")
        if self._rng.random() < 0.5:
            return TryLater(timedelta(seconds=self._rng.uniform(1, 90)))
        return InDoubt("the request was lost")


class UnsteadyAdapter(LocalAdapter):
    """Hands events over twice or in another order, as platforms do.

    What is said of a message stays behind it, and a group's move before what happens at its new
    address: nobody could make sense of the reverse.
    """

    limits = Limits(per_second=1_000_000)
    """No pace: it follows the machine's clock, which would make runs differ."""

    def __init__(self, world: World, can: Can, weather: Weather, rng: Random) -> None:
        super().__init__(world, can=can, faults=weather)
        self._rng, self._past, self._held = rng, list[AnyEvent](), list[AnyEvent]()
        self.jumble = 0.0

    def _hear(self, event: AnyEvent) -> None:
        self._past.append(event)
        if isinstance(event, MessageEdited | MessageDeleted | ChatMoved):
            self._let_go()
        if self._rng.random() < self.jumble:
            super()._hear(self._rng.choice(self._past))
        if not isinstance(event, ChatMoved) and self._rng.random() < self.jumble:
            self._held.append(event)
            asyncio.get_running_loop().call_soon(self._let_go)
        else:
            super()._hear(event)

    def _let_go(self) -> None:
        held, self._held = self._held, []
        for event in held:
            super()._hear(event)
