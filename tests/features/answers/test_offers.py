"""The quiet offer to keep the answer of a question asked in plain conversation."""

import pytest
from sqlalchemy import text

from bot.features.answers import choices
from bot.store import groups
from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.features.conftest import MakeTalk
from tests.stages.base import Line

FERRY = "Does anybody know when the last ferry leaves on Sundays?"
OFFER = "Shall I keep the answer"


async def set_up(talk: Talk) -> Actor:
    """Ann, in a group whose setup is done."""
    ann = await talk.person("Ann")
    async with talk.app.database.write() as tx:
        (group,) = await groups.active(tx)
        await groups.change(tx, group.id, ready=True)
    talk.bot.hears_nothing_more()
    return ann


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await set_up(talk)


@pytest.fixture
async def ben(talk: Talk, ann: Actor) -> Actor:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    return ben


async def offered(talk: Talk, ann: Actor, question: str = FERRY) -> Line:
    """The offer under a question of Ann's."""
    await ann.says(question)
    return await talk.bot.posts(OFFER)


def standing(talk: Talk) -> list[Line]:
    """The offers that stand in the room."""
    return [line for line in talk.stage.lines() if OFFER in line.text and not line.deleted]


async def test_a_question_in_conversation_is_offered_to_be_kept(talk: Talk, ann: Actor) -> None:
    line = await offered(talk, ann)
    assert line.buttons == ("Keep the answer", "No thanks")
    assert line.reply
    assert line.pings == ()


async def test_ordinary_talk_is_left_alone(talk: Talk, ann: Actor) -> None:
    for said in ("Good morning all", "That was fun yesterday", "really??", "ok?"):
        await ann.says(said)
    await talk.bot.is_silent()


async def test_the_words_are_not_stored_before_the_button_is_pressed(
    talk: Talk, ann: Actor
) -> None:
    await offered(talk, ann)
    assert await _stored(talk, "last ferry") == []


async def test_a_kept_question_takes_the_place_of_its_offer(talk: Talk, ann: Actor) -> None:
    line = await offered(talk, ann)
    await ann.presses(line, "Keep the answer")
    shown = await talk.bot.posts("Do you know?")
    assert shown.id == line.id
    assert [(row.text, row.source, row.state) for row in await kept(talk)] == [
        (FERRY, "offered", "open")
    ]


