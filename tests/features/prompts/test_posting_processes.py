"""Two processes over one PostgreSQL: a slot that both find due is posted once."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from bot.app import App
from bot.features.prompts.tables import occasions, prompt_posts
from bot.store.database import open_database
from tests.features.prompts.town import Town, fill

pytestmark = pytest.mark.postgres


async def fires(app: App, now: datetime) -> None:
    """What a process does when its ticker wakes."""
    fired = asyncio.ensure_future(app.agenda.fire(now))
    while not fired.done():
        await (app.engine.step() if app.engine.backlog else asyncio.sleep(0))


async def test_two_processes_post_a_slot_once(postgres_url: str) -> None:
    town = Town(lambda: open_database(postgres_url))
    await town.begin()
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await fill(town, group)
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    second = town.new_app()
    await second.prepare()
    town.clock.set(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    await asyncio.gather(*(fires(app, town.clock.now()) for app in (town.app, second)))
    await town.app.settle()
    async with town.app.database.read() as tx:
        rows = [
            await tx.scalar(select(func.count()).select_from(table))
            for table in (prompt_posts, occasions)
        ]
    await second.close()
    await town.end()
    assert (rows, len(town.prompts(group))) == ([1, 1], 1)


async def test_answers_scores_and_missed_slots_work_on_postgresql(postgres_url: str) -> None:
    town = Town(lambda: open_database(postgres_url))
    await town.begin()
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await fill(town, group)
    await town.gives(ann, group, '/prompt schedule when="every day at 9:00" others=on')
    await town.later(days=1)
    post = town.prompts(group)[0]
    await town.says(ann, post.chat, "A cactus", post)
    await town.sleeps_until(datetime(2026, 11, 27, 12, 30, tzinfo=UTC))
    await town.later(hours=1)
    told = await town.gives(ann, group, "/prompt answers 1")
    table = await town.gives(ann, group, "/prompt score")
    missed = [m for m in town.posts(group) if "left out" in str(m.text)]
    await town.end()
    assert ("A cactus" in told, "Q1 of the deck?" in table, len(missed)) == (True, True, 1)
