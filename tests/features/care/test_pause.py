"""`/pause` and `/resume`."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.local.client import EVERYTHING
from bot.context import Context
from bot.effects import AnyEffect, Post
from bot.events import ChatAdded, Due
from bot.feature import Feature
from bot.features import care
from bot.features.care.rules import parse_until
from bot.i18n import zone_of
from bot.ports import Can
from bot.text import Text
from scheduler.errors import PhraseError
from tests.dialogue import Talk
from tests.features.conftest import MakeTalk

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


def hourly() -> Feature:
    """A feature that posts every hour by itself."""
    feature = Feature("hourly")

    @feature.on(ChatAdded)
    async def begin(ctx: Context, event: ChatAdded) -> list[AnyEffect]:
        ctx.arm("hourly", ctx.now + timedelta(hours=1), "post")
        return []

    @feature.due("post")
    async def post(ctx: Context, event: Due) -> list[AnyEffect]:
        ctx.arm("hourly", ctx.now + timedelta(hours=1), "post")
        return [Post(chat=ctx.here.chat, text=Text.of("tick"))]

    return feature


@pytest.fixture
async def ticking(on_local: MakeTalk) -> Talk:
    return await on_local(systems=[care.feature(), hourly()])


@given(st.text(max_size=200))
def test_any_text_is_a_moment_to_come_or_a_phrase_error(text: str) -> None:
    with contextlib.suppress(PhraseError):
        assert parse_until(text, NOW) > NOW


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("tomorrow", datetime(2026, 11, 24, 8, tzinfo=UTC)),
        ("Monday 9:00", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("3 days", datetime(2026, 11, 26, 7, tzinfo=UTC)),
        ("in 90 minutes", datetime(2026, 11, 23, 8, 30, tzinfo=UTC)),
        ("24 décembre", datetime(2026, 12, 24, 8, tzinfo=UTC)),
        ("amanhã", datetime(2026, 11, 24, 8, tzinfo=UTC)),
    ],
)
def test_until_is_a_day_a_moment_or_a_length_of_time(said: str, until: datetime) -> None:
    assert parse_until(said, NOW.astimezone(zone_of("Europe/Paris"))) == until


async def test_a_pause_stops_what_the_bot_posts_by_itself(ticking: Talk) -> None:
    ann = await ticking.person("Ann", moderator=True)
    await ann.says("/pause")
    await ticking.bot.replies("Paused", to=ann)
    await ticking.later(hours=3)
    await ticking.bot.is_silent()


async def test_resuming_lets_posts_go_on(ticking: Talk) -> None:
    ann = await ticking.person("Ann", moderator=True)
    await ann.says("/pause")
    line = await ticking.bot.replies("Paused")
    await ann.presses(line, "Resume now")
    await ticking.bot.replies("On again")
    await ticking.later(hours=1)
    await ticking.bot.posts("tick")


async def test_a_pause_ends_by_itself_at_its_moment(ticking: Talk) -> None:
    ann = await ticking.person("Ann", moderator=True)
    await ann.says("/pause in 150 minutes")
    await ticking.bot.replies("Paused until", "9:30")
    await ticking.later(minutes=150)
    await ticking.bot.is_silent()
    await ticking.later(hours=1)
    await ticking.bot.posts("tick")


async def test_a_pause_without_end_replaces_one_with_an_end(ticking: Talk) -> None:
    ann = await ticking.person("Ann", moderator=True)
    await ann.says("/pause in 1 hour")
    await ann.says("/pause")
    ticking.bot.hears_nothing_more()
    await ticking.later(days=2)
    await ticking.bot.is_silent()


async def test_an_impossible_day_pauses_nothing(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/pause 31 february 9:00")
    await talk.bot.replies("31 february", "Nothing is paused")
    await ann.says("/resume")
    await talk.bot.replies("Nothing is paused")


async def test_a_member_can_not_end_a_pause(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL)
    ann, cy = await talk.person("Ann", moderator=True), await talk.person("Cy")
    await ann.says("/pause")
    line = await talk.bot.replies("Paused")
    await cy.presses(line, "Resume now")
    await talk.bot.replies("Only moderators")
