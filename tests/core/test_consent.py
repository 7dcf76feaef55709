"""Who may be notified, and who may be given the floor by name: the rules, one by one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import consent
from bot.effects import Call, Floor
from bot.refs import MemberRef
from bot.store import calls, identities, members
from bot.store.database import Database, Tx
from bot.text import Text

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
GROUP, OTHER = 1, 2
ANN, BEN, CY, DEE = (MemberRef("local", name) for name in ("ann", "ben", "cy", "dee"))
ANN2 = MemberRef("elsewhere", "ann")
EVERYBODY = (ANN, BEN, CY, DEE, ANN2)


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    """A transaction over a group in which everybody is."""
    async with database.write() as opened:
        for who in EVERYBODY:
            await members.joined(opened, GROUP, who, who.id, None, False)
        yield opened


async def was_called(
    tx: Tx, who: MemberRef, ago: timedelta, *, answered: bool = False, group: int = GROUP
) -> None:
    at = NOW - ago
    await calls.record(tx, Floor((Call(who, Text.of("you")),)), group, f"prompt:{at}", at)
    if answered:
        after = at - timedelta(seconds=1)
        await calls.answered(tx, [str(who)], at + timedelta(hours=1), after=after)


async def callable_now(tx: Tx, *who: MemberRef, now: datetime = NOW) -> list[MemberRef]:
    return await consent.callable_now(tx, who, now, GROUP, "UTC")


async def test_somebody_who_said_nothing_may_be_called(tx: Tx) -> None:
    assert await callable_now(tx, ANN) == [ANN]


async def test_at_most_three_are_called_the_first_ones(tx: Tx) -> None:
    assert await callable_now(tx, DEE, CY, BEN, ANN) == [DEE, CY, BEN]


async def test_one_name_twice_counts_once(tx: Tx) -> None:
    assert await callable_now(tx, ANN, ANN, BEN) == [ANN, BEN]


async def test_nobody_is_called_again_before_21_days(tx: Tx) -> None:
    await was_called(tx, ANN, timedelta(days=21) - timedelta(minutes=1), answered=True)
    await was_called(tx, BEN, timedelta(days=21), answered=True)
    assert await callable_now(tx, ANN, BEN) == [BEN]


async def test_a_call_in_another_group_counts_too(tx: Tx) -> None:
    await was_called(tx, ANN, timedelta(days=20), group=OTHER)
    assert await callable_now(tx, ANN) == []


async def test_one_ignored_call_does_not_end_it(tx: Tx) -> None:
    await was_called(tx, ANN, timedelta(days=22))
    assert await callable_now(tx, ANN) == [ANN]


async def test_two_ignored_calls_mean_90_days_of_rest(tx: Tx) -> None:
    await was_called(tx, ANN, timedelta(days=89))
    await was_called(tx, ANN, timedelta(days=111))
    assert await callable_now(tx, ANN) == []
    assert await callable_now(tx, ANN, now=NOW + timedelta(days=1)) == [ANN]


async def test_two_ignored_calls_count_however_far_apart_they_were(tx: Tx) -> None:
    await was_called(tx, ANN, timedelta(days=30))
    await was_called(tx, ANN, timedelta(days=400))
    assert await callable_now(tx, ANN) == []


async def test_an_answer_in_between_begins_the_count_anew(tx: Tx) -> None:
    await was_called(tx, ANN, timedelta(days=22))
    await was_called(tx, ANN, timedelta(days=44), answered=True)
    await was_called(tx, ANN, timedelta(days=66))
    assert await callable_now(tx, ANN) == [ANN]


async def test_an_answer_to_the_last_one_ends_the_rest(tx: Tx) -> None:
    await was_called(tx, ANN, timedelta(days=44))
    await was_called(tx, ANN, timedelta(days=22), answered=True)
    assert await callable_now(tx, ANN) == [ANN]


async def test_a_third_call_after_the_rest_that_is_ignored_begins_a_new_one(tx: Tx) -> None:
    for days in (22, 120, 142):
        await was_called(tx, ANN, timedelta(days=days))
    assert await callable_now(tx, ANN) == []


async def test_not_me_is_a_rest_from_calls_alone(tx: Tx) -> None:
    await consent.rest(tx, ANN, consent.CALLS, NOW + timedelta(days=1))
    assert await callable_now(tx, ANN) == []
    assert await consent.agreed(tx, [ANN], NOW, "UTC", "answers") == {ANN}


async def test_a_rest_ends(tx: Tx) -> None:
    await consent.rest(tx, ANN, consent.CALLS, NOW)
    assert await callable_now(tx, ANN) == [ANN]


async def test_who_rests_from_a_feature_is_not_called_in_its_posts(tx: Tx) -> None:
    await consent.rest(tx, ANN, "answers", NOW + timedelta(days=1))
    assert await consent.callable_now(tx, [ANN], NOW, GROUP, "UTC", "answers") == []
    assert await consent.callable_now(tx, [ANN], NOW, GROUP, "UTC", "prompt") == [ANN]


async def test_never_is_never(tx: Tx) -> None:
    await members.prefer(tx, ANN, no_pings=True)
    assert await callable_now(tx, ANN, now=NOW + timedelta(days=4000)) == []


async def test_nobody_is_called_who_is_away(tx: Tx) -> None:
    await members.prefer(tx, ANN, away_until=NOW + timedelta(minutes=1))
    await members.prefer(tx, BEN, away_until=NOW)
    assert await callable_now(tx, ANN, BEN) == [BEN]


@pytest.mark.parametrize(("hour", "awake"), [(7, False), (8, True), (21, True), (22, False)])
async def test_nobody_is_called_at_night(tx: Tx, hour: int, awake: bool) -> None:
    assert bool(await callable_now(tx, ANN, now=NOW.replace(hour=hour))) is awake


async def test_night_is_that_of_the_persons_own_zone(tx: Tx) -> None:
    await members.prefer(tx, ANN, zone="Asia/Tokyo")  # 21:00 there at noon in UTC
    assert await callable_now(tx, ANN) == [ANN]
    assert await callable_now(tx, ANN, now=NOW + timedelta(hours=1)) == []


async def test_quiet_hours_that_somebody_chose_hold(tx: Tx) -> None:
    await members.prefer(tx, ANN, quiet_from=11, quiet_until=13)
    assert await callable_now(tx, ANN) == []


async def test_no_quiet_hours_are_a_choice_too(tx: Tx) -> None:
    await members.prefer(tx, ANN, quiet_from=0, quiet_until=0)
    assert await callable_now(tx, ANN, now=NOW.replace(hour=3)) == [ANN]


async def test_any_ping_of_the_last_week_counts(tx: Tx) -> None:
    await consent.book(tx, [ANN], NOW - timedelta(days=6), feature="answers", group=OTHER)
    await consent.book(tx, [BEN], NOW - timedelta(days=7), feature="answers", group=OTHER)
    assert await callable_now(tx, ANN, BEN) == [BEN]


async def test_a_ping_that_was_taken_back_counts_no_more(tx: Tx) -> None:
    at = NOW - timedelta(days=1)
    await consent.book(tx, [ANN, BEN], at, feature="answers", group=GROUP)
    await consent.unbook(tx, [ANN], at, feature="answers", group=GROUP)
    assert await callable_now(tx, ANN, BEN) == [ANN]


async def test_who_left_the_group_is_not_called(tx: Tx) -> None:
    await members.left(tx, GROUP, ANN, NOW)
    assert await callable_now(tx, ANN, BEN) == [BEN]


async def test_strangers_and_bots_are_not_called(tx: Tx) -> None:
    await members.joined(tx, GROUP, BEN, "Ben", None, True)
    assert await callable_now(tx, MemberRef("local", "stranger"), BEN) == []


async def test_only_one_account_of_a_person_is_named(tx: Tx) -> None:
    await identities.link(tx, ANN, ANN2, NOW)
    assert await callable_now(tx, ANN2, BEN, ANN) == [ANN2, BEN]


async def test_the_account_that_is_in_the_group_is_named(tx: Tx) -> None:
    await identities.link(tx, ANN, ANN2, NOW)
    await members.left(tx, GROUP, ANN2, NOW)
    assert await callable_now(tx, ANN2, ANN) == [ANN]


async def test_only_one_account_of_a_person_is_notified(tx: Tx) -> None:
    await identities.link(tx, ANN, ANN2, NOW)
    assert await consent.agreed(tx, [ANN, ANN2], NOW, "UTC") == {ANN}


async def test_a_ping_under_one_account_counts_for_all(tx: Tx) -> None:
    await identities.link(tx, ANN, ANN2, NOW)
    await consent.book(tx, [ANN2], NOW - timedelta(days=1), feature="prompt", group=OTHER)
    assert await callable_now(tx, ANN) == []


async def test_calls_under_all_accounts_are_counted_together(tx: Tx) -> None:
    await identities.link(tx, ANN, ANN2, NOW)
    await was_called(tx, ANN, timedelta(days=60))
    await was_called(tx, ANN2, timedelta(days=30))
    assert await callable_now(tx, ANN) == []


@pytest.mark.parametrize(
    "wish",
    [
        {"no_pings": True},
        {"away_until": NOW + timedelta(days=3)},
        {"quiet_from": 11, "quiet_until": 13},
        {"zone": "Pacific/Auckland"},
    ],
)
async def test_a_wish_under_one_account_holds_under_all(
    tx: Tx, wish: dict[str, bool | int | str | datetime]
) -> None:
    await identities.link(tx, ANN, ANN2, NOW)
    await members.prefer(tx, ANN2, **wish)
    assert await callable_now(tx, ANN) == []


async def test_an_accounts_own_hours_come_before_those_of_the_other(tx: Tx) -> None:
    await identities.link(tx, ANN, ANN2, NOW)
    await members.prefer(tx, ANN, quiet_from=0, quiet_until=6)
    await members.prefer(tx, ANN2, quiet_from=11, quiet_until=13)
    assert await callable_now(tx, ANN) == [ANN]


async def test_a_rest_under_one_account_holds_under_all(tx: Tx) -> None:
    await identities.link(tx, ANN, ANN2, NOW)
    await consent.rest(tx, ANN2, consent.CALLS, NOW + timedelta(days=1))
    assert await callable_now(tx, ANN) == []


@given(
    st.integers(0, 24 * 400).map(lambda hours: NOW + timedelta(hours=hours)),
    st.integers(0, 23),
    st.integers(0, 23),
)
def test_an_hour_is_quiet_in_a_span_or_in_the_rest_of_the_day(
    at: datetime, start: int, end: int
) -> None:
    both = [consent.is_quiet(at, "UTC", start, end), consent.is_quiet(at, "UTC", end, start)]
    assert sum(both) == (0 if start == end else 1)
