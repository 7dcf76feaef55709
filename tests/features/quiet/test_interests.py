"""What members say they would like more of."""

import pytest
from sqlalchemy import select

from bot.events import CommunityChanged
from bot.features.quiet import interests
from bot.features.quiet.reasons import Kind
from bot.features.quiet.tables import interests as table
from bot.store.database import Database
from tests.dialogue import Actor, Talk
from tests.features.quiet.chooser import HOME, NOW, Chooser, chooser, context


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    made = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    return made


async def test_a_topic_is_kept_and_shown(talk: Talk, ben: Actor) -> None:
    await ben.says("/interests hill paths")
    line = await talk.bot.replies("You would like more of", "hill paths", to=ben)
    assert "hill paths" in line.options + line.buttons


async def test_it_says_what_follows_from_it(talk: Talk, ben: Actor) -> None:
    await ben.says("/interests hill paths")
    await talk.bot.replies("your name may stand in it, at most once in three weeks", to=ben)


async def test_a_topic_is_taken_back(talk: Talk, ben: Actor) -> None:
    await ben.says("/interests hill paths")
    await ben.presses(await talk.bot.replies("hill paths", to=ben), "hill paths")
    await talk.bot.replies("have not said yet", to=ben)


async def test_one_of_several_is_taken_back(talk: Talk, ben: Actor) -> None:
    await ben.says("/interests hill paths")
    await ben.says("/interests music")
    line = await talk.bot.replies("hill paths", "music", to=ben)
    await ben.presses(line, "music")
    left = await talk.bot.replies("hill paths", to=ben)
    assert "music" not in left.text


async def test_the_same_topic_counts_once(talk: Talk, ben: Actor) -> None:
    await ben.says("/interests Hill paths")
    await ben.says("/interests paths HILL")
    await talk.bot.replies("said so already", "/interests", to=ben)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("🙂🙂", "at least one word"), ("what I always wanted to know", "too long")],
)
async def test_what_is_no_topic_is_refused(talk: Talk, ben: Actor, typed: str, said: str) -> None:
    await ben.says(f"/interests {typed}")
    await talk.bot.replies(said, to=ben)


async def test_the_twenty_first_topic_is_refused(talk: Talk, ben: Actor) -> None:
    for number in range(20):
        await ben.says(f"/interests topic{chr(97 + number)} {chr(97 + number)}")
    await ben.says("/interests weather")
    await talk.bot.replies("20 topics are the most", to=ben)


async def test_without_topics_it_says_how_to_add_one(talk: Talk, ben: Actor) -> None:
    await ben.says("/interests")
    await talk.bot.replies("have not said yet", "/interests …", to=ben)


@pytest.fixture
async def crowd(database: Database) -> Chooser:
    return await chooser(database)


async def moved(crowd: Chooser, *, emptied: bool) -> set[int]:
    """The communities in which Ann's topic counts after her group has moved."""
    ann = await crowd.quiet("Ann", Kind.OVERDUE)
    await crowd.likes(ann, "hills")
    event = CommunityChanged(
        id="moved",
        at=NOW,
        chat=HOME,
        group_id=crowd.group.id,
        before=crowd.group.community,
        after=77,
        emptied=emptied,
    )
    async with crowd.database.write() as tx:
        await interests.changed(context(tx, crowd, event), event)
        return {row.community for row in await tx.all(select(table.c.community))}


async def test_topics_hold_in_the_new_community_too(crowd: Chooser) -> None:
    assert await moved(crowd, emptied=False) == {crowd.group.community, 77}


async def test_topics_leave_an_empty_community(crowd: Chooser) -> None:
    assert await moved(crowd, emptied=True) == {77}
