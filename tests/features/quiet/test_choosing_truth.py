"""A reason is true, whatever is known of people; and what choosing costs as a group grows."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.features.quiet.choosing_records import OFTEN
from bot.features.quiet.reasons import NAMED, QUESTION, Candidate, Kind, Why
from bot.features.quiet.tables import interests, parts
from bot.features.quiet.tables import people as people_table
from bot.store.database import Database, open_database
from bot.store.schema import roster
from bot.store.sqlite_connection import Connection
from bot.topics import key_of, keys_in
from tests.databases import fresh_sqlite
from tests.features.quiet.chooser import DESK, NOW, Chooser, choose, chooser, counted

TOPICS = ("hills", "tax returns", "desk", "music")
SUBJECTS = ("Hills or sea?", "What stands on your desk?", "Which music?", "")


@dataclass(frozen=True)
class Known:
    """What is known of one person."""

    kind: Kind
    likes: tuple[str, ...]
    took_part: tuple[tuple[str, str, str, int], ...]
    """Subject, topic, kind of post, days ago."""
    joined: int | None
    wrote: tuple[int, ...]


posts = st.tuples(
    st.sampled_from(SUBJECTS),
    st.sampled_from(("", *TOPICS)),
    st.sampled_from(("prompt", QUESTION)),
    st.integers(1, 300),
)
persons = st.builds(
    Known,
    kind=st.sampled_from(Kind),
    likes=st.lists(st.sampled_from(TOPICS), unique=True, max_size=2).map(tuple),
    took_part=st.lists(posts, max_size=3, unique_by=lambda post: post[3]).map(tuple),
    joined=st.none() | st.integers(20, 300),
    wrote=st.lists(st.integers(30, 120), unique=True, max_size=12).map(tuple),
)


async def _live(crowd: Chooser, name: str, known: Known) -> str:
    member = await crowd.quiet(name, known.kind)
    for topic in known.likes:
        await crowd.likes(member, topic)
    for subject, topic, kind, ago in known.took_part:
        await crowd.took_part(
            member, "" if kind == QUESTION else subject, topic, kind=kind, ago=ago
        )
    if known.joined is not None:
        await crowd.joined(member, known.joined)
    if known.wrote:
        await crowd.wrote(member, *known.wrote)
    return member


def is_true(one: Candidate, known: Known, subject: str, topics: tuple[str, ...]) -> bool:
    """Whether what is told of this person is so."""
    keys = {key_of(topic) for topic in topics} | keys_in(subject)
    kept = [
        ("" if kind == QUESTION else said, key_of(topic), NOW - timedelta(days=ago))
        for said, topic, kind, ago in known.took_part
        if said or kind == QUESTION
    ]
    match one.why:
        case Why.ASKED:
            return one.told in known.likes and key_of(one.told) in keys
        case Why.TOPIC:
            return any((one.told, one.at) == (said, at) and key in keys for said, key, at in kept)
        case Why.PART:
            return any((one.told, one.at) == (said, at) for said, _, at in kept)
        case Why.JOINED:
            return known.joined is not None and one.at == NOW - timedelta(days=known.joined)
        case Why.ONCE:
            days = [(NOW - timedelta(days=ago)).date() for ago in known.wrote]
            same = [d for d in days if one.at and (d.year, d.month) == (one.at.year, one.at.month)]
            return len(same) >= OFTEN


@settings(max_examples=30, deadline=None)
@given(
    st.lists(persons, max_size=5),
    st.sampled_from(SUBJECTS),
    st.lists(st.sampled_from(TOPICS), unique=True, max_size=2).map(tuple),
    st.sampled_from(("prompt", QUESTION)),
)
def test_every_reason_is_true(
    known: list[Known], subject: str, topics: tuple[str, ...], kind: str
) -> None:
    async def chosen(url: str) -> tuple[dict[str, Known], list[Candidate]]:
        database = open_database(url)
        crowd = await chooser(database)
        lives = {await _live(crowd, f"P{n}", one): one for n, one in enumerate(known)}
        found = await crowd.chosen(subject, topics=topics, kind=kind)
        await database.close()
        return lives, found

    with TemporaryDirectory() as folder:
        lives, found = asyncio.run(chosen(fresh_sqlite(Path(folder))))
    assert len({one.member for one in found}) == len(found) <= 3
    for one in found:
        assert one.kind is lives[one.member].kind
        assert one.kind in NAMED
        assert is_true(one, lives[one.member], subject, topics)
        assert kind != QUESTION or one.why in (Why.ASKED, Why.TOPIC)


async def _fill(crowd: Chooser, start: int, stop: int) -> None:
    """Quiet members, each of whom likes the topic and took part on it."""
    numbers = range(start, stop)
    group, community = {"group_id": crowd.group.id}, {"community": crowd.group.community}
    long_ago = NOW - timedelta(days=90)

    def who(n: int) -> dict[str, object]:
        return {"member": f"local:p{n}", "draw": n * 0.618 % 1}

    async with crowd.database.write() as tx:
        row: dict[str, object] = {"kind": Kind.OVERDUE, "since": long_ago, "due_at": None}
        await tx.execute(insert(people_table), [group | who(n) | row for n in numbers])
        row = {"name": "P", "is_bot": False, "left_at": None, "joined_at": None}
        await tx.execute(insert(roster), [group | {"member": f"local:p{n}"} | row for n in numbers])
        row = {"topic": "desk", "topic_key": key_of("desk"), "at": long_ago}
        await tx.execute(insert(interests), [community | who(n) | row for n in numbers])
        row = {"kind": "prompt", "subject": DESK, "topic_key": key_of("desk"), "at": long_ago}
        await tx.execute(insert(parts), [group | who(n) | row for n in numbers])


async def _steps(crowd: Chooser, database: Database) -> tuple[int, int]:
    """Statements, and steps of SQLite's machine (in hundreds), that choosing takes."""
    async with database.write() as tx:
        await choose(tx, crowd, DESK)  # what is only read once
        assert isinstance(tx.connection, Connection)
        driver = tx.connection.driver
        ticks: list[int] = []
        driver.set_progress_handler(lambda: ticks.append(1), 100)
        with counted(tx) as seen:
            await choose(tx, crowd, DESK, seed="another")
        driver.set_progress_handler(None, 0)
    return len(seen), len(ticks)


async def test_ten_times_the_members_cost_no_more(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    crowd = await chooser(database)
    await _fill(crowd, 0, 500)
    statements, steps = await _steps(crowd, database)
    await _fill(crowd, 500, 5_000)
    again, more = await _steps(crowd, database)
    await database.close()
    assert again == statements
    assert more <= steps * 1.2
