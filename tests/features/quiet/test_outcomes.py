"""What followed from an occasion is looked up once, and only what is known counts."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.effects import Call, Floor
from bot.events import Undelivered
from bot.features.quiet.outcomes import over_at
from bot.refs import MemberRef
from bot.store import calls, due, groups, identities
from bot.store.schema import calls as calls_table
from bot.text import Text
from tests.core.house import NOON
from tests.features.quiet.draws import POST, Town, town

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANN = MemberRef("local", "ann")


@pytest.fixture
async def friends(store_url: str) -> AsyncIterator[Town]:
    """Ann was drawn at noon."""
    async with town(store_url) as made:
        await made.draw("ann")
        yield made


async def spoke(friends: Town) -> bool | None:
    found = await friends.drawn()
    assert found is not None
    return found.spoke


@given(st.datetimes(timezones=st.just(NOON.tzinfo)))
def test_the_time_is_fourteen_whole_days_and_the_rest_of_the_first(moment: object) -> None:
    span = over_at(moment) - moment  # type: ignore[arg-type, operator]  # drawn as datetimes
    assert timedelta(days=14) < span <= timedelta(days=15)


async def test_silence_is_an_outcome(friends: Town) -> None:
    await friends.writes("ben", HOUR)
    await friends.judged()
    assert await spoke(friends) is False


@pytest.mark.parametrize("after", [HOUR, 5 * DAY, 14 * DAY + 11 * HOUR])
async def test_who_wrote_within_two_weeks_spoke(friends: Town, after: timedelta) -> None:
    await friends.writes("ann", after)
    await friends.judged()
    assert await spoke(friends) is True


async def test_what_was_written_before_does_not_count(friends: Town) -> None:
    await friends.writes("ann", -HOUR)
    await friends.judged()
    assert await spoke(friends) is False


@pytest.mark.parametrize(("after", "found"), [(HOUR, True), (3 * DAY, True), (16 * DAY, False)])
async def test_a_late_look_sees_the_same_two_weeks(
    friends: Town, after: timedelta, found: bool
) -> None:
    await friends.writes("ann", after)
    await friends.writes("ann", 20 * DAY)
    await friends.judged(NOON + 25 * DAY)
    assert await spoke(friends) is found


async def test_writing_in_a_sister_group_counts(friends: Town) -> None:
    sister = await friends.sister()
    await friends.writes("ann", DAY, group=sister)
    await friends.judged()
    assert await spoke(friends) is True


async def test_writing_in_somebody_elses_group_does_not_count(friends: Town) -> None:
    sister = await friends.sister()
    async with friends.database.write() as tx:
        await groups.change(tx, sister.id, community=99)
    await friends.writes("ann", DAY, group=sister)
    await friends.judged()
    assert await spoke(friends) is False


async def test_another_account_of_the_same_person_counts(friends: Town) -> None:
    async with friends.database.write() as tx:
        await identities.link(tx, ANN, MemberRef("local", "anna"), NOON)
    await friends.writes("anna", DAY)
    await friends.judged()
    assert await spoke(friends) is True


async def tied(friends: Town) -> bool | None:
    await friends.judged()
    found = await friends.drawn()
    assert found is not None
    return found.tied


async def test_answers_in_both_directions_are_a_tie(friends: Town) -> None:
    await friends.writes("ben", -50 * DAY, to="ann")
    await friends.writes("ann", 2 * DAY, to="ben")
    assert await tied(friends) is True


async def test_an_answer_in_one_direction_is_no_tie(friends: Town) -> None:
    await friends.writes("ann", 2 * DAY, to="ben")
    assert await tied(friends) is False


async def test_an_old_tie_is_not_a_new_one(friends: Town) -> None:
    await friends.writes("ben", -50 * DAY, to="ann")
    await friends.writes("ann", -49 * DAY, to="ben")
    await friends.writes("ann", 2 * DAY, to="ben")
    assert await tied(friends) is False


async def test_an_old_tie_in_a_sister_group_is_not_a_new_one(friends: Town) -> None:
    sister = await friends.sister()
    await friends.writes("ben", -50 * DAY, to="ann", group=sister)
    await friends.writes("ann", -49 * DAY, to="ben", group=sister)
    await friends.writes("ben", DAY, to="ann")
    await friends.writes("ann", DAY, to="ben")
    assert await tied(friends) is False


async def test_a_tie_between_two_accounts_of_one_person_is_none(friends: Town) -> None:
    async with friends.database.write() as tx:
        await identities.link(tx, ANN, MemberRef("local", "anna"), NOON)
    await friends.writes("anna", DAY, to="ann")
    await friends.writes("ann", DAY, to="anna")
    assert await tied(friends) is False


async def test_nothing_is_known_of_a_group_that_is_gone(friends: Town) -> None:
    async with friends.database.write() as tx:
        await groups.change(tx, friends.group.id, active=False)
    await friends.judged()
    assert await friends.drawn() is None


async def test_a_draw_whose_moment_was_missed_is_judged_with_the_next(friends: Town) -> None:
    await friends.draw("ben", post="prompt:2", at=NOON + 3 * DAY)
    await friends.judged(over_at(NOON + 3 * DAY))
    assert await spoke(friends) is False


async def test_what_is_still_open_waits(friends: Town) -> None:
    await friends.draw("ben", at=NOON + DAY, post="prompt:2")
    await friends.judged()
    async with friends.database.read() as tx:
        waiting = await due.next_at(tx)
    assert waiting == over_at(NOON) + HOUR
    assert await spoke(friends) is False


async def called(friends: Town) -> None:
    async with friends.database.write() as tx:
        floor = Floor((Call(ANN, Text.of("Ann?")),))
        await calls.record(tx, floor, friends.group.id, POST, NOON)


async def answered(friends: Town) -> bool:
    await friends.judged()
    async with friends.database.read() as tx:
        return await tx.scalar(select(calls_table.c.answered_at)) is not None


async def test_a_call_that_was_followed_by_a_word_was_not_ignored(friends: Town) -> None:
    await called(friends)
    await friends.writes("ann", 3 * DAY)
    assert await answered(friends)


async def test_reacting_is_taking_part(friends: Town) -> None:
    await called(friends)
    await friends.reacts("ann", 3 * DAY)
    assert await answered(friends)
    assert await spoke(friends) is False


async def test_silence_after_a_call_is_ignoring_it(friends: Town) -> None:
    await called(friends)
    assert not await answered(friends)


def undelivered(friends: Town, reason: str) -> Undelivered:
    return Undelivered(
        id="o:1",
        at=NOON,
        chat=friends.group.chat,
        feature="prompt",
        reason=reason,
        effect="{}",
        name=POST,
    )


@pytest.mark.parametrize("reason", ["gone", "refused", "stale", "paused", "consent"])
async def test_a_post_that_was_never_sent_teaches_nothing(friends: Town, reason: str) -> None:
    friends.house.app.engine.offer(undelivered(friends, reason))
    await friends.house.settle()
    assert await friends.drawn() is None


async def test_a_post_in_doubt_may_have_been_read(friends: Town) -> None:
    friends.house.app.engine.offer(undelivered(friends, "doubt"))
    await friends.house.settle()
    assert await friends.drawn() is not None
