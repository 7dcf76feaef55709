"""Questions that travel to sister groups, and answers that come home."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Row, Table, select

from adapters.local.model import Group, Message
from adapters.local.people import Person
from bot.features.answers.tables import given, questions, travels
from bot.recall import Recall
from bot.store.database import Database
from tests.features.answers.sisters import Sisters

BUS = "When does the last bus leave for the airport?"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Scene:
    """Ann moderates Lisbon, Ben Porto; Cal asks in Lisbon."""

    def __init__(self, town: Sisters) -> None:
        self.town = town

    async def begin(self) -> None:
        town = self.town
        self.lisbon = await town.group("Lisbon")
        self.porto = await town.group("Porto", with_=self.lisbon)
        self.ann = await town.person("Ann", self.lisbon, moderator=True)
        self.ben = await town.person("Ben", self.porto, moderator=True)
        self.cal = await town.person("Cal", self.lisbon)
        for group in (self.lisbon, self.porto):
            await town.choose(group, travel=True)

    async def asks(self, text: str = BUS) -> None:
        await self.town.gives(self.cal, self.lisbon, f"/ask {text}")

    async def travelled(self) -> None:
        await self.asks()
        await self.town.later(days=1, hours=3)

    async def rows(self, table: Table) -> Sequence[Row[Any]]:
        async with self.town.app.database.read() as tx:
            return await tx.all(select(table))


@pytest.fixture
async def scene(open_store: Callable[[], Database]) -> AsyncIterator[Scene]:
    town = Sisters(open_store, MONDAY)
    await town.begin()
    made = Scene(town)
    await made.begin()
    yield made
    await town.end()


async def test_after_a_day_it_is_posted_in_the_sister_group_with_its_origin(scene: Scene) -> None:
    await scene.travelled()
    (post,) = scene.town.said(scene.porto, BUS)
    assert "from" in str(post.text)
    assert "Lisbon" in str(post.text)


async def test_within_the_first_day_it_stays_at_home(scene: Scene) -> None:
    await scene.asks()
    await scene.town.later(hours=20)
    assert scene.town.said(scene.porto, BUS) == []


@pytest.mark.parametrize("refusing", ["lisbon", "porto"])
async def test_it_goes_nowhere_unless_both_groups_agreed(scene: Scene, refusing: str) -> None:
    group: Group = getattr(scene, refusing)
    await scene.town.choose(group, travel=False)
    await scene.travelled()
    assert scene.town.said(scene.porto, BUS) == []


async def test_where_it_cannot_travel_the_moderators_are_told_instead(scene: Scene) -> None:
    await scene.town.choose(scene.porto, travel=False)
    await scene.travelled()
    assert len(scene.town.said(scene.lisbon, "has waited for 1 day", BUS)) == 1


async def test_it_travels_once(scene: Scene) -> None:
    await scene.travelled()
    await scene.town.later(days=10)
    assert len(scene.town.said(scene.porto, BUS)) == 1


async def test_a_stranger_to_the_community_never_sees_it(scene: Scene) -> None:
    faro = await scene.town.group("Faro")
    await scene.town.choose(faro, travel=True)
    await scene.travelled()
    assert scene.town.said(faro, BUS) == []


async def answered_in_porto(scene: Scene) -> None:
    await scene.travelled()
    (post,) = scene.town.said(scene.porto, BUS)
    await scene.town.says(scene.ben, post.chat, "At half past eleven.", reply_to=post)


async def test_an_answer_comes_home_with_its_origin(scene: Scene) -> None:
    await answered_in_porto(scene)
    (home,) = scene.town.said(scene.lisbon, "At half past eleven.")
    assert "Ben" in str(home.text)
    assert "Porto" in str(home.text)


async def test_a_reply_at_home_to_that_answer_counts(scene: Scene) -> None:
    await answered_in_porto(scene)
    (home,) = scene.town.said(scene.lisbon, "At half past eleven.")
    await scene.town.says(scene.ann, home.chat, "On Sundays at eleven already.", reply_to=home)
    assert len(await scene.rows(given)) == 2


async def test_what_is_written_in_a_form_comes_home_once(scene: Scene) -> None:
    await scene.travelled()
    (post,) = scene.town.said(scene.porto, BUS)
    await scene.town.presses(scene.ben, post, "Answer")
    await scene.town.fills(scene.ben, answer="At half past eleven.")
    assert len(scene.town.said(scene.lisbon, "At half past eleven.")) == 1


async def test_a_question_that_is_solved_at_home_is_shown_so_abroad(scene: Scene) -> None:
    await answered_in_porto(scene)
    (post, *_) = scene.town.said(scene.lisbon, BUS)
    await scene.town.presses(scene.cal, post, "It is solved")
    (abroad,) = scene.town.said(scene.porto, BUS)
    assert "Solved" in str(scene.town.world.messages[abroad.id].text)


async def test_a_group_that_is_not_known_yet_after_a_restart_gets_it(scene: Scene) -> None:
    await scene.asks()
    await scene.town.restart()
    scene.town.app.engine.batches._numbers.clear()
    await scene.town.later(days=1, hours=3)
    assert len(scene.town.said(scene.porto, BUS)) == 1


async def leaves(scene: Scene, person: Person, group: Group) -> None:
    await scene.town.gives(person, group, "/community leave")
    await scene.town.later(minutes=1)


async def test_a_group_that_leaves_takes_its_questions_along(scene: Scene) -> None:
    await scene.asks()
    await leaves(scene, scene.ann, scene.lisbon)
    async with scene.town.app.database.read() as tx:
        (question,) = await tx.all(select(questions))
        recall = Recall(meaning=False)
        hits = await recall.search(tx, question.community, BUS)
    assert [hit.item for hit in hits] == [question.id]


async def test_a_group_that_leaves_many_questions_takes_all(scene: Scene) -> None:
    for number in range(30):
        await scene.asks(f"Who knows the bus of line {number} to the airport, and its stops?")
    before = {row.community for row in await scene.rows(questions)}
    await leaves(scene, scene.ann, scene.lisbon)
    after = {row.community for row in await scene.rows(questions)}
    assert len(before) == len(after) == 1
    assert before != after


async def test_the_others_no_longer_find_them(scene: Scene) -> None:
    await scene.asks()
    await leaves(scene, scene.ann, scene.lisbon)
    told = await scene.town.gives(scene.ben, scene.porto, "/answers search bus airport")
    assert BUS not in told


async def test_what_travelled_is_taken_down_when_a_group_leaves(scene: Scene) -> None:
    await scene.travelled()
    await leaves(scene, scene.ben, scene.porto)
    assert await scene.rows(travels) == []
    assert [m for m in scene.town.said(scene.porto, BUS) if not m.deleted] == []


async def test_offers_to_help_come_along(scene: Scene) -> None:
    await scene.town.gives(scene.ann, scene.lisbon, "/answers helping buses")
    await leaves(scene, scene.ann, scene.lisbon)
    told = await scene.town.gives(scene.ann, scene.lisbon, "/answers helping")
    assert "buses" in told


async def test_a_group_that_joins_brings_its_questions(scene: Scene) -> None:
    faro = await scene.town.group("Faro")
    dia = await scene.town.person("Dia", faro, moderator=True)
    await scene.town.gives(dia, faro, "/ask Where is the library of Faro?")
    told = await scene.town.gives(scene.ann, scene.lisbon, "/community code")
    code = next(word for word in told.split() if len(word.strip(".,")) == 8 and word.isupper())
    await scene.town.gives(dia, faro, f"/community join {code.strip('.,')}")
    await scene.town.presses(dia, _with(scene, faro, "Ask to join"), "Ask to join")
    await scene.town.presses(scene.ann, _with(scene, scene.lisbon, "Let them in"), "Let them in")
    found = await scene.town.gives(scene.ben, scene.porto, "/answers search library of Faro")
    assert "Where is the library of Faro?" in found


def _with(scene: Scene, group: Group, label: str) -> Message:
    return next(
        m
        for m in scene.town.world.messages.values()
        if m.chat.group == group.id and any(b.label == label for row in m.buttons for b in row)
    )
