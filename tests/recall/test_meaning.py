"""Recall with meaning: other words, other languages, and codes in memory that stay true."""

import pytest

from bot.recall import Recall, confident, nearest
from bot.store.database import Database
from tests.recall.conftest import HOME, OTHER, keep, needs_models, search

pytestmark = needs_models

BANK, CAT, WIFI = 1, 2, 3
TEXTS = {
    BANK: "Como abro uma conta bancária sem comprovativo de morada?",
    CAT: "Which vet do you recommend for an old cat?",
    WIFI: "Which café has good wifi and does not mind laptops?",
}


@pytest.fixture
def recall() -> Recall:
    return Recall()


@pytest.fixture
async def filled(database: Database, recall: Recall) -> Database:
    await keep(database, recall, TEXTS)
    return database


async def test_a_question_in_other_words_comes_first(filled: Database, recall: Recall) -> None:
    text = "My kitten is ill, does somebody know an animal doctor?"
    assert (await search(filled, recall, text))[0].item == CAT


async def test_french_finds_portuguese(filled: Database, recall: Recall) -> None:
    text = "Comment ouvrir un compte en banque sans justificatif de domicile ?"
    first = (await search(filled, recall, text))[0]
    assert (first.item, confident(first)) == (BANK, True)


async def test_something_else_is_not_worth_offering(filled: Database, recall: Recall) -> None:
    hits = await search(filled, recall, "Is the swimming pool open on Sundays?")
    assert not any(confident(hit) for hit in hits)


async def test_an_edit_replaces_the_meaning(filled: Database, recall: Recall) -> None:
    await search(filled, recall, "warm up the codes in memory")
    await keep(filled, recall, {CAT: "Where can I get my bicycle repaired?"})
    hits = await search(filled, recall, "My kitten is ill, does somebody know an animal doctor?")
    assert not any(confident(hit) for hit in hits)
    assert (await search(filled, recall, "Who mends bikes?"))[0].item == CAT


async def test_what_another_transaction_undid_is_not_found(
    filled: Database, recall: Recall
) -> None:
    async def undone() -> None:
        async with filled.write() as tx:
            await recall.keep(tx, HOME, 4, "Is there a swimming pool?")
            assert (await recall.search(tx, HOME, "a pool to swim in"))[0].item == 4
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await undone()
    assert 4 not in {hit.item for hit in await search(filled, recall, "a pool to swim in")}


async def test_a_number_that_was_undone_and_given_again_has_its_new_meaning(
    filled: Database, recall: Recall
) -> None:
    await test_what_another_transaction_undid_is_not_found(filled, recall)
    await keep(filled, recall, {5: "How do I get a tax number as a foreigner?"})
    text = "Where do immigrants apply for a fiscal identity?"
    assert (await search(filled, recall, text))[0].item == 5


async def test_what_was_dropped_after_it_came_into_memory_is_not_found(
    filled: Database, recall: Recall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "UNSETTLED", 1)
    await search(filled, recall, "vet for a cat")
    async with filled.write() as tx:
        await recall.drop(tx, CAT)
    assert CAT not in {hit.item for hit in await search(filled, recall, "vet for a cat")}


async def test_what_another_process_keeps_is_found(filled: Database, recall: Recall) -> None:
    await search(filled, recall, "vet for a cat")
    await keep(filled, Recall(), {4: "Where can I get my bicycle repaired?"})
    assert (await search(filled, recall, "Who mends bikes?"))[0].item == 4


async def test_questions_in_memory_and_new_ones_are_found_together(
    filled: Database, recall: Recall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "UNSETTLED", 1)
    await search(filled, recall, "vet for a cat")
    await keep(filled, recall, {4: "Who takes care of a sick cat?"})
    found = [hit.item for hit in await search(filled, recall, "vet for a cat")]
    assert {4, CAT} == set(found[:2])


async def test_more_questions_than_are_read_at_once_are_found(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "UNSETTLED", 1)
    monkeypatch.setattr(nearest, "PAGE", 2)
    assert len(await search(filled, Recall(), "Is the swimming pool open?")) == len(TEXTS)


async def test_another_community_finds_nothing(filled: Database, recall: Recall) -> None:
    assert await search(filled, recall, TEXTS[CAT], OTHER) == []


async def test_a_moved_community_is_found_where_it_went(filled: Database, recall: Recall) -> None:
    await search(filled, recall, "warm up")
    async with filled.write() as tx:
        await recall.keep(tx, OTHER, 9, "Is there a swimming pool?")
        await recall.move(tx, HOME, OTHER)
    assert (await search(filled, recall, "animal doctor for my cat", OTHER))[0].item == CAT


async def test_questions_kept_without_meaning_are_found_by_their_words(
    database: Database, recall: Recall
) -> None:
    await keep(database, Recall(meaning=False), TEXTS)
    assert (await search(database, recall, "a vet for my cat"))[0].item == CAT
