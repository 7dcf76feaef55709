"""Which card a deck gives for a local slot: drawn once, the same for all who ask.

A slot names the occasion. Groups that post together ask with the same slot and get the same card;
a group that posts for itself puts its own number into the slot.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from bot.features.prompts import card_records, deck_records
from bot.features.prompts.card_records import Card
from bot.features.prompts.deck_rules import Place, Round, following, running_low
from bot.features.prompts.tables import cards, decks, occasions
from bot.store.database import Tx

__all__ = ["draw", "peek", "remaining", "running_low"]


async def draw(tx: Tx, deck: int, slot: str, now: datetime) -> Card | None:
    """The card for a slot (at most 40 characters), or None if the deck is empty or deleted.

    Asking again gives the same card, unless it was deleted meanwhile: then another one takes
    its place.
    """
    found = await _round(tx, deck, lock=True)
    if found is None:
        return None
    made = await _occasion(tx, deck, slot)
    if made is not None:
        card = await card_records.by_id(tx, made.card)
        if card is not None and card.deleted_at is None:
            return card
        await tx.execute(delete(occasions).where(occasions.c.id == made.id))
    drawn = following(found, await card_records.places(tx, deck))
    if drawn is None:
        return None
    number, after = drawn
    if after.number != found.number:
        await deck_records.change(tx, deck, round=after.number)
    row = {"deck": deck, "round": after.number, "slot": slot, "card": number, "made_at": now}
    await tx.execute(insert(occasions).values(**row))
    return await card_records.by_id(tx, number)


async def peek(tx: Tx, deck: int, slots: Sequence[str]) -> list[Card | None]:
    """The cards that `draw` would give for these slots, asked one after the other in this order.

    Nothing is changed; the answer holds until the deck is.
    """
    round = await _round(tx, deck)
    if round is None:
        return [None] * len(slots)
    places = await card_records.places(tx, deck)
    known = {card.id: card for card in await card_records.of_deck(tx, deck)}
    made = await _cards_of(tx, deck, slots)
    seen: list[Card | None] = []
    for slot in slots:
        number, round = _given(made.get(slot), round, places, known)
        seen.append(known[number] if number is not None else None)
        if number is not None:
            made[slot] = number
    return seen


def _given(
    made: int | None, round: Round, places: list[Place], known: dict[int, Card]
) -> tuple[int | None, Round]:
    if made in known:
        return made, round
    return following(round, places) or (None, round)


async def remaining(tx: Tx, deck: int) -> int:
    """How many cards did not come yet in this round."""
    round = await _round(tx, deck)
    if round is None:
        return 0
    return sum(place.card not in round.used for place in await card_records.places(tx, deck))


async def _round(tx: Tx, deck: int, *, lock: bool = False) -> Round | None:
    statement = select(decks.c.round, decks.c.shuffled).where(
        decks.c.id == deck, decks.c.deleted_at.is_(None)
    )
    row = await tx.first(statement.with_for_update() if lock else statement)
    if row is None:
        return None
    of_round = (occasions.c.deck == deck, occasions.c.round == row.round)
    used = await tx.all(select(occasions.c.card).where(*of_round))
    newest = (
        select(occasions.c.card)
        .join(cards, cards.c.id == occasions.c.card)
        .where(occasions.c.deck == deck, cards.c.deleted_at.is_(None))
    )
    last = await tx.scalar(newest.order_by(occasions.c.id.desc()).limit(1))
    return Round(deck, row.round, row.shuffled, frozenset(one.card for one in used), last)


async def _occasion(tx: Tx, deck: int, slot: str) -> Row[Any] | None:
    where = (occasions.c.deck == deck, occasions.c.slot == slot)
    return await tx.first(select(occasions.c.id, occasions.c.card).where(*where))


async def _cards_of(tx: Tx, deck: int, slots: Sequence[str]) -> dict[str, int]:
    where = (occasions.c.deck == deck, occasions.c.slot.in_(slots))
    rows = await tx.all(select(occasions.c.slot, occasions.c.card).where(*where))
    return {row.slot: row.card for row in rows}
