"""The simulated community: the same every time, and it goes on after a stop."""

import asyncio
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.local import World
from bot.simulation.cast import TOWNS
from bot.simulation.filling import BORN, CLOCK, NOW, STORE, WORLD, fill
from bot.simulation.living import Living

UNTIL = BORN + timedelta(days=3)


def transcript(folder: Path) -> str:
    world = World(lambda: NOW, folder / WORLD)
    lines = [f"{m.id} {m.at} {m.author} {m.chat} {m.text}" for m in world.messages.values()]
    world.close()
    return "\n".join(lines)


def lived(folder: Path, until: datetime = UNTIL, seed: int = 1) -> Path:
    folder.mkdir()
    asyncio.run(fill(folder, until, seed))
    (folder / CLOCK).write_text(until.isoformat())
    return folder


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three days of the community, not to be changed."""
    return lived(tmp_path_factory.mktemp("original") / "demo")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """The same, to go on with."""
    return Path(shutil.copytree(original, tmp_path / "demo"))


def test_the_same_seed_makes_the_same_community(original: Path, tmp_path: Path) -> None:
    assert transcript(lived(tmp_path / "other")) == transcript(original)


def test_another_seed_makes_another_community(original: Path, tmp_path: Path) -> None:
    other = lived(tmp_path / "other", BORN + timedelta(days=2), seed=2)
    assert not transcript(original).startswith(transcript(other))


def test_people_answer_prompts_and_hear_what_others_said(original: Path) -> None:
    world = World(lambda: UNTIL, original / WORLD)
    in_threads = [m for m in world.messages.values() if m.author and m.chat.room.startswith("t")]
    others = [m for m in world.messages.values() if "What others said" in str(m.text)]
    assert len(in_threads) > 15
    assert any(m.chat.room.startswith("t") for m in others)
    assert {g.title for g in world.groups.values()} == {town.title for town in TOWNS}
    world.close()


async def test_a_second_start_goes_on_where_the_first_ended(folder: Path) -> None:
    first = Living(folder)
    running = asyncio.create_task(first.run())
    await first.ready.wait()
    visitor = next(p for p in first.world.people if p.startswith("robin"))
    lounge = first.world.home(next(iter(first.world.groups)))
    await first.world.person(visitor).says(lounge, "Is this kept?")
    await first.app.engine.settled()
    first.clock.leap(timedelta(hours=1))
    first.app.stop()
    await running
    await first.close()
    second = Living(folder)
    try:
        assert second.clock.now() >= UNTIL + timedelta(hours=1)
        assert "Is this kept?" in [str(m.text) for m in second.world.history(lounge)]
    finally:
        await second.close()


async def test_the_next_event_lets_people_live_until_then(folder: Path) -> None:
    living = Living(folder)
    running = asyncio.create_task(living.run())
    await living.ready.wait()
    due = await living.app.agenda.next_due()
    assert due is not None
    said = len(living.world.messages)
    while living.clock.now() < due + timedelta(days=1):
        await living.next_event()
        await asyncio.sleep(0)
    assert len(living.world.messages) > said
    living.app.stop()
    await running
    await living.close()


def test_nothing_went_wrong_meanwhile(original: Path) -> None:
    store = sqlite3.connect(original / STORE)
    assert store.execute("SELECT * FROM dead_letters").fetchall() == []
    assert store.execute("SELECT * FROM outbox").fetchall() == []
    store.close()


def test_the_demo_begins_at_a_fixed_moment() -> None:
    assert round((NOW - BORN) / timedelta(days=1)) == 30
    assert NOW.tzinfo is UTC
