"""Moderators plan prompts by talking to the bot, on every platform."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot.features import prompts
from bot.store.database import Database
from tests.dialogue import Actor, Talk
from tests.stages import STAGES
from tests.stages.base import Line

# The dialogues begin on Monday, 23 November 2026, at 7:00 UTC.


@pytest.fixture(params=sorted(STAGES))
async def talk(
    request: pytest.FixtureRequest, open_store: Callable[[], Database]
) -> AsyncIterator[Talk]:
    """A dialogue with the prompts."""
    dialogue = Talk(STAGES[request.param](), open_store, systems=[prompts.feature()])
    await dialogue.begin()
    yield dialogue
    await dialogue.end()


async def moderator(talk: Talk, count: int = 3) -> Actor:
    """Ann, and a deck with some prompts."""
    ann = await talk.person("Ann", moderator=True)
    for number in range(count):
        await ann.says(f"/prompt add Question {number} of ours?")
    talk.bot.hears_nothing_more()
    return ann


async def planned(talk: Talk, ann: Actor) -> Line:
    """A daily schedule, as /prompt schedules shows it."""
    await ann.says("/prompt schedule every day at 9:00")
    talk.bot.hears_nothing_more()
    await ann.says("/prompt schedules")
    return await talk.bot.replies("next: ", "From the deck", to=ann)


async def test_a_schedule_is_planned_in_plain_words_and_posts(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every weekday at 9:00")
    await talk.bot.replies("Planned", "Every weekday at 9:00", to=ann)
    await talk.later(hours=3)
    await talk.bot.posts("Question")


async def test_a_schedule_in_french_is_understood(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule tous les lundis à 9h30")
    await talk.bot.replies("Planned", "Every Monday at 9:30", to=ann)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("every weekday at 25:00", "There is no time"),
        ("31 February at 9:00", "never comes"),
        ("every day", "The time of day is missing"),
        ("at 9:00", "The day is missing"),
        ("whenever you like", "I don't understand"),
        ("99 9 * * *", "is not a cron line"),
        ("*/5 * * * *", "more often than once an hour"),
    ],
)
async def test_what_can_not_be_planned_is_told_with_what_to_do(
    talk: Talk, typed: str, told: str
) -> None:
    ann = await moderator(talk)
    await ann.says(f"/prompt schedule {typed}")
    await talk.bot.replies(told, to=ann)


async def test_markup_in_a_schedule_stays_text_and_pings_nobody(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule @everyone **<b>** \u202e")
    told = await talk.bot.replies("I don't understand", to=ann)
    assert told.pings == ()


async def test_members_can_not_plan(talk: Talk) -> None:
    await moderator(talk)
    bob = await talk.person("Bob")
    await bob.says("/prompt schedule every day at 9:00")
    await talk.bot.replies("Only moderators", to=bob)


async def test_nothing_planned_is_said_with_an_example(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedules")
    await talk.bot.replies("Nothing is planned", "/prompt schedule every weekday at 9:00", to=ann)


async def test_without_a_deck_the_way_to_one_is_told(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/prompt schedule every day at 9:00")
    await talk.bot.replies("There is no deck yet", to=ann)


async def test_the_preview_is_what_is_posted(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every day at 9:00")
    await ann.says("/prompt preview")
    preview = await talk.bot.replies("in the group's room", to=ann)
    talk.bot.hears_nothing_more()
    await talk.later(hours=3)
    post = await talk.bot.posts("Question")
    assert preview.text.endswith(post.text)


async def test_the_week_names_each_prompt_once_with_its_day(talk: Talk) -> None:
    ann = await moderator(talk, 9)
    await ann.says("/prompt schedule every weekday at 9:00")
    talk.bot.hears_nothing_more()
    await ann.says("/prompt week")
    week = await talk.bot.replies("Question", to=ann)
    asked = [line for line in week.text.splitlines() if "Question" in line]
    assert len(set(asked)) == len(asked) == 5


async def test_the_next_one_is_skipped_and_brought_back(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every day at 9:00")
    await ann.says("/prompt skip")
    told = await talk.bot.replies("Skipped", "Nov 24", to=ann)
    await ann.presses(told, "Undo")
    await talk.bot.replies("next: ", "Nov 23", to=ann)


async def test_a_skipped_slot_is_not_posted(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every day at 9:00")
    await ann.says("/prompt skip")
    talk.bot.hears_nothing_more()
    await talk.later(hours=5)
    await talk.bot.is_silent()


async def test_the_next_one_is_moved_once(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every day at 9:00")
    await ann.says("/prompt move today 15:00")
    await talk.bot.replies("Moved", "3:00", to=ann)
    talk.bot.hears_nothing_more()
    await talk.later(hours=4)
    await talk.bot.is_silent()
    await talk.later(hours=5)
    await talk.bot.posts("Question")
    await talk.later(hours=18)
    await talk.bot.posts("Question")


async def test_a_moment_that_is_over_is_told(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every day at 9:00")
    await ann.says("/prompt move 2026-11-22 9:00")
    await talk.bot.replies("is already over", to=ann)


async def test_pause_and_resume_by_buttons(talk: Talk) -> None:
    ann = await moderator(talk)
    shown = await planned(talk, ann)
    await ann.presses(shown, "Pause")
    paused = await talk.bot.replies("paused", to=ann)
    await talk.later(hours=12)
    await talk.bot.is_silent()
    await ann.presses(paused, "Resume")
    await talk.bot.replies("next: ", "Nov 24", to=ann)


async def test_several_schedules_are_listed_to_pick_one(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every day at 9:00")
    await ann.says("/prompt schedule Fridays at 17:00")
    talk.bot.hears_nothing_more()
    await ann.says("/prompt schedules")
    listed = await talk.bot.replies("1. Every day at 9:00", "2. Every Friday at 5:00", to=ann)
    await ann.presses(listed, next(o for o in listed.options + listed.buttons if "2. " in o))
    await talk.bot.replies("Every Friday", "From the deck", to=ann)


async def test_a_deleted_schedule_is_silent_until_it_is_brought_back(talk: Talk) -> None:
    ann = await moderator(talk)
    shown = await planned(talk, ann)
    await ann.presses(shown, "Delete")
    deleted = await talk.bot.replies("Deleted", to=ann)
    await talk.later(hours=4)
    await talk.bot.is_silent()
    await ann.presses(deleted, "Undo")
    await talk.bot.replies("next: ", "Nov 24", to=ann)
    await talk.later(days=1)
    await talk.bot.posts("Question")


async def test_a_schedule_is_changed_in_a_form(talk: Talk) -> None:
    ann = await moderator(talk)
    shown = await planned(talk, ann)
    await ann.presses(shown, "Change")
    await ann.fills(["Mondays at 18:30", "Our own questions", "Paris", "10", "22-7"])
    await talk.bot.replies("Every Monday at 6:30", "Europe/Paris", "Up to 10 minutes", to=ann)


async def test_a_form_with_an_unknown_zone_changes_nothing(talk: Talk) -> None:
    ann = await moderator(talk)
    shown = await planned(talk, ann)
    await ann.presses(shown, "Change")
    await ann.fills(["Mondays at 18:30", "Our own questions", "Atlantis", "0", "22-7"])
    await talk.bot.replies("I don't know the time zone", "Nothing was changed", to=ann)


async def test_now_posts_a_prompt_at_once_and_its_answers_are_shown(talk: Talk) -> None:
    ann = await moderator(talk)
    bob = await talk.person("Bob")
    await ann.says("/prompt now")
    await talk.bot.replies("Posted", to=ann)
    post = await talk.bot.posts("Question")
    await bob.says("A cactus", reply_to=post)
    talk.bot.hears_nothing_more()
    await ann.says("/prompt answers")
    await talk.bot.replies("A cactus", "Bob", to=ann)


async def test_a_button_of_a_schedule_that_is_gone_is_answered(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every day at 9:00")
    planned_first = await talk.bot.replies("Planned", to=ann)
    await ann.says("/prompt schedules")
    shown = await talk.bot.replies("From the deck", to=ann)
    await ann.presses(shown, "Delete")
    await talk.bot.replies("Deleted", to=ann)
    await ann.presses(planned_first, "See what comes")
    await talk.bot.replies("no longer there", to=ann)


async def test_the_plan_survives_a_restart(talk: Talk) -> None:
    ann = await moderator(talk)
    await ann.says("/prompt schedule every day at 9:00")
    talk.bot.hears_nothing_more()
    await talk.restarts()
    await talk.later(hours=3)
    await talk.bot.posts("Question")
