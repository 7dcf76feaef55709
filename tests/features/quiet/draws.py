"""Draws of the lot put straight into a store, and what people did after them."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select

from bot.events import Due, Event, MessagePosted, Reacted
from bot.features.quiet import occasions, outcomes
from bot.features.quiet.core import quiet
from bot.features.quiet.occasions import Occasion
from bot.features.quiet.tables import occasions as table
from bot.refs import ChatRef, MemberRef
from bot.store import groups
from bot.store.database import Database, Tx
from bot.store.groups import Group
from tests.core.house import NOON, House, house

POST = "prompt:1:2026-11-23"
DRAWN: dict[str, Any] = {
    "post": POST,
    "kind": "overdue",
    "why": "topic",
    "named": True,
    "chance": 0.5,
    "days_before": 3,
    "messages_before": 8,
    "at": NOON,
}


class Town:
    """One community with a group or two; Ann was drawn for a post at noon of the first day."""

    def __init__(self, house: House, group: Group) -> None:
        self.house, self.group = house, group
        self._told = 0

    @property
    def database(self) -> Database:
        """Its store."""
        return self.house.app.database

    async def draw(self, *people: str, **columns: Any) -> None:
        """Keeps a draw of these people."""
        place = {"community": self.group.community, "group_id": self.group.id}
        rows = [DRAWN | place | {"member": f"local:{person}"} | columns for person in people]
        async with self.database.write() as tx:
            await occasions.record(tx, rows)

    async def sister(self) -> Group:
        """Another group of the community."""
        async with self.database.write() as tx:
            made = await groups.create(tx, ChatRef("local", "sister"), NOON, title="Sister")
            await groups.join_community(tx, made.id, self.group.community)
        return made

    async def writes(
        self, person: str, after: timedelta, *, to: str = "", group: Group | None = None
    ) -> None:
        """A message so long after noon of the first day, perhaps in answer to somebody."""
        answered = {"reply_to": "x", "reply_to_member": MemberRef("local", to)} if to else {}
        await self._happens(MessagePosted, person, after, group, text="hi", **answered)

    async def reacts(self, person: str, after: timedelta) -> None:
        """A reaction to anything."""
        await self._happens(Reacted, person, after, None, emoji="👍")

    async def _happens(
        self,
        kind: Callable[..., Event],
        person: str,
        after: timedelta,
        group: Group | None,
        **more: Any,
    ) -> None:
        self._told += 1
        chat = (group or self.group).chat
        member = MemberRef("local", person)
        number = f"x{self._told}"
        event = kind(
            id=f"l:{number}", at=NOON + after, chat=chat, member=member, message=number, **more
        )
        self.house.app.engine.offer(event)
        await self.house.settle()

    async def judged(self, at: datetime | None = None, *, group: int = 0) -> None:
        """The moment comes (or comes late) when what followed is looked up."""
        due = outcomes.over_at(NOON)
        event = Due(
            id=f"due:{at}",
            at=at or due,
            chat=self.group.chat,
            key="k",
            kind="quiet.outcome",
            arg=str(group or self.group.id),
            due_at=due,
        )
        self.house.clock.set(max(self.house.clock.now(), event.at))
        self.house.app.engine.offer(event)
        await self.house.settle()

    async def drawn(self, person: str = "ann") -> Occasion | None:
        """What is kept of a draw."""
        async with self.database.read() as tx:
            found = await occasions.of_post(tx, self.group.id, POST)
        return next((one for one in found if one.member == f"local:{person}"), None)


@asynccontextmanager
async def town(url: str) -> AsyncIterator[Town]:
    """A town over a store, while the block runs."""
    async with house(url, lambda: [quiet]) as made:
        await made.settle()
        async with made.app.database.write() as tx:
            group = await groups.create(tx, made.chat, NOON, title="Friends")
        yield Town(made, group)


async def many(
    tx: Tx,
    group: Group,
    rates: dict[str, tuple[float, float]],
    count: int,
    start: datetime = NOON,
) -> None:
    """So many concluded draws of each kind, three to a post: `rates` are the probabilities of
    writing again for those who were named and for those who were left out."""
    rng = Random(7)
    number = int(await tx.scalar(select(func.count()).select_from(table)) or 0)
    rows = [
        _one(rng, group, kind, rates[kind], number + n, start)
        for n in range(count)
        for kind in rates
    ]
    await tx.execute(insert(table), rows)


def _one(
    rng: Random, group: Group, kind: str, rates: Sequence[float], n: int, start: datetime
) -> dict[str, Any]:
    named = rng.random() < 0.5
    spoke = rng.random() < rates[0 if named else 1]
    return DRAWN | {
        "community": group.community,
        "group_id": group.id,
        "post": f"prompt:{n // 3}",
        "member": f"local:p{n}-{kind}",
        "kind": kind,
        "named": named,
        "at": start + timedelta(hours=n),
        "messages_before": rng.randrange(20),
        "spoke": spoke,
        "tied": spoke and rng.random() < 0.2,
    }
