"""Decks as moderators handle them: new, list, order, rename, delete."""

from datetime import timedelta

import pytest

from bot.features.prompts.tables import schedules
from bot.store import groups
from bot.store.database import Tx
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk


@pytest.fixture
async def local(on_local: MakeTalk) -> Talk:
    return await on_local()


@pytest.fixture
async def ann(local: Talk) -> Actor:
    found = await local.person("Ann", moderator=True)
    local.bot.hears_nothing_more()
    return found


async def test_a_deck_is_made_and_listed(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/deck new Winter evenings")
    await talk.bot.replies("Winter evenings", "still empty", to=ann)
    await ann.says("/deck list")
    await talk.bot.replies("Winter evenings", "0 prompts", "shuffled", to=ann)


async def test_a_deck_is_deleted_only_after_a_yes_and_can_come_back(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/deck new Winter")
    await ann.says("/prompt add Snow or rain? deck=Winter")
    await ann.says("/deck delete Winter")
    line = await talk.bot.replies("Delete", "Winter", "1 prompt?", to=ann)
    await ann.presses(line, "Delete it")
    line = await talk.bot.replies("is deleted", to=ann)
    await ann.presses(line, "Undo")
    await talk.bot.replies("Winter", "is back, with 1 prompt", to=ann)


async def test_a_deck_can_be_kept_after_all(local: Talk, ann: Actor) -> None:
    await ann.says("/deck new Winter")
    await ann.says("/deck delete winter")
    await ann.presses(await local.bot.replies("Delete"), "Keep it")
    await local.bot.replies("Nothing was deleted")
    await ann.says("/deck list")
    await local.bot.replies("Winter", "0 prompts")


async def test_a_deleted_deck_does_not_come_back_after_a_day(local: Talk, ann: Actor) -> None:
    await ann.says("/deck new Winter")
    await ann.says("/deck delete Winter")
    await ann.presses(await local.bot.replies("Delete"), "Delete it")
    line = await local.bot.replies("is deleted")
    await local.later(hours=25)
    await ann.presses(line, "Undo")
    await local.bot.replies("too late")


async def test_a_deck_that_comes_back_finds_another_name_if_its_own_is_taken(
    local: Talk, ann: Actor
) -> None:
    await ann.says("/deck new Winter")
    await ann.says("/deck delete Winter")
    await ann.presses(await local.bot.replies("Delete"), "Delete it")
    line = await local.bot.replies("is deleted")
    await ann.says("/deck new Winter")
    await ann.presses(line, "Undo")
    await local.bot.replies("Winter 2", "is back")


async def test_a_deck_that_a_schedule_needs_is_not_deleted(local: Talk, ann: Actor) -> None:
    await ann.says("/deck new Winter")
    async with local.app.database.write() as tx:
        await _schedule(tx, deck=1, at=local.clock.now())
    await ann.says("/deck delete Winter")
    await local.bot.replies("1 schedule posts from", "Winter")


async def _schedule(tx: Tx, deck: int, at: object) -> None:
    (group,) = await groups.active(tx)
    values = {"group_id": group.id, "deck": deck, "rule": "{}", "spoken": "", "room": ""}
    await tx.execute(tx.insert(schedules).values(**values, created_at=at))


async def test_two_decks_can_not_have_one_name(local: Talk, ann: Actor) -> None:
    await ann.says("/deck new Winter")
    await ann.says("/deck new  WINTER ")
    await local.bot.replies("There is a deck called", "Winter")


async def test_a_deck_is_renamed(local: Talk, ann: Actor) -> None:
    await ann.says('/deck new "Winter"')
    await ann.says("/deck rename winter Spring")
    await local.bot.replies("is called", "Spring")


async def test_a_deck_is_taken_in_order(local: Talk, ann: Actor) -> None:
    await ann.says("/deck new Winter")
    await ann.says("/deck order Winter in-order")
    await local.bot.replies("come in order from now on")
    await ann.says("/deck list")
    await local.bot.replies("in order")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/deck new \u200b", "name that can be seen"),
        (f"/deck new {'x' * 61}", "at most 40 characters"),
        ("/deck rename Nowhere Other", "There is no deck yet"),
        ("/deck order Nowhere shuffle", "There is no deck yet"),
        ("/deck order Nowhere sideways", "shuffle"),
        ("/deck delete Nowhere", "There is no deck yet"),
        ("/prompt list Nowhere", "There is no deck yet"),
        ("/prompt export", "There is no deck yet"),
    ],
)
async def test_what_can_not_be_done_is_said(local: Talk, ann: Actor, typed: str, said: str) -> None:
    await ann.says(typed)
    await local.bot.replies(said)


async def test_a_name_is_never_markup_or_a_ping(local: Talk, ann: Actor) -> None:
    await ann.says("/deck new @everyone **x** {n}")
    line = await local.bot.replies("@everyone **x** {n}")
    assert line.pings == ()


async def test_a_list_shows_one_category_by_the_name_that_people_see(
    local: Talk, ann: Actor
) -> None:
    await ann.says("/prompt add One? category=meet")
    await ann.says("/prompt add Two? category=fun")
    await ann.says('/prompt list category="Getting to know each other"')
    line = await local.bot.replies("1 prompt,", "One?")
    assert "Two?" not in line.text


async def test_an_unknown_category_is_answered_with_the_known_ones(local: Talk, ann: Actor) -> None:
    await ann.says("/prompt add Two? category=fun")
    await ann.says("/prompt list category=cars")
    await local.bot.replies("has no category called", "cars", "fun")


async def test_buttons_of_a_deck_that_is_gone_are_answered(local: Talk, ann: Actor) -> None:
    for number in range(9):
        await ann.says(f"/prompt add Question {number}?")
    await ann.says("/prompt list")
    line = await local.bot.replies("Page 1")
    await ann.says('/deck delete "Our own questions"')
    asked = await local.bot.replies("Delete")
    await ann.presses(asked, "Delete it")
    await ann.presses(line, "More ▶")
    await local.bot.replies("This deck is gone")


async def test_undo_is_offered_for_exactly_a_day(local: Talk, ann: Actor) -> None:
    from bot.features.prompts.deck_rules import can_undo

    now = local.clock.now()
    assert can_undo(now - timedelta(days=1), now)
    assert not can_undo(now - timedelta(days=1, seconds=1), now)
