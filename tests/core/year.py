"""A simulated time of many groups: people come, go, wish and link accounts, and systems ask for
their attention all the time. Consent is that of the program; what comes of it is written down."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from msgspec.structs import replace
from sqlalchemy import insert

from bot import claim, consent
from bot.effects import AnyEffect, Call, Floor, Post
from bot.ports import Can, Capabilities
from bot.refs import ChatRef, MemberRef
from bot.store import calls, groups, identities, members, outbox
from bot.store.database import Database, Tx
from bot.store.groups import Group
from bot.store.schema import roster
from bot.text import Text, mention
from tests.core.oracle import Fact

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("UTC", "America/New_York", "Asia/Tokyo")
_LINE = re.compile(r"»([^«]+)«")


class Year:
    """`facts` is the history; `refused` counts people whose name or ping fell away."""

    def __init__(self, seed: int, people: int, number_of_groups: int) -> None:
        self.rng = Random(seed)
        self.people = [MemberRef("abc"[n % 3], str(n)) for n in range(people)]
        self.wanted = self.people[: max(20, people // 20)]
        """Those whom everybody always wants to ask."""
        self.groups: list[Group] = []
        self.facts: list[Fact] = []
        self.refused = 0
        self._number = number_of_groups
        self._acts: list[Callable[[Tx, MemberRef, datetime], Any]] = [
            *(self._joins, self._leaves, self._never, self._takes_back, self._not_me),
            *(self._goes_away, self._comes_back, self._links, self._unlinks, self._sleeps),
            *(self._answers, self._answers, self._answers),
        ]

    async def pass_by(self, database: Database, days: int) -> None:
        """So many days, each in one transaction."""
        async with database.write() as tx:
            await self._settle(tx)
        for day in range(days):
            async with database.write() as tx:
                await self._day(tx, BEGIN + timedelta(days=day))

    async def _settle(self, tx: Tx) -> None:
        for number in range(self._number):
            made = await groups.create(tx, ChatRef("abc"[number % 3], f"g{number}"), BEGIN)
            await groups.change(tx, made.id, zone=ZONES[number % 3])
            found = await groups.by_id(tx, made.id)
            assert found is not None
            self.groups.append(found)
        homes = [(one, home) for one in self.people for home in self.rng.sample(self.groups, 2)]
        rows = [
            {"group_id": home.id, "member": str(one), "name": one.id, "is_bot": False}
            for one, home in homes
        ]
        await tx.execute(insert(roster), rows)
        self.facts += [("joined", (str(one), home.id)) for one, home in homes]

    async def _day(self, tx: Tx, day: datetime) -> None:
        effects = [self._effect(home) for home in self.groups for _ in range(2)]
        rows = [outbox.row_of(effect, "e", group, day) for effect, group in effects]
        numbers = await outbox.add(tx, rows)
        loaded = await outbox.load(tx, numbers)
        acts = [self.rng.choice(self._acts) for _ in range(4 + len(self.people) // 250)]
        todo: list[Any] = [*loaded, *acts]
        self.rng.shuffle(todo)
        moments = sorted(self.rng.random() for _ in todo)
        for what, part in zip(todo, moments, strict=True):
            at = day + timedelta(milliseconds=int(part * 86_399_000))
            await (what(tx, self._somebody(), at) if callable(what) else self._send(tx, what, at))
        await outbox.done(tx, numbers)

    def _somebody(self) -> MemberRef:
        return self.rng.choice(self.wanted if self.rng.random() < 0.6 else self.people)

    def _effect(self, home: Group) -> tuple[AnyEffect, int]:
        """A post with names, a plain ping by a feature, or a private question; and its group."""
        kind = self.rng.random()
        people = [self._somebody() for _ in range(self.rng.randint(1, 6))]
        text = Text.of("What do you think?")
        if kind < 0.6:
            lines = tuple(Call(one, Text.of(mention(one, one.id), f" »{one}«")) for one in people)
            name = f"prompt:{self.rng.random()}"
            pings = tuple(people[:1]) if kind < 0.1 else ()
            post = Post(chat=home.chat, text=text, name=name, floor=Floor(lines), pings=pings)
            return _of(post, "answers" if kind < 0.3 else "prompt"), home.id
        if kind < 0.85:
            return _of(Post(chat=home.chat, text=text, pings=tuple(people)), "answers"), home.id
        one = people[0]
        return _of(Post(chat=one.private_chat, text=text, pings=(one,)), "ambassadors"), 0

    async def _send(self, tx: Tx, row: Any, at: datetime) -> None:
        found = await claim.inspect(tx, row, at, lambda _: Capabilities(~Can(0)))
        if found.reason:
            self.refused += 1
            return
        if self.rng.random() < 0.05:  # the platform asks for time
            await claim.undo(tx, found)
            return
        assert isinstance(found.effect, Post)
        named = _LINE.findall(str(found.effect.text))
        self.refused += 6 - len(named)
        zone = next((home.zone for home in self.groups if home.id == row.group_id), "UTC")
        pinged = [str(one) for one in found.effect.pings]
        self.facts.append(("sent", (at, row.group_id, zone, row.feature, named, pinged)))

    async def _joins(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        home = self.rng.choice(self.groups).id
        await members.joined(tx, home, one, one.id, at, False)
        self.facts.append(("joined", (str(one), home)))

    async def _leaves(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        home = self.rng.choice(self.groups).id
        await members.left(tx, home, one, at)
        self.facts.append(("left", (str(one), home)))

    async def _never(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        await members.prefer(tx, one, no_pings=True)
        self.facts.append(("never", (str(one), True)))

    async def _takes_back(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        for account in await identities.of(tx, one):
            await members.prefer(tx, MemberRef.parse(account), no_pings=False)
        self.facts.append(("never", (str(one), False)))

    async def _not_me(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        what, until = self.rng.choice(("calls", "answers")), at + timedelta(days=30)
        await consent.rest(tx, one, what, until)
        self.facts.append(("rests", (str(one), what, until)))

    async def _goes_away(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        await self._comes_back(tx, one, at)
        until = at + timedelta(days=self.rng.randint(1, 40))
        await members.prefer(tx, one, away_until=until)
        self.facts.append(("away", (str(one), until)))

    async def _comes_back(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        for account in await identities.of(tx, one):
            await members.prefer(tx, MemberRef.parse(account), away_until=None)
        self.facts.append(("away", (str(one), None)))

    async def _links(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        other = self._somebody()
        if other != one:
            await identities.link(tx, one, other, at)
            self.facts.append(("linked", (str(one), str(other))))

    async def _unlinks(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        await identities.unlink(tx, one)
        self.facts.append(("unlinked", (str(one),)))

    async def _sleeps(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        start, end = self.rng.choice(((20, 9), (22, 8), (0, 7), (0, 0)))
        zone = self.rng.choice(ZONES)
        await members.prefer(tx, one, quiet_from=start, quiet_until=end, zone=zone)
        self.facts.append(("sleeps", (str(one), start, end, zone)))

    async def _answers(self, tx: Tx, one: MemberRef, at: datetime) -> None:
        theirs = await identities.of(tx, one)
        await calls.answered(tx, theirs, at, after=at - consent.BETWEEN_CALLS)
        self.facts.append(("answered", (str(one), at)))


def _of(post: Post, feature: str) -> Post:
    return replace(post, feature=feature)
