"""Recall without meaning: words, accents, and the life of an entry."""

import pytest

from bot.recall import Recall, confident
from bot.store.database import Database
from tests.recall.conftest import HOME, OTHER, keep, search

BANK, VISA, CAT = 1, 2, 3
TEXTS = {
    BANK: "How do I open a bank account without a proof of address?",
    VISA: "Can I extend my tourist visa while I wait for the residence permit?",
    CAT: "Quel vétérinaire recommandez-vous pour un vieux chat à Lisbonne ?",
}


@pytest.fixture
def recall() -> Recall:
    return Recall(meaning=False)


@pytest.fixture
async def filled(database: Database, recall: Recall) -> Database:
    await keep(database, recall, TEXTS)
    return database


async def test_only_questions_with_a_word_in_common_are_found(
    filled: Database, recall: Recall
) -> None:
    hits = await search(filled, recall, "opening bank accounts")
    assert [hit.item for hit in hits] == [BANK]


async def test_the_question_with_most_of_the_words_comes_first(
    filled: Database, recall: Recall
) -> None:
    hits = await search(filled, recall, "how can I extend my visa for a tourist")
    assert hits[0].item == VISA


async def test_no_more_are_found_than_asked_for(filled: Database, recall: Recall) -> None:
    assert len(await search(filled, recall, "can I open a tourist visa", limit=1)) == 1


async def test_accents_and_case_make_no_difference(filled: Database, recall: Recall) -> None:
    assert (await search(filled, recall, "VETERINAIRE a lisbonne"))[0].item == CAT


async def test_the_same_question_is_worth_offering(filled: Database, recall: Recall) -> None:
    assert confident((await search(filled, recall, TEXTS[BANK]))[0])


async def test_a_word_by_chance_is_not_worth_offering(filled: Database, recall: Recall) -> None:
    text = "Which address does the swimming pool have, and when do they open in winter?"
    assert not any(confident(hit) for hit in await search(filled, recall, text))


async def test_an_edit_replaces_the_text(filled: Database, recall: Recall) -> None:
    await keep(filled, recall, {BANK: "Where can I repair my bicycle?"})
    assert await search(filled, recall, "bank account") == []
    assert (await search(filled, recall, "bicycle repair"))[0].item == BANK


async def test_what_was_dropped_is_not_found(filled: Database, recall: Recall) -> None:
    async with filled.write() as tx:
        await recall.drop(tx, BANK)
    assert await search(filled, recall, "bank account") == []


async def test_what_was_undone_is_not_found(database: Database, recall: Recall) -> None:
    async def undone() -> None:
        async with database.write() as tx:
            await recall.keep(tx, HOME, BANK, TEXTS[BANK])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await undone()
    assert await search(database, recall, "bank account") == []


async def test_another_community_finds_nothing(filled: Database, recall: Recall) -> None:
    assert await search(filled, recall, "bank account", OTHER) == []


async def test_a_moved_community_is_found_in_its_new_one_only(
    filled: Database, recall: Recall
) -> None:
    async with filled.write() as tx:
        await recall.move(tx, HOME, OTHER)
    assert (await search(filled, recall, "bank account", OTHER))[0].item == BANK
    assert await search(filled, recall, "bank account", HOME) == []


async def test_a_moved_question_can_be_dropped(filled: Database, recall: Recall) -> None:
    async with filled.write() as tx:
        await recall.move(tx, HOME, OTHER)
        await recall.drop(tx, BANK)
    assert await search(filled, recall, "bank account", OTHER) == []


async def test_moving_a_community_without_questions_does_nothing(
    database: Database, recall: Recall
) -> None:
    async with database.write() as tx:
        await recall.move(tx, HOME, OTHER)
    assert await search(database, recall, "bank account", OTHER) == []
