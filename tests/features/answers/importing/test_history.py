"""/answers history, where a platform lets a room be read back."""

import pytest

from bot.features.answers.importing import by_history
from bot.features.answers.importing.tables import imports, proposals
from bot.features.answers.tables import questions
from bot.store.rollups import activity
from tests.dialogue import Actor, Talk
from tests.features.answers.importing.past import rows
from tests.stages.base import Line


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    found = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    return found


async def looks_back(talk: Talk, who: Actor, more: str = "") -> Line:
    await who.says(f"/answers history general {more}".strip())
    return await talk.bot.replies()


async def forgets_everything(talk: Talk) -> None:
    """As if the bot had just come into the group."""
    async with talk.app.database.write() as tx:
        await tx.execute(activity.delete().where(activity.c.event.contains(":m:")))
        await tx.execute(questions.delete())


async def ask_and_answer(talk: Talk) -> None:
    ben, eve = await talk.person("Ben"), await talk.person("Eve")
    asked = await ben.says("How do I get a SIM card without a NIF?")
    await eve.answers(asked, "Any kiosk at the airport sells prepaid ones.")
    await eve.says("What a lovely morning.")
    talk.bot.hears_nothing_more()
    await forgets_everything(talk)


def reads_back(talk: Talk) -> bool:
    return talk.platform != "telegram"


async def test_a_room_is_read_back_to_its_beginning(talk: Talk, ann: Actor) -> None:
    await ask_and_answer(talk)
    line = await looks_back(talk, ann)
    if not reads_back(talk):
        assert "can't be read back here" in line.text
        return
    assert "12 months" in line.text
    await ann.presses(line, "Read it")
    await talk.later(minutes=1)
    await talk.bot.replies("is read", "3 messages were new", "1 question with answers")
    heard = [row for row in await rows(talk.app.database, activity) if ":m:" in row["event"]]
    assert len(heard) == 3
    assert [row["state"] for row in await rows(talk.app.database, questions)] == ["proposed"]


async def test_many_stretches_are_put_together(
    talk: Talk, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not reads_back(talk):
        return
    monkeypatch.setattr(by_history, "PAGE", 5)
    monkeypatch.setattr(by_history, "OVERLAP", 2)
    ben = await talk.person("Ben")
    for number in range(12):
        await ben.says(f"Line {number}")
    await ask_and_answer(talk)
    await ann.presses(await looks_back(talk, ann, "0"), "Read it")
    await talk.later(minutes=1)
    await talk.bot.replies("is read", "15 messages were new")
    [job] = await rows(talk.app.database, imports)
    assert (job["added"], job["known"], job["found"]) == (15, 0, 1)


async def test_a_stop_of_the_program_is_made_good(talk: Talk, ann: Actor) -> None:
    if not reads_back(talk):
        return
    await ask_and_answer(talk)
    line = await looks_back(talk, ann)
    talk.app.engine.around.read_history = lambda *_: None  # type: ignore[method-assign]  # lost
    await ann.presses(line, "Read it")
    await talk.restarts()
    assert await rows(talk.app.database, proposals) == []
    await talk.later(minutes=5)
    assert len(await rows(talk.app.database, proposals)) == 1


async def test_reading_can_be_stopped(talk: Talk, ann: Actor) -> None:
    if not reads_back(talk):
        return
    await ask_and_answer(talk)
    talk.app.engine.around.read_history = lambda *_: None  # type: ignore[method-assign]  # slow
    await ann.presses(await looks_back(talk, ann), "Read it")
    await talk.bot.replies("I begin")
    await ann.presses(await talk.bot.replies("Reading"), "Stop")
    await talk.bot.replies("was stopped")


async def test_reading_again_brings_nothing_new(talk: Talk, ann: Actor) -> None:
    if not reads_back(talk):
        return
    await ask_and_answer(talk)
    await ann.presses(await looks_back(talk, ann), "Read it")
    await talk.later(minutes=1)
    talk.bot.hears_nothing_more()
    await ann.presses(await looks_back(talk, ann), "Read it")
    await talk.later(minutes=1)
    await talk.bot.replies("Nothing in it was new")


@pytest.mark.parametrize("months", ["-1", "900"])
async def test_months_are_a_small_number(talk: Talk, ann: Actor, months: str) -> None:
    if not reads_back(talk):
        return
    assert "whole" in (await looks_back(talk, ann, months)).text
