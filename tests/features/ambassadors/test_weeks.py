"""Weeks of a group whose ambassadors do as they please: the rules of consent hold throughout."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import select

from bot.features.ambassadors.ask_records import Ask
from bot.features.ambassadors.rules import OPEN, REST
from bot.store.database import Database
from bot.store.schema import pings
from tests.dialogue import Actor, Talk
from tests.features.ambassadors.library import ambassadors, asked, joined, moderator, planned
from tests.stages import STAGES
from tests.stages.base import Line

NAMES = ("Ben", "Cleo", "Dan", "Eva", "Fay")
DAYS = 25


class Whims:
    """What ambassadors do, and when they said that they want no more of it."""

    def __init__(self, talk: Talk, seed: int, people: list[Actor]) -> None:
        self.talk, self.people = talk, people
        self.rng = Random(seed)
        self.done: set[str] = set()
        self.off: dict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)

    async def lives(self) -> None:
        """Half a day in which everybody does something or nothing."""
        await self.talk.later(hours=self.rng.choice([7, 11, 13]))
        for person in self.people:
            for line in self._asked(person):
                if self.rng.random() < 0.8:
                    await self._answers(person, line)
            if self.rng.random() < 0.1:
                await self._changes_mind(person)

    def _asked(self, person: Actor) -> list[Line]:
        lines = [n for n in self.talk.stage.lines() if n.only_for == person.name]
        return [n for n in lines if "Not now" in n.buttons and n.id not in self.done]

    async def _answers(self, person: Actor, line: Line) -> None:
        self.done.add(line.id)
        label = self.rng.choice(["Yes, I'll begin", "Not now", "Not now", "Stop asking me"])
        await person.presses(line, label)
        if label == "Stop asking me":
            self._stops(person)

    async def _changes_mind(self, person: Actor) -> None:
        if self._is_off(person):
            await person.says("/ambassador join")
            await person.says("/pings sometimes")
            since, _ = self.off[person.name][-1]
            self.off[person.name][-1] = (since, self.talk.clock.now())
        else:
            await person.says(self.rng.choice(["/ambassador leave", "/pings never"]))
            self._stops(person)

    def _is_off(self, person: Actor) -> bool:
        return bool(self.off[person.name]) and self.off[person.name][-1][1] is None

    def _stops(self, person: Actor) -> None:
        if not self._is_off(person):
            self.off[person.name].append((self.talk.clock.now(), None))


@pytest.fixture
async def alone(open_store: Callable[[], Database]) -> Talk:
    return Talk(STAGES["local"](), open_store)


async def life(talk: Talk, seed: int) -> tuple[Whims, list[Ask]]:
    """Everybody lives for some weeks; returns what was asked of whom."""
    await talk.begin()
    ann = await moderator(talk)
    people = [await talk.person(name) for name in NAMES]
    await joined(talk, *people)
    await planned(talk, ann)
    await planned(talk, ann, "every day at 20:00")
    whims = Whims(talk, seed, people)
    until = talk.clock.now() + timedelta(days=DAYS)
    while talk.clock.now() < until:
        await whims.lives()
    return whims, await asked(talk)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.prove)])
@pytest.mark.usefixtures("asking")
async def test_every_rule_holds_whatever_people_do(alone: Talk, seed: int) -> None:
    whims, asks = await life(alone, seed)
    assert len(asks) > len(NAMES), "too little happened to prove anything"
    for who, name in zip(await ambassadors(alone), NAMES, strict=True):
        moments = sorted(ask.asked_at for ask in asks if ask.member == who.member)
        assert all(b - a >= REST for a, b in pairwise(moments)), f"{name} twice in a week"
        for since, until in whims.off[name]:
            late = [m for m in moments if since < m < (until or alone.clock.now())]
            assert late == [], f"{name} was asked after a stop"
    for post in {ask.post for ask in asks}:
        standing = [ask for ask in asks if ask.post == post and ask.state in OPEN]
        assert len(standing) <= 1, f"two were asked at once about {post}"
    await _budget_kept(alone)
    await alone.end()


async def _budget_kept(talk: Talk) -> None:
    async with talk.app.database.read() as tx:
        rows = await tx.all(select(pings).order_by(pings.c.member, pings.c.at))
    assert rows
    for one, other in pairwise(rows):
        if one.member == other.member:
            assert other.at - one.at >= REST, one.member
