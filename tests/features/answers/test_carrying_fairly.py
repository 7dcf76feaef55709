"""Weeks of random questions, answers and wishes: nobody is asked more than they agreed to."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from msgspec import Struct
from sqlalchemy import select

from adapters.local.model import Message
from adapters.local.people import Person
from bot.consent import BUDGET
from bot.features.answers.tables import carries, questions
from bot.store.database import Database
from tests.features.answers.sisters import Sisters

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SUBJECTS = ("dentist at the harbour", "library card for children", "repair of an old bicycle")
NAMES = ("Ann", "Ben", "Cal", "Dia", "Eli", "Fay")
ROUNDS = 10


class Shown(Struct):
    """One question that was shown to people: who asked it, who was notified, in which order."""

    asker: str
    pinged: tuple[str, ...]
    named: tuple[str, ...]
    at: datetime


class Weeks:
    """A group over some weeks."""

    def __init__(self, town: Sisters, seed: int) -> None:
        self.town, self.rng = town, Random(seed)
        self.silent: dict[str, datetime] = {}
        self.shown: list[Shown] = []

    async def live(self) -> None:
        """Everything that happens."""
        self.group = await self.town.group("Friends")
        self.people = [await self.town.person(name, self.group) for name in NAMES]
        for number in range(ROUNDS):
            await self._round(number)
            await self.town.later(hours=self.rng.choice((3, 8, 30)))
        await self.town.later(days=3)
        await self._read()

    async def _round(self, number: int) -> None:
        asker, helper = self.rng.sample(self.people, 2)
        subject = self.rng.choice(SUBJECTS)
        await self.town.gives(asker, self.group, f"/ask Number {number}: about the {subject}?")
        await self._anyway(asker)
        if self.rng.random() < 0.4:
            post = self._latest(f"Number {number}:")
            await self.town.says(helper, post.chat, "Ask at the town hall.", reply_to=post)
            await self.town.presses(asker, self._latest(f"Number {number}:"), "It is solved")
        if self.rng.random() < 0.1:
            await self.town.gives(helper, self.group, "/pings never")
            self.silent.setdefault(helper.ref.id, self.town.clock.now())

    async def _anyway(self, asker: Person) -> None:
        for message in self._with_button("Ask anyway"):
            if message.only_for == asker.id:
                await self.town.presses(asker, message, "Ask anyway")
                return

    def _with_button(self, label: str) -> list[Message]:
        found = reversed(list(self.town.world.messages.values()))
        return [m for m in found if any(b.label == label for row in m.buttons for b in row)]

    def _latest(self, text: str) -> Message:
        said = self.town.said(self.group, text)
        return next(m for m in said if any(b.label == "Answer" for row in m.buttons for b in row))

    async def _read(self) -> None:
        async with self.town.app.database.read() as tx:
            joined = select(carries, questions.c.member.label("asker")).join(
                questions, questions.c.id == carries.c.question
            )
            rows = await tx.all(joined.order_by(carries.c.at, carries.c.question))
        posts = self.town.said(self.group, "Would you have a look?")
        for question in dict.fromkeys(row.question for row in rows):
            mine = [row for row in rows if row.question == question]
            at = mine[0].at
            pinged = next((m.pings for m in posts if abs(m.at - at) < timedelta(seconds=1)), ())
            named = tuple(row.member.partition(":")[2] for row in mine)
            asker = mine[0].asker.partition(":")[2]
            self.shown.append(Shown(asker, tuple(pinged), named, at))


@pytest.fixture(params=range(2))
async def weeks(
    request: pytest.FixtureRequest, open_store: Callable[[], Database]
) -> AsyncIterator[Weeks]:
    town = Sisters(open_store, MONDAY)
    await town.begin()
    lived = Weeks(town, request.param)
    await lived.live()
    yield lived
    await town.end()


def assert_fair(weeks: Weeks) -> None:
    """Every rule at once: weeks are too slow to live through once for each."""
    assert weeks.shown, "nothing was carried, so this shows nothing"
    last: dict[str, datetime] = {}
    before: set[str] = set()
    for one in weeks.shown:
        assert len(one.named) <= 2
        assert one.asker not in one.named
        assert not before & set(one.named)
        before = set(one.named)
        for person in one.pinged:
            assert person in one.named
            assert one.at < weeks.silent.get(person, datetime.max.replace(tzinfo=UTC))
            assert person not in last or one.at - last[person] >= BUDGET
            last[person] = one.at


async def test_no_week_breaks_a_rule_of_asking(weeks: Weeks) -> None:
    assert_fair(weeks)
