"""What could not be posted is told to moderators, and `/check` says how to mend it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from adapters.local.world import World
from bot.commands import Command
from bot.context import Context
from bot.effects import AnyEffect, Post
from bot.events import CommandGiven
from bot.feature import Feature
from bot.features import care, setup
from bot.ports import Can, InDoubt, Rejected
from bot.refs import ChatRef
from bot.store import groups
from bot.text import Text
from tests.dialogue import Talk
from tests.features.conftest import MakeTalk


def poster() -> Feature:
    """Posts into the group's room when it is asked to, as if by itself."""
    feature = Feature("poster")

    @feature.command(Command("post", "Posts"))
    async def post(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        return [Post(chat=ctx.here.chat, text=Text.of("news"), pings=(event.member,))]

    @feature.command(Command("late", "Posts too late"))
    async def late(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        stale = ctx.now - timedelta(hours=1)
        return [Post(chat=ctx.here.chat, text=Text.of("news"), stale_after=stale)]

    return feature


def world(talk: Talk) -> World:
    return talk.stage.world  # type: ignore[attr-defined,no-any-return]  # on_local gives a LocalStage


def close(talk: Talk, title: str) -> None:
    """Locks the bot out of a room."""
    room = next(room for room in world(talk).rooms.values() if room.title == title)
    with world(talk).change():
        world(talk).put(replace(room, closed=True))


def fail(talk: Talk, error: Callable[[], Exception]) -> None:
    """Lets every post of news fail."""

    def faults(effect: AnyEffect, token: str, done: bool) -> Exception | None:
        return error() if str(getattr(effect, "text", "")) == "news" and not done else None

    talk.stage.adapter.faults = faults  # type: ignore[attr-defined]  # on_local gives a LocalAdapter


async def given_rooms(talk: Talk, **rooms: str) -> None:
    """Settings as after `/setup`."""
    async with talk.app.database.write() as tx:
        group = (await groups.active(tx))[0]
        await groups.change(tx, group.id, ready=True, **rooms)


@pytest.fixture
async def group(on_local: MakeTalk) -> Talk:
    talk = await on_local(systems=[setup.feature(), care.feature(), poster()])
    await talk.stage.room("staff")
    await given_rooms(talk, room="general", moderators_room="staff")
    talk.bot.hears_nothing_more()
    return talk


async def test_a_closed_room_is_told_in_the_room_of_moderators(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    close(group, "general")
    await ann.says("/post")
    line = await group.bot.posts("could not post in the room for prompts")
    assert line.room == "staff"


async def test_the_news_says_what_is_missing_and_how_to_mend_it(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    close(group, "general")
    await ann.says("/post")
    await group.bot.posts("could not post", "✗", "may not write", "Open the room")


async def test_the_same_reason_is_told_once_a_day(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    close(group, "general")
    for _ in range(5):
        await ann.says("/post")
    await group.bot.posts("could not post")
    await group.bot.is_silent()
    await group.later(hours=24)
    await ann.says("/post")
    await group.bot.posts("could not post")


async def test_nothing_is_said_in_the_very_room_that_is_closed(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    await given_rooms(group, moderators_room="")
    close(group, "general")
    await ann.says("/post")
    await group.bot.is_silent()
    assert group.app.couriers[0].given_up == 1


async def test_what_the_platform_says_is_passed_on(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    fail(group, lambda: Rejected("missing permission: embed links"))
    await ann.says("/post")
    await group.bot.posts("refused", "missing permission: embed links")


async def test_a_post_in_doubt_is_told_as_such(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    group.stage.adapter.can &= ~Can.DEDUPE  # type: ignore[attr-defined]  # a LocalAdapter
    fail(group, lambda: InDoubt("connection lost"))
    await ann.says("/post")
    await group.bot.posts("may have arrived")


async def test_a_post_that_came_too_late_is_told(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    await ann.says("/late")
    await group.bot.posts("too late")


async def test_check_says_that_all_is_well(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    await ann.says("/check")
    await group.bot.replies("Everything is in order", "✓", "general", "staff", to=ann)


async def test_check_says_what_is_wrong_and_how_to_mend_it(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    close(group, "staff")
    await ann.says("/check")
    await group.bot.replies("1 thing needs you", "✗", "moderators' room", "Open the room", to=ann)


async def test_check_tells_what_failed_unseen(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    await given_rooms(group, moderators_room="")
    close(group, "general")
    await ann.says("/post")
    world_room = next(r for r in world(group).rooms.values() if r.title == "general")
    with world(group).change():
        world(group).put(replace(world_room, closed=False))
    await ann.says("/check")
    await group.bot.replies("in order", "could not post in the room for prompts")


async def test_the_button_of_the_news_starts_the_check(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)
    close(group, "general")
    await ann.says("/post")
    await ann.presses(await group.bot.posts("could not post"), "Test everything")
    await group.bot.replies("1 thing needs you", to=ann)


async def test_a_platform_that_does_not_answer_is_a_finding(group: Talk) -> None:
    ann = await group.person("Ann", moderator=True)

    async def check(chats: list[ChatRef]) -> None:
        raise OSError("no route to host")

    group.stage.adapter.check = check  # type: ignore[method-assign,assignment]  # the fault to test
    await ann.says("/check")
    await group.bot.replies("did not answer", "Try again")


async def test_check_works_on_every_platform(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    await ann.says("/check")
    await talk.bot.replies("✓", to=ann)
