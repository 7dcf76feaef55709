"""Cards as moderators handle them: add, show, change, delete."""

import pytest

from adapters.local.client import EVERYTHING
from bot.ports import Can
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.stages.local import LocalStage

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    found = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    return found


async def test_a_prompt_is_kept_in_the_first_deck(talk: Talk, ann: Actor) -> None:
    await ann.says("/prompt add What stands on your desk?")
    await talk.bot.replies(
        "Kept as card 1", "Our own questions", "What stands on your desk?", to=ann
    )


async def test_a_prompt_can_have_a_category_and_options(talk: Talk, ann: Actor) -> None:
    await ann.says('/prompt add Tea or coffee? category=fun options="tea | coffee"')
    await ann.says("/prompt show 1")
    await talk.bot.replies("Tea or coffee?", "▫ tea", "▫ coffee", "fun", "poll", to=ann)


async def test_the_same_prompt_is_not_kept_twice(talk: Talk, ann: Actor) -> None:
    await ann.says("/prompt add What stands on your desk?")
    await ann.says("/prompt add what stands on YOUR desk")
    await talk.bot.replies("is there already, as card 1", to=ann)


async def test_a_prompt_is_rewritten_in_a_form(talk: Talk, ann: Actor) -> None:
    await ann.says("/prompt add What stands on your desk?")
    await ann.says("/prompt edit 1")
    await ann.fills(["What lies on your table?", "work", "a | b"])
    await talk.bot.replies("Card 1 reads now", "What lies on your table?", to=ann)


async def test_a_deleted_prompt_comes_back_within_a_day(talk: Talk, ann: Actor) -> None:
    await ann.says("/prompt add What stands on your desk?")
    await ann.says("/prompt delete 1")
    line = await talk.bot.replies("Card 1 is deleted", to=ann)
    await talk.later(hours=23)
    await ann.presses(line, "Undo")
    await talk.bot.replies("Card 1 is back", to=ann)
    await ann.says("/prompt show 1")
    await talk.bot.replies("Card 1 of", to=ann)


async def test_a_day_later_a_deleted_prompt_is_gone(talk: Talk, ann: Actor) -> None:
    await ann.says("/prompt add What stands on your desk?")
    await ann.says("/prompt delete 1")
    line = await talk.bot.replies("Card 1 is deleted", to=ann)
    await talk.later(hours=25)
    await ann.presses(line, "Undo")
    await talk.bot.replies("too late", to=ann)
    await ann.says("/prompt show 1")
    await talk.bot.replies("There is no card 1", to=ann)


async def test_a_list_is_turned_in_place(talk: Talk, ann: Actor) -> None:
    for number in range(10):
        await ann.says(f"/prompt add Question number {number}?")
    await ann.says("/prompt list")
    line = await talk.bot.replies("10 prompts", "Question number 0?", "Page 1 of 2", to=ann)
    await ann.presses(line, "More ▶")
    turned = await talk.bot.replies("Question number 9?", "Page 2 of 2", to=ann)
    assert turned.id == line.id
    await ann.presses(turned, "◀ Back")
    await talk.bot.replies("Question number 0?", to=ann)


async def test_only_moderators_undo_a_deletion(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL)
    ann, bea = await talk.person("Ann", moderator=True), await talk.person("Bea")
    await ann.says("/prompt add What stands on your desk?")
    await ann.says("/prompt delete 1")
    line = await talk.bot.replies("Card 1 is deleted")
    await bea.presses(line, "Undo")
    await talk.bot.replies("Only moderators", to=bea)
    await ann.says("/prompt show 1")
    await talk.bot.replies("There is no card 1")


@pytest.fixture
async def local(on_local: MakeTalk) -> Talk:
    return await on_local()


@pytest.fixture
async def cleo(local: Talk) -> Actor:
    found = await local.person("Cleo", moderator=True)
    local.bot.hears_nothing_more()
    return found


async def test_the_buttons_under_a_card_do_what_they_say(local: Talk, cleo: Actor) -> None:
    await cleo.says("/prompt add What stands on your desk?")
    await cleo.presses(await local.bot.replies("Kept"), "Show")
    await cleo.presses(await local.bot.replies("has not come up yet"), "Put aside")
    aside = await local.bot.replies("put aside")
    await local.later(minutes=1)
    await cleo.presses(aside, "Use it again")
    line = await local.bot.replies("has not come up yet")
    assert "put aside" not in line.text
    await cleo.presses(line, "Edit")
    await cleo.fills(["What is on your table?"])
    await local.bot.replies("reads now")
    await cleo.presses(line, "Delete")
    await local.bot.replies("Card 1 is deleted")


