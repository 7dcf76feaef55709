"""/answers review, as a moderator lives it."""

import pytest

from bot.features.answers.importing.tables import proposals
from bot.features.answers.tables import given, questions
from bot.recall import Recall
from bot.refs import MemberRef
from tests.dialogue import Actor, Talk
from tests.features.answers.importing.past import group_of, imported, rows
from tests.stages.base import Line


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    found = await talk.person("Ann", moderator=True)
    await imported(talk, found)
    return found


async def reviews(talk: Talk, who: Actor) -> Line:
    await who.says("/answers review")
    return await talk.bot.replies()


async def states(talk: Talk) -> dict[str, str]:
    """How each kept question stands, by its first words."""
    found = await rows(talk.app.database, questions)
    return {row["text"].split()[0]: row["state"] for row in found}


async def found_by(talk: Talk, text: str) -> int:
    """How many questions a search finds."""
    group = await group_of(talk.app.database)
    async with talk.app.database.read() as tx:
        return len(await Recall(meaning=False).search(tx, group.community, text))


async def test_the_newest_question_comes_first_with_its_answers(talk: Talk, ann: Actor) -> None:
    line = await reviews(talk, ann)
    assert "1 of 2" in line.text
    assert "SIM card" in line.text
    assert "airport" in line.text
    assert "Rua Augusta" in line.text
    assert "Kim" in line.text


async def test_a_kept_question_is_solved_and_found(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Keep all")
    await talk.bot.replies("Kept", "2 of 2", "register")
    assert await states(talk) == {"How": "solved", "Where": "proposed"}
    assert await found_by(talk, "SIM card") == 1


async def test_nobody_is_asked_or_thanked_for_what_is_long_over(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Keep all")
    talk.bot.hears_nothing_more()
    await talk.later(days=5)
    await talk.bot.is_silent()


async def test_one_answer_alone_can_be_kept(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Only answer 2")
    kept = [row for row in await rows(talk.app.database, given) if row["state"] == "kept"]
    assert [(row["text"][:8], row["solves"]) for row in kept] == [("The shop", True)]


async def test_what_was_not_chosen_goes_with_the_next_decision(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Only answer 2")
    await ann.presses(await talk.bot.replies("Kept"), "Keep")
    texts = {row["text"][:8] for row in await rows(talk.app.database, given)}
    assert texts == {"The shop", "At the J"}


async def test_a_skipped_question_goes_with_the_next_decision(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Skip")
    assert await states(talk) == {"How": "proposed", "Where": "proposed"}
    await ann.presses(await talk.bot.replies("Skipped", "register"), "Skip")
    await talk.bot.replies("Nothing waits")
    assert await states(talk) == {"Where": "proposed"}


async def test_the_last_decision_can_be_undone(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Keep all")
    await ann.presses(await talk.bot.replies("Kept"), "Undo the last")
    await talk.bot.replies("Taken back", "1 of 2", "SIM card")
    assert set((await states(talk)).values()) == {"proposed"}
    assert await found_by(talk, "SIM card") == 0


async def test_skipping_the_rest_can_be_undone(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Skip all the rest")
    over = await talk.bot.replies("2 questions were skipped", "Nothing waits")
    await ann.presses(over, "Undo the last")
    await talk.bot.replies("1 of 2")


async def test_a_button_of_what_is_decided_says_so(talk: Talk, ann: Actor) -> None:
    first = await reviews(talk, ann)
    second = await reviews(talk, ann)
    await ann.presses(second, "Skip")
    talk.bot.hears_nothing_more()
    if first.id != second.id:
        await ann.presses(first, "Keep all")
        await talk.bot.replies("decided already")


async def test_an_import_can_be_taken_back(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Keep all")
    await ann.presses(await talk.bot.replies("Kept"), "Take this import back")
    await ann.presses(await talk.bot.replies("1 kept question", "1 that waits"), "Take it back")
    await talk.bot.replies("2 questions were deleted")
    assert await rows(talk.app.database, questions) == []
    assert await rows(talk.app.database, proposals) == []
    assert await found_by(talk, "SIM card") == 0


async def test_taking_back_can_be_thought_over(talk: Talk, ann: Actor) -> None:
    line = await reviews(talk, ann)
    await ann.presses(line, "Take this import back")
    await ann.presses(await talk.bot.replies("Take"), "Leave it")
    await ann.presses(line, "Skip")
    await talk.bot.replies("Skipped", "2 of 2")


async def test_what_was_taken_back_can_be_found_again(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Take this import back")
    await ann.presses(await talk.bot.replies("Take"), "Take it back")
    await imported(talk, ann)
    assert "1 of 2" in (await reviews(talk, ann)).text


async def test_what_nobody_reviews_is_deleted_after_a_month(talk: Talk, ann: Actor) -> None:
    await ann.presses(await reviews(talk, ann), "Keep all")
    await talk.later(days=31)
    assert await states(talk) == {"How": "solved"}


async def test_members_can_not_review(talk: Talk, ann: Actor) -> None:
    line = await reviews(talk, ann)
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    await ben.says("/answers review")
    await talk.bot.replies("Only moderators", to=ben)
    if not line.only_for:
        await ben.presses(line, "Keep all")
        await talk.bot.replies("Only moderators", to=ben)


async def test_a_question_of_somebody_forgotten_is_not_shown(talk: Talk, ann: Actor) -> None:
    found = await rows(talk.app.database, questions)
    asker = next(row["member"] for row in found if "SIM" in row["text"])
    async with talk.app.database.write() as tx:
        await talk.app.engine.around.forgets(tx, MemberRef.parse(asker))
    assert "1 of 1" in (await reviews(talk, ann)).text
