"""Drawing from decks in a real store: once for a slot, and exactly as previewed."""

from datetime import UTC, datetime
from random import Random

import pytest

from bot.features.prompts import card_records, deck_records
from bot.features.prompts.deckfile import Card
from bot.features.prompts.drawing import draw, peek, remaining
from bot.features.prompts.starting import ensure_starter
from bot.store.database import Database, Tx

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def a_deck(tx: Tx, cards: int, *, shuffled: bool = True) -> int:
    deck = await deck_records.create(tx, 1, "Ours", NOW, shuffled=shuffled)
    await card_records.add(tx, deck.id, [Card(text=f"Question {n}") for n in range(cards)], NOW)
    return deck.id


def slots(first: int, count: int) -> list[str]:
    return [f"2026-{first + n:03d}" for n in range(count)]


async def drawn(tx: Tx, deck: int, some: list[str]) -> list[int | None]:
    found = [await draw(tx, deck, slot, NOW) for slot in some]
    return [card.id if card else None for card in found]


async def test_a_slot_gives_the_same_card_again(database: Database) -> None:
    async with database.write() as tx:
        deck = await a_deck(tx, 5)
        assert await drawn(tx, deck, ["today"]) == await drawn(tx, deck, ["today"])


async def test_a_deck_comes_through_before_anything_comes_again(database: Database) -> None:
    async with database.write() as tx:
        deck = await a_deck(tx, 6)
        cards = await drawn(tx, deck, slots(0, 12))
        assert len(set(cards[:6])) == len(set(cards[6:])) == 6


@pytest.mark.parametrize("seed", range(6))
async def test_what_is_previewed_is_what_is_drawn(database: Database, seed: int) -> None:
    chance = Random(seed)
    async with database.write() as tx:
        deck = await a_deck(tx, chance.randint(1, 5), shuffled=chance.random() < 0.7)
        for turn in range(6):
            await _something_happens(tx, deck, chance)
            coming = slots(turn * 3 - 1, 6)
            shown = [card.id if card else None for card in await peek(tx, deck, coming)]
            assert await drawn(tx, deck, coming[:4]) == shown[:4]


async def _something_happens(tx: Tx, deck: int, chance: Random) -> None:
    cards = await card_records.of_deck(tx, deck)
    what = chance.choice(["add", "delete", "retire", "nothing"])
    if what == "add":
        await card_records.add(tx, deck, [Card(text=f"New {chance.random()}")], NOW)
    elif what == "delete" and cards:
        await card_records.change(tx, chance.choice(cards).id, deleted_at=NOW)
    elif what == "retire" and cards:
        await card_records.change(tx, chance.choice(cards).id, retired_at=NOW)


async def test_previewing_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        deck = await a_deck(tx, 2)
        assert await peek(tx, deck, slots(0, 5)) == await peek(tx, deck, slots(0, 5))
        assert await remaining(tx, deck) == 2


async def test_a_card_deleted_after_the_draw_is_replaced(database: Database) -> None:
    async with database.write() as tx:
        deck = await a_deck(tx, 3)
        first = await draw(tx, deck, "today", NOW)
        assert first is not None
        await card_records.change(tx, first.id, deleted_at=NOW)
        second = await draw(tx, deck, "today", NOW)
        assert second is not None
        assert second.id != first.id


async def test_what_is_left_of_a_round_is_counted(database: Database) -> None:
    async with database.write() as tx:
        deck = await a_deck(tx, 4)
        await drawn(tx, deck, slots(0, 3))
        assert await remaining(tx, deck) == 1


async def test_a_deleted_deck_gives_nothing(database: Database) -> None:
    async with database.write() as tx:
        deck = await a_deck(tx, 4)
        await deck_records.change(tx, deck, deleted_at=NOW)
        assert await drawn(tx, deck, ["today"]) == [None]
        assert await peek(tx, deck, ["today"]) == [None]


async def test_the_starter_deck_is_copied_once(database: Database) -> None:
    async with database.write() as tx:
        first = await ensure_starter(tx, 1, "fr", NOW)
        again = await ensure_starter(tx, 1, "fr-CA", NOW)
        assert first == again
        assert first.cards >= 120
