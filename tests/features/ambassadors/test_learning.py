"""What being asked did is counted without the ambassadors, and told only when it is known."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import insert

from bot.features.ambassadors import effect, learning
from bot.features.ambassadors.rules import EARLIER, base_of, expected
from bot.features.ambassadors.tables import trials as trials_table
from bot.features.ambassadors.trial_records import Trial
from bot.i18n import Words
from bot.store import groups
from bot.store.database import Database
from bot.trial import Estimate, Verdict
from tests.dialogue import Actor, Talk
from tests.features.ambassadors.library import (
    HOME,
    SUBJECT,
    context,
    joined,
    moderator,
    planned,
    trials,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KNOWN = Estimate(
    200, 100, effect=1.5, low=0.4, high=2.6, error=0.3, with_rate=4.5, without_rate=3.0
)


def past(count: int, *, more: float) -> list[Trial]:
    """Prompts with about three repliers, and so many more where an ambassador was asked."""
    rng = Random(count)
    found = []
    for number in range(count):
        asked = rng.random() < 0.5
        repliers = round(max(rng.gauss(3 + more * asked, 1), 0))
        at = NOON + timedelta(days=number)
        room, before = "general", rng.gauss(3, 1)
        post = f"prompt:1:{number}"
        row = (number, 1, 1, post, room, SUBJECT, at, asked, 0.5, before, repliers, at, True)
        found.append(Trial(*row))
    return found


def test_nothing_is_said_of_few_prompts() -> None:
    assert learning.judged(past(30, more=2)).verdict is Verdict.UNKNOWN


def test_an_effect_is_seen() -> None:
    found = learning.judged(past(300, more=2))
    assert found.verdict is Verdict.HELPS
    assert found.low < 2 < found.high


def test_without_an_effect_none_is_claimed() -> None:
    assert learning.judged(past(300, more=0)).verdict is Verdict.NO_DIFFERENCE_SEEN


def test_at_first_half_of_the_prompts_are_asked_about() -> None:
    assert learning.chance_after(Estimate(0, 0)) == 0.5


def test_what_helps_is_done_more_often_and_still_measured() -> None:
    assert 0.5 < learning.chance_after(KNOWN) <= 0.9


def test_what_harms_is_hardly_done_any_more() -> None:
    bad = Estimate(200, 100, effect=-1.5, low=-2.6, high=-0.4, with_rate=1.5, without_rate=3.0)
    assert learning.chance_after(bad) == learning.SELDOM


@given(st.floats(-10, 10), st.floats(0.01, 10))
def test_the_coin_always_has_two_sides(mean: float, half: float) -> None:
    found = Estimate(99, 50, effect=mean, low=mean - half, high=mean + half)
    assert 0.1 <= learning.chance_after(found) <= 0.9


@given(st.lists(st.integers(0, 100)))
def test_the_guess_lies_between_the_last_ones(repliers: list[int]) -> None:
    last = repliers[-EARLIER:] or [0]
    assert min(last) <= expected(repliers) <= max(last)


@given(st.text(alphabet="abc:19-", min_size=1))
def test_the_parts_of_a_post_share_a_name(name: str) -> None:
    assert base_of(name + "/above") == base_of(name) == name


def test_what_is_not_known_is_called_so() -> None:
    said = str(effect.told(Words(), Estimate(12, 7)))
    assert said.startswith("Not known yet. 12 prompts")
    assert "average" not in said


def test_what_is_known_is_told_with_its_interval() -> None:
    said = str(effect.told(Words(), KNOWN))
    assert all(part in said for part in ("4.5 people", "by 3", "1.5", "0.4 and 2.6", "200 prompts"))


@pytest.mark.parametrize("estimate", [Estimate(3, 2), KNOWN], ids=["endless", "known"])
async def test_what_was_learnt_is_kept(database: Database, estimate: Estimate) -> None:
    told = learning.Taught(id="t", at=NOON, chat=HOME, community=1, estimate=estimate)
    async with database.write() as tx:
        group = await groups.create(tx, HOME, NOON)
        await learning.taught(context(tx, group, NOON), told)
        assert await learning.learned(tx, 1) == estimate


# -- counting, in dialogue


async def posted(talk: Talk) -> tuple[Actor, Actor]:
    """Ben is an ambassador; the prompt is there."""
    ann = await moderator(talk)
    ben = await talk.person("Ben")
    await joined(talk, ben)
    await planned(talk, ann)
    await talk.later(hours=9)
    return ann, ben


async def repliers(talk: Talk) -> list[int]:
    return [trial.repliers for trial in await trials(talk) if trial.went_out_at]


@pytest.mark.usefixtures("not_asking")
async def test_who_is_no_ambassador_counts_once(talk: Talk) -> None:
    ann, _ = await posted(talk)
    line = await talk.bot.posts(SUBJECT)
    await ann.says("A lamp", reply_to=line)
    await ann.says("And a plant", reply_to=line)
    assert await repliers(talk) == [1]


@pytest.mark.usefixtures("not_asking")
async def test_an_ambassador_does_not_count(talk: Talk) -> None:
    _, ben = await posted(talk)
    await ben.says("A lamp", reply_to=await talk.bot.posts(SUBJECT))
    assert await repliers(talk) == [0]


@pytest.mark.usefixtures("not_asking")
async def test_where_the_coin_says_no_nobody_is_asked(talk: Talk) -> None:
    await posted(talk)
    assert [(t.asked, t.chance) for t in await trials(talk) if t.went_out_at] == [(False, 0.0)]
    assert not [n for n in talk.stage.lines() if "this prompt comes on" in n.text]


@pytest.mark.usefixtures("asking")
async def test_three_days_later_the_outcome_stands(talk: Talk) -> None:
    await posted(talk)
    await talk.later(days=2, hours=22)
    assert not (await trials(talk))[0].concluded
    await talk.later(hours=3)
    assert (await trials(talk))[0].concluded


async def test_the_effect_is_not_known_at_first(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/ambassador effect")
    await talk.bot.replies("Not known yet", "A coin decides", to=ann)


async def test_what_many_prompts_showed_is_told_with_a_picture(talk: Talk) -> None:
    rows = [structs.asdict(trial) for trial in past(120, more=3)]
    async with talk.app.database.write() as tx:
        await tx.execute(insert(trials_table), rows)
    ann, _ = await posted(talk)
    await talk.later(days=3, hours=3)
    talk.bot.hears_nothing_more()
    await ann.says("/ambassador effect")
    line = await talk.bot.replies("were answered by", "So more people answer", to=ann)
    assert line.files == (effect.PICTURE,)
