"""People with a past, put straight into a store: for tests of who is quiet and who is named."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from bot.features.quiet import settings
from bot.features.quiet.reasons import Kind
from bot.features.quiet.tables import outages, people
from bot.refs import MemberRef
from bot.store import activity, groups, members
from bot.store.activity import Act, Record
from bot.store.database import Database
from bot.store.groups import Group
from bot.store.schema import roster, to_ms
from tests.dialogue import Talk

DAY = timedelta(days=1)
WEEKLY = tuple(range(7, 200, 7))
"""Days ago: once a week for months, the last time a week ago."""


class Crowd:
    """The people of one group. `days_ago` are days before `now`, in any order."""

    def __init__(self, database: Database, group: Group, now: datetime) -> None:
        self.database, self.group, self.now = database, group, now
        self._acts = 0

    async def person(
        self,
        name: str,
        *,
        wrote: Iterable[float] = (),
        reacted: Iterable[float] = (),
        joined: float | None = None,
    ) -> str:
        """Somebody who wrote and reacted so many days ago; returns "platform:id"."""
        member = f"{self.group.platform}:{name.lower()}"
        records = [self._record(member, ago, Act.MESSAGE) for ago in wrote]
        records += [self._record(member, ago, Act.REACTION) for ago in reacted]
        joined_at = None if joined is None else self.now - joined * DAY
        async with self.database.write() as tx:
            row = {"group_id": self.group.id, "member": member, "name": name, "left_at": None}
            await tx.put(roster, row | {"is_bot": False, "joined_at": joined_at})
            if records:
                await activity.append(tx, records)
            await activity.fold(tx)
        return member

    def _record(self, member: str, ago: float, act: Act) -> Record:
        self._acts += 1
        event = f"past:{self.group.id}:{member}:{self._acts}:{self.now.timestamp()}"
        at = to_ms(self.now - ago * DAY)
        return (event, act, self.group.id, self.group.room, member, at, None, event)

    async def acts(self, member: str, *, ago: float = 0.0, act: Act = Act.MESSAGE) -> None:
        """Somebody who is there already does something."""
        async with self.database.write() as tx:
            await activity.append(tx, [self._record(member, ago, act)])
            await activity.fold(tx)

    async def quiet(self, name: str, kind: Kind, *, since: float = 60, draw: float = 0.5) -> str:
        """Somebody who is known to be quiet in this way, without a past."""
        member = f"{self.group.platform}:{name.lower()}"
        row = {"group_id": self.group.id, "member": member}
        named = {"name": name, "left_at": None, "is_bot": False}
        began = self.now - since * DAY
        async with self.database.write() as tx:
            await tx.put(roster, row | named)
            found = {"kind": kind, "since": began, "due_at": began + 365 * DAY, "draw": draw}
            await tx.put(people, row | found)
        return member

    async def was_blind(self, since: float, until: float) -> None:
        """The bot saw nothing between so many days ago."""
        span = {"since": self.now - since * DAY, "until": self.now - until * DAY}
        async with self.database.write() as tx:
            await tx.execute(insert(outages).values(group_id=self.group.id, **span))

    async def reviewed(self) -> None:
        """The group counts as looked at up to now."""
        async with self.database.write() as tx:
            await settings.change(tx, self.group.id, reviewed_at=self.now)

    async def left(self, member: str) -> None:
        """Somebody went away without the bot's being told."""
        async with self.database.write() as tx:
            await members.left(tx, self.group.id, MemberRef.parse(member), self.now)

    async def kinds(self) -> dict[str, Kind]:
        """Everybody who is quiet, as the table says."""
        async with self.database.read() as tx:
            where = (people.c.group_id == self.group.id, people.c.kind != "")
            chosen = select(people.c.member, people.c.kind).where(*where)
            return {row.member: Kind(row.kind) for row in await tx.all(chosen)}


async def crowd(talk: Talk) -> Crowd:
    """The people of the only group of a dialogue, which is made ready."""
    async with talk.app.database.write() as tx:
        (group,) = await groups.active(tx)
        await groups.change(tx, group.id, ready=True)
    return Crowd(talk.app.database, group, talk.clock.now())