async def test_a_picture_is_kept_and_shown(local: Talk, cleo: Actor) -> None:
    await cleo.attaches("/prompt add Where is this?", {"image": ("x.exe", PNG)})
    await local.bot.replies("Kept")
    await cleo.says("/prompt show 1")
    line = await local.bot.replies("with a picture")
    assert line.files == ("prompt.png",)


async def test_a_card_is_given_a_picture_later(local: Talk, cleo: Actor) -> None:
    await cleo.says("/prompt add Where is this?")
    await cleo.attaches("/prompt edit 1", {"image": ("x.png", PNG)})
    await local.bot.replies("has a picture now")


async def test_another_file_is_no_picture(local: Talk, cleo: Actor) -> None:
    await cleo.attaches("/prompt add Where is this?", {"image": ("x.png", b"<svg/>")})
    await local.bot.replies("has to be a PNG", "Where is this?")
    await cleo.says("/prompt list")
    await local.bot.replies("There is no deck yet")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/prompt add \u200b\u202e", "there is no text"),
        (f"/prompt add {'x' * 10_000}", "at most 1,500 characters"),
        ('/prompt add Tea? options="tea"', "2 to 10 options; this one has 1"),
        ('/prompt add Tea? options="tea|tea"', "there twice"),
        (f'/prompt add {"x" * 400} options="a|b"', "in a poll 300"),
        ("/prompt add Tea? deck=Winter", "There is no deck yet"),
        ("/prompt edit abc", "whole number"),
        ("/prompt edit 99", "There is no card 99"),
        ("/prompt edit -1", "There is no card -1"),
        (f"/prompt delete {9 * 10**30}", "There is no card"),
    ],
)
async def test_bad_input_is_answered_and_nothing_kept(
    local: Talk, cleo: Actor, typed: str, said: str
) -> None:
    await cleo.says(typed)
    await local.bot.replies(said)
    await cleo.says("/prompt list")
    await local.bot.replies("There is no deck yet")


@pytest.mark.parametrize(
    "text",
    ["@everyone look", "**bold** _it_ `code` <b>x</b>", "{name} %s {0}", "'; DROP TABLE x; --"],
)
async def test_whatever_is_written_stays_text(local: Talk, cleo: Actor, text: str) -> None:
    await cleo.says(f"/prompt add {text}")
    line = await local.bot.replies("Kept", text)
    assert line.pings == ()


async def test_an_override_of_direction_does_not_reach_the_deck(local: Talk, cleo: Actor) -> None:
    await cleo.says("/prompt add abc\u202edef")
    await local.bot.replies("abcdef")


async def test_a_text_that_is_refused_is_given_back(local: Talk, cleo: Actor) -> None:
    await cleo.says("/prompt add What a lot of work this was deck=Nowhere")
    await local.bot.replies("What a lot of work this was")


async def test_a_button_pressed_twice_says_how_things_stand(local: Talk, cleo: Actor) -> None:
    await cleo.says("/prompt add What stands on your desk?")
    kept = await local.bot.replies("Kept")
    await cleo.says("/prompt delete 1")
    line = await local.bot.replies("deleted")
    await cleo.presses(kept, "Show")
    await local.bot.replies("There is no card 1")
    await cleo.presses(line, "Undo")
    await local.bot.replies("is back")


async def test_prompts_of_another_community_are_out_of_reach(local: Talk, cleo: Actor) -> None:
    from bot.features.prompts import card_records, deck_records
    from bot.features.prompts.deckfile import Card

    async with local.app.database.write() as tx:
        deck = await deck_records.create(tx, 999, "Theirs", local.clock.now())
        (card,) = await card_records.add(tx, deck.id, [Card(text="Secret?")], local.clock.now())
    for command in ("show", "edit", "delete"):
        await cleo.says(f"/prompt {command} {card}")
        await local.bot.replies("There is no card")


async def test_cards_are_completed_by_their_words(local: Talk, cleo: Actor) -> None:
    await cleo.says("/prompt add What stands on your desk?")
    await cleo.says("/prompt add Tea or coffee? category=fun")
    assert isinstance(local.stage, LocalStage)
    world, engine = local.stage.world, local.app.engine
    chat, member = world.home(local.stage.group.id), next(iter(world.people.values())).ref
    found = await engine.complete(chat, member, "prompt edit", "card", "COFFEE", moderator=True)
    assert [choice.value for choice in found] == ["2"]
    found = await engine.complete(chat, member, "prompt add", "category", "f", moderator=True)
    assert [choice.value for choice in found] == ["fun"]
    found = await engine.complete(chat, member, "deck order", "deck", "own", moderator=True)
    assert [choice.value for choice in found] == ["Our own questions"]
