"""What the occasions teach decides who is named, and is counted where nobody waits for it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import trial
from bot.features.quiet import learning, outcome_records, outcomes
from bot.features.quiet.learning import HALF, RETRY, Learned
from bot.features.quiet.tables import effects
from bot.trial import Estimate
from tests.core.house import NOON
from tests.features.quiet.draws import Town, many, town

HELPED = {"new": (0.5, 0.1)}
USELESS = {"new": (0.1, 0.1)}
AFTER = NOON + timedelta(days=60)


@pytest.fixture
async def friends(sqlite_url: str) -> AsyncIterator[Town]:
    async with town(sqlite_url) as made:
        yield made


async def learned(
    friends: Town, *, before: Learned | None = None, now: datetime = AFTER
) -> Learned:
    async with friends.database.read() as tx:
        rows = await outcome_records.taught(tx, friends.group.community)
    return learning.learn(rows, before or Learned(), now)


async def concluded(friends: Town, rates: dict[str, Any], count: int, **more: Any) -> None:
    async with friends.database.write() as tx:
        await many(tx, friends.group, rates, count, **more)


def test_at_first_half_are_named() -> None:
    assert Learned().chance("new", NOON) == HALF


async def test_nothing_is_said_of_few_occasions(friends: Town) -> None:
    await concluded(friends, HELPED, 20)
    found = await learned(friends)
    assert not found.spoke.known
    assert found.chance("new", AFTER) == HALF


async def test_an_effect_is_seen_and_fewer_are_left_out(friends: Town) -> None:
    await concluded(friends, HELPED, 600)
    found = await learned(friends)
    assert found.spoke.low > 0
    assert 0.5 < found.chance("new", AFTER) <= 0.9


async def test_who_is_not_helped_is_named_no_more(friends: Town) -> None:
    await concluded(friends, HELPED | {"faded": (0.05, 0.1)}, 1_200)
    found = await learned(friends)
    assert found.chance("faded", AFTER) == 0
    assert found.chance("new", AFTER) > HALF


async def test_certainty_about_one_kind_does_not_starve_another(friends: Town) -> None:
    await concluded(friends, HELPED | {"faded": (0.3, 0.3)}, 900)
    found = await learned(friends)
    assert found.left_out["new"] < found.left_out["faded"] == HALF


def stopped() -> Learned:
    return Learned(stopped={"new": NOON}, left_out={"new": 0.1})


def test_after_half_a_year_it_is_tried_again_by_halves() -> None:
    assert stopped().chance("new", NOON + RETRY - timedelta(seconds=1)) == 0
    assert stopped().chance("new", NOON + RETRY) == HALF


async def test_a_new_trial_is_judged_by_what_came_since(friends: Town) -> None:
    later = NOON + RETRY
    await concluded(friends, USELESS, 1_200)
    await concluded(friends, HELPED, 300, start=later)
    found = await learned(friends, before=stopped(), now=later + timedelta(days=60))
    assert found.kinds["new"].occasions == 300
    assert found.chance("new", later + timedelta(days=60)) == HALF


async def test_a_new_trial_that_shows_nothing_is_stopped_again(friends: Town) -> None:
    later, now = NOON + RETRY, NOON + 2 * RETRY - timedelta(days=1)
    await concluded(friends, USELESS, 1_200, start=later)
    found = await learned(friends, before=stopped(), now=now)
    assert found.stopped["new"] == now


async def test_a_stop_keeps_its_day(friends: Town) -> None:
    await concluded(friends, USELESS, 1_200)
    found = await learned(friends, before=stopped(), now=NOON + timedelta(days=90))
    assert found.stopped["new"] == NOON


async def test_what_comes_after_an_open_occasion_waits_for_it(friends: Town) -> None:
    await concluded(friends, HELPED, 30)
    await friends.draw("ann")
    await concluded(friends, HELPED, 30)
    assert (await learned(friends)).spoke.occasions == 30


@pytest.mark.parametrize("chance", [0.0, 0.001, 0.999, 1.0])
async def test_a_lot_that_could_hardly_fall_but_one_way_is_left_out(
    friends: Town, chance: float
) -> None:
    await concluded(friends, HELPED, 30)
    await friends.draw("ann", chance=chance, spoke=True, tied=False)
    assert (await learned(friends)).spoke.occasions == 30


async def test_long_lists_are_read_in_pages(friends: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome_records, "PAGE", 7)
    await concluded(friends, HELPED, 21)
    assert (await learned(friends)).spoke.occasions == 21


async def kept(friends: Town) -> Learned:
    async with friends.database.read() as tx:
        return await learning.of_community(tx, friends.group.community)


async def test_an_outcome_is_learnt_from_within_a_day(friends: Town) -> None:
    await friends.draw("ann", "ben")
    await friends.writes("ann", timedelta(days=1))
    await friends.judged()
    assert (await kept(friends)).spoke.occasions == 0
    await friends.house.app.live_through(learning.PAUSE)
    assert (await kept(friends)).spoke.occasions == 2


async def test_many_outcomes_are_learnt_from_once(friends: Town) -> None:
    for number in range(5):
        await friends.draw("ann", post=f"prompt:{number}")
    await friends.judged()
    async with friends.database.read() as tx:
        assert await tx.first(select(effects)) is None
    await friends.house.app.live_through(timedelta(days=1))
    async with friends.database.read() as tx:
        (row,) = await tx.all(select(effects))
    assert row.at == outcomes.over_at(NOON) + learning.PAUSE


async def test_what_was_learnt_is_read_back_as_it_was(friends: Town) -> None:
    whole = Learned(
        spoke=Estimate(9, 4, 0.1, -0.2, 0.4, 0.05, 0.3, 0.2),
        kinds={"new": trial.estimate([])},
        stopped={"new": NOON},
        left_out={"new": 0.3},
    )
    event = learning.Taught(
        id="l:taught",
        at=NOON,
        chat=friends.group.chat,
        community=friends.group.community,
        learned=whole,
    )
    friends.house.app.engine.offer(event)
    await friends.house.settle()
    assert await kept(friends) == whole