async def test_a_reply_to_the_asker_is_kept_after_the_offer_was_taken(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    message = await ann.says(FERRY)
    await ann.presses(await talk.bot.posts(OFFER), "Keep the answer")
    await ben.answers(message, "At a quarter past nine, from pier two")
    assert [row.text for row in await answers(talk)] == ["At a quarter past nine, from pier two"]


async def test_nobody_else_can_take_the_offer(talk: Talk, ann: Actor, ben: Actor) -> None:
    line = await offered(talk, ann)
    await ben.presses(line, "Keep the answer")
    await talk.bot.replies("Only who asked that", to=ben)
    assert await kept(talk) == []


async def test_a_moderator_may_take_the_offer(talk: Talk, ann: Actor) -> None:
    mo = await talk.person("Mo", moderator=True)
    line = await offered(talk, ann)
    await mo.presses(line, "Keep the answer")
    assert [row.member_name for row in await kept(talk)] == ["Ann"]


async def test_no_thanks_takes_the_offer_away(talk: Talk, ann: Actor) -> None:
    line = await offered(talk, ann)
    await ann.presses(line, "No thanks")
    assert standing(talk) == []


async def test_who_declined_is_left_in_peace_for_a_month(talk: Talk, ann: Actor) -> None:
    await ann.presses(await offered(talk, ann), "No thanks")
    await talk.later(days=29)
    await ann.says("Where can I buy a monthly ticket for the ferry?")
    assert standing(talk) == []
    await talk.later(days=2)
    await ann.says("Where can I buy a monthly ticket for the ferry?")
    assert len(standing(talk)) == 1


async def test_an_offer_that_nobody_takes_goes_away_after_two_hours(talk: Talk, ann: Actor) -> None:
    await offered(talk, ann)
    await talk.later(hours=2, minutes=1)
    assert standing(talk) == []


async def test_a_room_has_one_offer_in_twenty_minutes(talk: Talk, ann: Actor, ben: Actor) -> None:
    await offered(talk, ann)
    await talk.later(minutes=19)
    await ben.says("Where can I buy a monthly ticket for the ferry?")
    assert len(standing(talk)) == 1
    await talk.later(minutes=2)
    await ben.says("Which pier is closest to the old market?")
    assert len(standing(talk)) == 2


async def test_a_person_has_one_offer_a_day(talk: Talk, ann: Actor) -> None:
    await offered(talk, ann)
    await talk.later(hours=3)
    await ann.says("Where can I buy a monthly ticket for the ferry?")
    assert standing(talk) == []


async def test_an_offer_goes_when_its_message_is_edited(talk: Talk, ann: Actor) -> None:
    message = await ann.says(FERRY)
    await talk.bot.posts(OFFER)
    await ann.edits(message, "Never mind, found it")
    assert standing(talk) == []


async def test_an_earlier_answer_stands_beside_the_offer(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await _asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    await cal.says(FERRY)
    line = await talk.bot.posts("This may help already", "quarter past nine", OFFER)
    assert line.buttons == ("1 helps", "Keep the answer", "No thanks")


async def test_an_earlier_answer_that_helps_closes_the_question(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await _asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    await cal.says(FERRY)
    line = await talk.bot.posts("This may help already")
    await cal.presses(line, "1 helps")
    shown = await talk.bot.posts("Glad that it helped", "Ben")
    assert shown.id == line.id
    assert [row.state for row in await kept(talk)] == ["open", "repeat"]


async def test_what_did_not_help_after_all_stands_as_a_question(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await _asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    await cal.says(FERRY)
    line = await talk.bot.posts("This may help already")
    await cal.presses(line, "1 helps")
    await cal.presses(await talk.bot.posts("Glad that it helped"), "Not after all: ask anyway")
    shown = await talk.bot.posts("Do you know?")
    assert shown.id == line.id
    assert [row.state for row in await kept(talk)] == ["open", "open"]


async def test_after_a_restart_the_words_are_forgotten_and_that_is_said(
    on_local: MakeTalk,
) -> None:
    talk = await on_local()
    ann = await set_up(talk)
    line = await offered(talk, ann)
    await talk.restarts()
    await ann.presses(line, "Keep the answer")
    await talk.bot.posts("I have forgotten the words", "/ask")
    assert await kept(talk) == []


async def test_a_group_that_does_not_want_offers_has_none(on_local: MakeTalk) -> None:
    talk = await on_local()
    ann = await set_up(talk)
    async with talk.app.database.write() as tx:
        (group,) = await groups.active(tx)
        await choices.choose(tx, group.id, offer=False)
    await ann.says(FERRY)
    assert standing(talk) == []


async def test_nothing_is_offered_before_the_setup_is_done(on_local: MakeTalk) -> None:
    talk = await on_local()
    ann = await talk.person("Ann")
    await ann.says(FERRY)
    assert standing(talk) == []


async def test_a_question_under_a_question_is_not_offered(on_local: MakeTalk) -> None:
    talk = await on_local()
    ann = await set_up(talk)
    ben = await talk.person("Ben")
    await ann.says("/ask Who has a boat?")
    line = await talk.bot.posts("asks:")
    await ben.says_in_thread("How many people does it have to carry?", under=line)
    assert standing(talk) == []


async def _asked_and_answered(talk: Talk, ann: Actor, ben: Actor) -> None:
    message = await ann.says(FERRY)
    await ann.presses(await talk.bot.posts(OFFER), "Keep the answer")
    await ben.answers(message, "At a quarter past nine, from pier two")
    await talk.later(minutes=30)
    talk.bot.hears_nothing_more()


async def _stored(talk: Talk, words: str) -> list[str]:
    """The tables that hold these words."""
    found = []
    async with talk.app.database.read() as tx:
        stored = "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"  # those read the other tables
        tables = await tx.all(text(f"SELECT name FROM sqlite_master WHERE {stored}"))
        for (table,) in tables:
            rows = await tx.all(text(f'SELECT * FROM "{table}"'))
            if any(words in str(value) for row in rows for value in row):
                found.append(table)
    return found
