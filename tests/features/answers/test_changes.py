"""Questions and answers follow their messages: edited, deleted, their authors gone."""

import pytest

from bot.recall import Recall
from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.stages.base import Line

QUESTION = "Where do I get a parking permit for the old town?"
ANSWER = "At the citizens' office in Mill Street, bring your lease."


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await talk.person("Ann")


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    return await talk.person("Ben")


@pytest.fixture
async def asked(talk: Talk, ann: Actor, ben: Actor) -> tuple[str, Line]:
    """A message of Ann's that was marked as a question, and the bot's post under it."""
    said = await ann.says(QUESTION)
    talk.bot.hears_nothing_more()
    await ben.menu(said, "ask")
    return said, await talk.bot.posts("Do you know?")


async def test_an_edited_answer_is_kept_as_it_reads_now(
    talk: Talk, ben: Actor, asked: tuple[str, Line]
) -> None:
    said = await ben.says(ANSWER, reply_to=asked[1])
    await ben.edits(said, ANSWER + " And a photo.")
    assert [row.text for row in await answers(talk)] == [ANSWER + " And a photo."]


async def test_an_answer_edited_into_nothing_is_gone(
    talk: Talk, ben: Actor, asked: tuple[str, Line]
) -> None:
    said = await ben.says(ANSWER, reply_to=asked[1])
    await ben.edits(said, "🙃")
    assert await answers(talk) == []


async def test_a_question_edited_into_another_is_found_as_the_other(
    talk: Talk, ann: Actor, asked: tuple[str, Line]
) -> None:
    await ann.edits(asked[0], "Who repairs umbrellas near the harbour?")
    assert [row.text for row in await kept(talk)] == ["Who repairs umbrellas near the harbour?"]
    async with talk.app.database.read() as tx:
        (row,) = await kept(talk)
        hits = await Recall(meaning=False).search(tx, row.community, "who repairs umbrellas")
    assert [hit.item for hit in hits] == [row.id]


async def test_that_an_answered_question_was_edited_is_told(
    talk: Talk, ann: Actor, ben: Actor, asked: tuple[str, Line]
) -> None:
    await ben.says(ANSWER, reply_to=asked[1])
    await talk.later(minutes=5)
    await ann.edits(asked[0], "Who repairs umbrellas near the harbour?")
    await talk.bot.posts("1 answer so far", "edited after it had answers")
    assert [row.text for row in await answers(talk)] == [ANSWER]


async def test_a_question_edited_into_nothing_is_withdrawn(
    talk: Talk, ann: Actor, asked: tuple[str, Line]
) -> None:
    await ann.edits(asked[0], "…")
    assert await kept(talk) == []


async def test_an_answered_question_keeps_its_last_words(
    talk: Talk, ann: Actor, ben: Actor, asked: tuple[str, Line]
) -> None:
    await ben.says(ANSWER, reply_to=asked[1])
    await ann.edits(asked[0], "…")
    assert [row.text for row in await kept(talk)] == [QUESTION]


async def test_an_edit_of_an_ordinary_message_changes_nothing(
    talk: Talk, ben: Actor, asked: tuple[str, Line]
) -> None:
    said = await ben.says("Lunch at the harbour, anybody")
    await ben.edits(said, "Dinner at the harbour, anybody")
    assert [row.text for row in await kept(talk)] == [QUESTION]
    assert await answers(talk) == []


@pytest.fixture
def tells_deletions(talk: Talk) -> None:
    if talk.platform == "telegram":
        pytest.skip("Telegram tells no bot of deletions")


@pytest.mark.usefixtures("tells_deletions")
async def test_a_deleted_answer_is_gone_and_no_longer_solves(
    talk: Talk, ann: Actor, ben: Actor, asked: tuple[str, Line]
) -> None:
    said = await ben.says(ANSWER, reply_to=asked[1])
    await ann.presses(asked[1], "It is solved")
    await ben.deletes(said)
    assert await answers(talk) == []
    (row,) = await kept(talk)
    assert (row.state, row.answered_at) == ("open", None)
    post = next(line for line in talk.stage.lines() if line.id == asked[1].id)
    assert "Do you know?" in post.text


@pytest.mark.usefixtures("tells_deletions")
async def test_a_deleted_question_goes_with_everything(
    talk: Talk, ann: Actor, ben: Actor, asked: tuple[str, Line]
) -> None:
    await ben.says(ANSWER, reply_to=asked[1])
    await ann.deletes(asked[0])
    assert await kept(talk) == []
    assert await answers(talk) == []
    lines = {line.id: line for line in talk.stage.lines()}
    assert asked[1].id not in lines or lines[asked[1].id].deleted


async def test_the_question_of_somebody_who_left_stays(
    talk: Talk, ann: Actor, ben: Actor, asked: tuple[str, Line]
) -> None:
    await ann.leaves()
    await ben.says(ANSWER, reply_to=asked[1])
    assert [row.state for row in await kept(talk)] == ["open"]
    assert [row.text for row in await answers(talk)] == [ANSWER]


@pytest.mark.usefixtures("tells_deletions")
async def test_without_the_bots_post_the_question_lives_on(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    mod = await talk.person("Mod", moderator=True)
    talk.bot.hears_nothing_more()
    await ann.says("/ask " + QUESTION)
    post = await talk.bot.posts("asks:", QUESTION)
    await mod.deletes(post.id)
    said = await ben.says("Lunch at the harbour, and by the way: " + ANSWER)
    await ann.menu(said, "solved")
    assert [row.state for row in await kept(talk)] == ["solved"]
