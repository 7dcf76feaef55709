"""Whom to name among many: a group of 25,000 and one of a million members in the same store."""

import asyncio
import random
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import func, select

from bot import consent
from bot.context import Context
from bot.features.quiet import choosing, people, review_records, rules
from bot.features.quiet.reasons import NAMED, Kind
from bot.follow_ups import WorthAnswering
from bot.recall import Recall
from bot.refs import ChatRef, MemberRef
from bot.router import Router
from bot.store import groups
from bot.store.database import Database, Tx, open_database
from bot.store.groups import Group
from bot.store.rollups import member_state
from bot.store.schema import DAY_MS, to_ms
from bot.surroundings import Around
from tests.bench.measure import Row, Side, milliseconds, rounds, speed_ratio
from tests.databases import fresh_sqlite

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MS = to_ms(NOW)
FEW, MANY, QUICK = 25_000, 1_000_000, 100_000
KINDS = [*NAMED, *[""] * 7]
"""Three in ten are quiet, one in each way."""
ACTIVE_DAYS = range(120, 240, 10)
"""Days ago on which those who faded were there."""
CANDIDATES, STEP, ROUNDS = 20, 500, 40


def _insert(store: sqlite3.Connection, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    first = next(rows)
    places = ", ".join("?" * len(first))
    store.execute(f"INSERT INTO {table} VALUES ({places})", first)
    store.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def fill(store: sqlite3.Connection, group: int, members: int) -> None:
    """One group: those who are quiet have not been there for two months, the others came today."""
    rng = random.Random(group)
    long_ago, today = MS - 60 * DAY_MS, MS // DAY_MS
    everybody = [
        (f"bench:{group}-{n}", KINDS[n % len(KINDS)], MS - n if n % 10 > 2 else long_ago)
        for n in range(members)
    ]
    _insert(
        store,
        "quiet_people",
        ((group, m, kind, at, at + 365 * DAY_MS, rng.random()) for m, kind, at in everybody),
    )
    _insert(
        store,
        "roster",
        ((group, m, f"Person {m}", long_ago, None, False) for m, _, _ in everybody),
    )
    _insert(
        store,
        "member_state",
        ((group, m, at, at, at, 1, 0) for m, kind, at in everybody if kind != Kind.NEW),
    )
    faded = [m for m, kind, _ in everybody if kind == Kind.FADED]
    _insert(
        store,
        "member_day",
        ((group, m, today - ago, 1, 0) for m in faded for ago in ACTIVE_DAYS),
    )
    took_part = [m for m, kind, _ in everybody if kind == Kind.OVERDUE]
    columns = "(group_id, member, kind, topic_key, subject, draw, at)"
    _insert(
        store,
        f"quiet_parts {columns}",
        (
            (group, m, "prompt", f"topic {n % 50}", "What do you see?", rng.random(), long_ago)
            for n, m in enumerate(took_part)
        ),
    )


async def _filled(folder: Path, many: int) -> tuple[Database, list[Group]]:
    """A store with both groups."""
    url = await asyncio.to_thread(fresh_sqlite, folder)
    database = open_database(url)
    made = []
    async with database.write() as tx:
        for name in ("few", "many"):
            made.append(await groups.create(tx, ChatRef("bench", name, "home"), NOW))
    await database.close()
    store = sqlite3.connect(url.partition("///")[2], check_same_thread=False)
    for group, members in zip(made, (FEW, many), strict=True):
        await asyncio.to_thread(fill, store, group.id, members)
    store.commit()
    store.execute("ANALYZE")
    store.close()
    return open_database(url), made


def _choosing(database: Database, group: Group) -> Side:
    """Everything from the post to the names, consent included."""
    around = Around(Router([]), {}, Recall(meaning=False))
    turn = iter(range(10_000))

    async def side() -> None:
        asked = WorthAnswering(
            id=f"bench:{next(turn)}",
            at=NOW,
            chat=group.chat,
            name="prompt:bench",
            kind="prompt",
            subject="Which topic do you choose?",
        )
        async with database.write() as tx:
            ctx = Context(tx, asked, group, cast(Any, None), {}, around, feature="quiet")
            assert len(await choosing.candidates(ctx, asked)) == consent.NAMES

    return side


def _twenty(database: Database, group: Group) -> Side:
    """Twenty drawn, with their kinds, earlier days and consent."""
    turn = iter(range(10_000))

    async def side() -> None:
        async with database.read() as tx:
            rng = random.Random(next(turn))
            drawn = await people.drawn(tx, group.id, NAMED, rng, CANDIDATES)
            members = [member for member, _ in drawn]
            assert await people.kinds(tx, group.id, members) == dict(drawn)
            assert len(await people.earlier(tx, group.id, members, NOW)) == CANDIDATES
            refs = [MemberRef.parse(member) for member in members]
            assert await consent.callable_now(tx, refs, NOW, group.id, "UTC")

    return side


def _review(database: Database, group: Group) -> Side:
    """One step of a review: 500 who acted, and as many about whom time has changed something."""
    turn = iter(range(1, 10_000))

    async def side() -> None:
        rng = random.Random(next(turn))
        async with database.write() as tx:
            rows = await review_records.acted(tx, group.id, MS - 60_000, "", STEP)
            assert len(rows) == STEP
            found = {row.member: rules.acted(NOW, NOW) for row in rows}
            await review_records.put(tx, group.id, found, rng)
            await _judged(tx, group, NOW + timedelta(days=300))

    return side


async def _judged(tx: Tx, group: Group, now: datetime) -> None:
    asked = dict(await review_records.due(tx, group.id, now, STEP))
    lives = await review_records.lives(tx, group.id, asked, now)
    pace = rules.usual(await review_records.sample(tx, group.id, now))
    verdicts = {member: rules.judge(life, now, pace) for member, life in lives.items()}
    assert len(verdicts) == STEP
    await review_records.put(tx, group.id, verdicts, random.Random(1))


def _looking(database: Database, group: Group) -> Side:
    """The baseline: twenty by lot among all who were not there for a month, from the rollup."""
    state = member_state.c
    quiet = (state.group_id == group.id, state.last_at < MS - 30 * DAY_MS)
    chosen = select(state.member).where(*quiet).order_by(func.random()).limit(CANDIDATES)

    async def side() -> None:
        async with database.read() as tx:
            assert len(await tx.all(chosen)) == CANDIDATES

    return side


def _drawing(database: Database, group: Group) -> Side:
    """Ours: by the places in the lot."""
    turn = iter(range(10_000))

    async def side() -> None:
        async with database.read() as tx:
            rng = random.Random(next(turn))
            assert len(await people.drawn(tx, group.id, NAMED, rng, CANDIDATES)) == CANDIDATES

    return side


def _counting(database: Database, group: Group) -> Side:
    async def side() -> None:
        async with database.read() as tx:
            assert set(await people.counts(tx, group.id)) >= set(NAMED)

    return side


async def _compared(
    what: str, sides: tuple[Side, Side], many: int, limit: float, count: int
) -> list[Row]:
    """Milliseconds in the smaller group, and what the larger one costs beside it."""
    few_times, many_times = await rounds(sides, count)
    few, more = statistics.median(few_times), statistics.median(many_times)
    absolute = f"{what}, in a group of {FEW:,} out of {FEW + many:,} members"
    relative = f"{what}, in a group of {many:,} against {FEW:,}"
    return [
        Row(absolute, milliseconds(limit), milliseconds(few), few / limit, 1, at_least=False),
        Row(relative, milliseconds(few), milliseconds(more), more / few, 2, at_least=False),
    ]


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    many = QUICK if quick else MANY
    with tempfile.TemporaryDirectory() as name:
        database, (small, large) = await _filled(Path(name), many)
        measured = (
            ("Whom to name in a post, consent included", _choosing, 0.05),
            ("Twenty drawn, with kinds, earlier days and consent", _twenty, 0.02),
            (f"One step of a review, {STEP} who acted and {STEP} to judge", _review, 0.5),
        )
        rows = []
        for what, make, limit in measured:
            sides = (make(database, small), make(database, large))
            rows += await _compared(what, sides, many, limit, ROUNDS)
        sides = (_looking(database, large), _drawing(database, large))
        looking, drawing = await rounds(sides, ROUNDS)
        label = f"Twenty by lot among {many:,} (times as fast as a look at all)"
        before, after = (milliseconds(statistics.median(one)) for one in (looking, drawing))
        rows.append(Row(label, before, after, speed_ratio(looking, drawing), 5))
        (times,) = await rounds([_counting(database, large)], 10)
        took = statistics.median(times)
        counted = f"How many are quiet in which way, among {many:,}"
        rows.append(Row(counted, "500 ms", milliseconds(took), took / 0.5, 1, at_least=False))
        await database.close()
    return rows
