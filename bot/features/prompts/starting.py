"""The deck that a new community begins with."""

from datetime import datetime

from bot.features.prompts import card_records, deck_records
from bot.features.prompts.deck_records import Deck
from bot.features.prompts.decks.starter import starter
from bot.i18n import Words, closest
from bot.store.database import Tx


async def ensure_starter(tx: Tx, community: int, language: str, now: datetime) -> Deck:
    """The starter deck in this language as a deck of the community, copied if it isn't there."""
    language = closest(language)
    for deck in await deck_records.of_community(tx, community):
        if deck.starter == language:
            return deck
    name = Words(language).plain("First questions")
    deck = await deck_records.create(tx, community, name, now, starter=language)
    await card_records.add(tx, deck.id, starter(language).cards, now)
    return await deck_records.by_id(tx, deck.id) or deck
