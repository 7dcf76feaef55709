"""Activity and rollups, on both databases."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.store import activity
from bot.store.activity import Act, Record
from bot.store.database import Database
from bot.store.rollups import member_day, member_month, member_state, pair_day, pairs
from bot.store.schema import DAY_MS

AT = 1_795_348_800_000  # 2026-11-22 12:00 UTC


def message(n: int, member: str = "local:ann", peer: str | None = None, group: int = 1) -> Record:
    return (f"e{n}", Act.MESSAGE, group, "room", member, AT + n * 1000, peer, str(n))


async def test_a_message_is_counted_for_its_author(database: Database) -> None:
    async with database.write() as tx:
        await activity.append(tx, [message(1), message(2)])
        await activity.fold(tx)
        assert await tx.scalar(select(member_state.c.messages)) == 2


async def test_the_same_event_twice_is_counted_once(database: Database) -> None:
    async with database.write() as tx:
        await activity.append(tx, [message(1)])
        await activity.append(tx, [message(1)])
        await activity.fold(tx)
        assert await tx.scalar(select(member_state.c.messages)) == 1


async def test_recording_tells_which_events_are_new(database: Database) -> None:
    async with database.write() as tx:
        await activity.append(tx, [message(1)])
        assert await activity.append_new(tx, [message(1), message(2)]) == {"e2"}


async def test_folding_twice_counts_once(database: Database) -> None:
    async with database.write() as tx:
        await activity.append(tx, [message(1)])
        await activity.fold(tx)
        assert await activity.fold(tx) == 0
        assert await tx.scalar(select(member_day.c.messages)) == 1


async def test_a_fold_that_is_undone_loses_nothing(database: Database) -> None:
    async with database.write() as tx:
        await activity.append(tx, [message(1)])

    async def fold_and_fail() -> None:
        async with database.write() as tx:
            await activity.fold(tx)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await fold_and_fail()
    async with database.write() as tx:
        assert await activity.fold(tx) == 1
        assert await tx.scalar(select(member_state.c.messages)) == 1


async def test_an_answer_is_a_tie_from_its_author_to_the_one_answered(database: Database) -> None:
    async with database.write() as tx:
        await activity.append(tx, [message(1, "local:ann", "local:ben")])
        await activity.fold(tx)
        row = await tx.first(select(pairs.c.member, pairs.c.peer, pairs.c.messages))
        assert row is not None
        assert tuple(row) == ("local:ann", "local:ben", 1)


async def test_answering_oneself_is_no_tie(database: Database) -> None:
    async with database.write() as tx:
        await activity.append(tx, [message(1, "local:ann", "local:ann")])
        await activity.fold(tx)
        assert await tx.scalar(select(func.count()).select_from(pairs)) == 0


async def test_private_conversations_are_in_no_rollup(database: Database) -> None:
    async with database.write() as tx:
        await activity.append(tx, [message(1, group=0)])
        await activity.fold(tx)
        assert await tx.scalar(select(func.count()).select_from(member_state)) == 0


async def test_a_month_is_that_of_utc(database: Database) -> None:
    last_second = 1_796_083_199_000  # 2026-11-30 23:59:59 UTC
    rows: list[Record] = [
        (f"e{n}", Act.MESSAGE, 1, "r", "local:ann", last_second + n * 1000, None, str(n))
        for n in range(2)
    ]
    async with database.write() as tx:
        await activity.append(tx, rows)
        await activity.fold(tx)
        found = await tx.all(select(member_month.c.month).order_by(member_month.c.month))
        assert [row.month for row in found] == [202611, 202612]


async def test_rollups_equal_a_count_over_the_whole_log(database: Database) -> None:
    rng = random.Random(7)
    people = [f"local:p{n}" for n in range(5)]
    log = [
        (
            f"e{n}",
            rng.choice([Act.MESSAGE, Act.MESSAGE, Act.REACTION, Act.OTHER]),
            rng.randint(1, 2),
            "r",
            rng.choice(people),
            AT + rng.randrange(-40, 40) * DAY_MS,
            rng.choice([*people, None]),
            str(n),
        )
        for n in range(400)
    ]
    async with database.write() as tx:
        for start in range(0, 400, 37):
            await activity.append(tx, log[start : start + 37])
            await activity.fold(tx)
        days = await tx.all(select(member_day))
        ties = await tx.all(select(pair_day))
        states = await tx.all(select(member_state))
    said = [e for e in log if e[1] == Act.MESSAGE]
    assert {(r.group_id, r.member, r.day): r.messages for r in days if r.messages} == Counter(
        (e[2], e[4], e[5] // DAY_MS) for e in said
    )
    assert {(r.group_id, r.member, r.peer, r.day): r.messages for r in ties} == Counter(
        (e[2], e[4], e[6], e[5] // DAY_MS) for e in said if e[6] and e[6] != e[4]
    )
    for row in states:
        mine = [e for e in log if (e[2], e[4]) == (row.group_id, row.member) and e[1] != Act.OTHER]
        assert (row.first_at, row.last_at) == (min(e[5] for e in mine), max(e[5] for e in mine))


@given(st.integers(min_value=0, max_value=4_000_000_000_000))
def test_a_moment_survives_its_stored_form(milliseconds: int) -> None:
    from bot.store.schema import from_ms, to_ms

    assert to_ms(from_ms(milliseconds)) == milliseconds
