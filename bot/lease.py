"""Who sends for a platform, where several processes share one PostgreSQL.

A lease names its owner until a moment. It is renewed long before that; whoever finds it expired
takes it and raises its fence, so that a process which slept through the change is told from the
present owner. All moments are the database's own, because clocks of machines differ.
"""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from sqlalchemy import BigInteger, ColumnElement, case, cast, func, or_, select, type_coerce

from bot.store.database import Database, Tx
from bot.store.faults import is_store_fault
from bot.store.schema import Moment, leases

log = structlog.get_logger(__name__)
TTL = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=10)


class Lease:
    """The right to send for one platform, of this object alone."""

    def __init__(
        self,
        database: Database,
        name: str,
        *,
        ttl: timedelta = TTL,
        every: timedelta | None = None,
    ) -> None:
        self._database = database
        self.name = name
        self.owner = uuid4().hex
        self.fence: int | None = None
        self._ttl, self._every = ttl, every or RENEW_EVERY

    async def taken(self) -> None:
        """Returns once it is ours."""
        while not await self._patiently():  # noqa: ASYNC110 - another process ends the waiting
            await asyncio.sleep(self._every.total_seconds())
        log.info("lease_taken", name=self.name, fence=self.fence)

    async def lost(self) -> None:
        """Keeps it, and returns when another process has it."""
        while True:
            await asyncio.sleep(self._every.total_seconds())
            if not await self._patiently():
                log.warning("lease_lost", name=self.name)
                return

    async def may_send(self, tx: Tx) -> bool:
        """Whether it is still ours; nobody can take it before this transaction ends."""
        where = (
            leases.c.name == self.name,
            leases.c.owner == self.owner,
            leases.c.fence == self.fence,
            leases.c.until > _now(),
        )
        return (
            await tx.first(select(leases.c.fence).where(*where).with_for_update(read=True))
            is not None
        )

    async def take(self) -> bool:
        """Takes or renews it; False if another process has it."""
        until = type_coerce(_ms() + int(self._ttl.total_seconds() * 1000), Moment())
        values = {"name": self.name, "owner": self.owner, "fence": 1, "until": until}
        async with self._database.write() as tx:
            statement = tx.insert(leases).values(**values)
            ours = leases.c.owner == statement.excluded.owner
            statement = statement.on_conflict_do_update(
                index_elements=["name"],
                set_={
                    "owner": statement.excluded.owner,
                    "fence": leases.c.fence + case((ours, 0), else_=1),
                    "until": statement.excluded.until,
                },
                where=or_(ours, leases.c.until <= _now()),
            )
            row = await tx.first(statement.returning(leases.c.fence))
        self.fence = int(row.fence) if row else None
        return row is not None

    async def release(self) -> None:
        """Lets another process have it at once."""
        if self.fence is None:
            return
        ours = (leases.c.name == self.name, leases.c.owner == self.owner)
        async with self._database.write() as tx:
            await tx.execute(
                leases.update().where(*ours).values(until=type_coerce(_ms() - 1, Moment()))
            )
        self.fence = None

    async def _patiently(self) -> bool:
        """`take`, over a store in trouble: may_send refuses meanwhile, so that waiting is safe."""
        while True:
            try:
                return await self.take()
            except Exception as error:
                if not is_store_fault(error):
                    raise
                log.error("store_in_trouble", error=str(getattr(error, "orig", error)))
                await asyncio.sleep(min(1.0, self._every.total_seconds()))


def _ms() -> ColumnElement[int]:
    return cast(func.extract("epoch", func.clock_timestamp()) * 1000, BigInteger)


def _now() -> ColumnElement[datetime]:
    return type_coerce(_ms(), Moment())
