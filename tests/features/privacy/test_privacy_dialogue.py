"""`/mydata`, `/forgetme`, `/pings` and `/language`."""

import json

from sqlalchemy import select

from adapters.local.client import EVERYTHING
from bot.ports import Can
from bot.store.schema import preferences, roster
from tests.dialogue import Talk
from tests.features.conftest import MakeTalk


async def test_mydata_answers_one_person_with_a_file(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.opens_private()
    await cy.says("hello everybody")
    talk.bot.hears_nothing_more()
    await cy.says("/mydata")
    line = await talk.bot.replies("Friends")
    assert line.only_for == "Cy"
    assert len(line.files) == 1


async def test_ordinary_messages_are_counted_and_not_stored(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("a secret of mine")
    await cy.says("/mydata")
    await talk.bot.replies("messages: 1")
    world = talk.stage.world  # type: ignore[attr-defined]  # on_local gives a LocalStage
    message = next(m for m in world.messages.values() if m.file)
    data = world.file(message.file.id)
    assert b"secret" not in data
    assert json.loads(data)["about"] == "local:cy"


async def test_personal_data_are_not_shown_where_others_read(on_local: MakeTalk) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL & ~Can.DM)
    cy = await talk.person("Cy")
    talk.bot.hears_nothing_more()
    await cy.says("/mydata")
    await talk.bot.replies("for you alone")
    await talk.bot.is_silent()


async def test_forgetting_needs_a_second_press(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/forgetme")
    line = await talk.bot.replies("can't be undone", to=cy)
    await cy.presses(line, "Keep it")
    await talk.bot.replies("stays as it is", to=cy)


async def test_who_is_forgotten_has_no_name_any_more(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/forgetme")
    await cy.presses(await talk.bot.replies("can't be undone"), "Delete everything")
    await talk.bot.replies("forgotten you", to=cy)
    async with talk.app.database.read() as tx:
        assert "Cy" not in {row.name for row in await tx.all(select(roster.c.name))}


async def test_who_is_forgotten_stays_so_over_a_restart_before_the_press(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/forgetme")
    line = await talk.bot.replies("can't be undone")
    await talk.restarts()
    await cy.presses(line, "Delete everything")
    async with talk.app.database.read() as tx:
        assert "Cy" not in {row.name for row in await tx.all(select(roster.c.name))}


async def test_who_writes_again_is_met_again(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/forgetme")
    await cy.presses(await talk.bot.replies("can't be undone"), "Delete everything")
    await cy.says("here I am again")
    async with talk.app.database.read() as tx:
        assert "Cy" in {row.name for row in await tx.all(select(roster.c.name))}


async def test_one_word_stops_every_mention(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/pings never")
    await talk.bot.replies("I never mention you", to=cy)
    async with talk.app.database.read() as tx:
        assert [row.no_pings for row in await tx.all(select(preferences))] == [True]


async def test_never_is_one_press_too(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/pings")
    line = await talk.bot.replies("at most once a week", "22:00", to=cy)
    await cy.presses(line, "Never mention me")
    await talk.bot.replies("I never mention you", to=cy)


async def test_never_can_be_taken_back(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/pings never")
    line = await talk.bot.replies("I never mention you", to=cy)
    await cy.presses(line, "At most once a week")
    await talk.bot.replies("at most once a week", to=cy)


async def test_quiet_hours_are_chosen_with_buttons(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/pings quiet")
    line = await talk.bot.replies("Between which hours", to=cy)
    await cy.presses(line, "20:00 – 09:00")
    await talk.bot.replies("20:00 – 09:00", "once a week", to=cy)


async def test_a_language_is_chosen_for_oneself(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/language fr")
    await talk.bot.replies("Français", to=cy)
    async with talk.app.database.read() as tx:
        assert [row.language for row in await tx.all(select(preferences))] == ["fr"]


async def test_the_language_of_the_group_can_be_taken_again(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/language fr")
    line = await talk.bot.replies("Français")
    label = line.buttons[-1]
    await cy.presses(line, label)
    async with talk.app.database.read() as tx:
        assert [row.language for row in await tx.all(select(preferences))] == [None]


async def test_a_language_that_is_not_ours_is_refused(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/language klingon")
    await talk.bot.replies("to can be", "fr", to=cy)
