"""Which card comes next, and what counts as the same prompt. Pure.

In a round every card of a deck comes once. Its order follows from the numbers of deck, round and
card alone, so that a preview shows exactly what will be posted, and a card that is added in the
middle of a round takes a place among the rest.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from msgspec import Struct

from bot.features.prompts import deckfile
from bot.features.prompts.deckfile import same
from bot.text import clean

UNDO = timedelta(days=1)
"""How long what was deleted can be brought back."""
LOW = 5
"""So many cards left, or fewer, are worth a word to the moderators."""
_JOINERS = "\u200c\u200d"


class Place(Struct, frozen=True):
    """Where a card stands in its deck."""

    card: int
    position: int


class Round(Struct, frozen=True):
    """How far a deck is: the cards that came in this round, and the last one of all."""

    deck: int
    number: int
    shuffled: bool
    used: frozenset[int] = frozenset()
    last: int | None = None


def following(round: Round, cards: Collection[Place]) -> tuple[int, Round] | None:
    """The next card and the round after it, None for an empty deck.

    When all came, a new round begins; its first card is not the old one's last, if there is
    another.
    """
    left = [place for place in cards if place.card not in round.used]
    if not left:
        if not cards:
            return None
        round = Round(round.deck, round.number + 1, round.shuffled, last=round.last)
        left = list(cards)
    fresh = [place for place in left if place.card != round.last] or left
    card = min(fresh, key=lambda place: _rank(round, place)).card
    used = round.used | {card}
    return card, Round(round.deck, round.number, round.shuffled, used, card)


def _rank(round: Round, place: Place) -> tuple[bytes, int, int]:
    if not round.shuffled:
        return b"", place.position, place.card
    seed = f"{round.deck}/{round.number}/{place.card}".encode()
    return blake2b(seed, digest_size=8).digest(), place.position, place.card


def running_low(remaining: int) -> bool:
    """Whether a deck with so many cards left in its round is worth a word to the moderators."""
    return remaining <= LOW


def can_undo(deleted_at: datetime | None, now: datetime) -> bool:
    """Whether what was deleted then can still be brought back."""
    return deleted_at is not None and now - deleted_at <= UNDO


def visible(text: str) -> str:
    """User text as it is kept: without hidden characters, and empty if nothing else is in it."""
    kept = clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return kept if kept.strip(_JOINERS) else ""


def fingerprint(text: str) -> str:
    """Equal for texts that count as the same prompt: case, spaces and punctuation don't matter."""
    plain = same(visible(text))
    letters = "".join(c if c.isalnum() else " " for c in plain).split()
    return blake2b(" ".join(letters or [plain]).encode(), digest_size=16).hexdigest()


def in_language(cards: Iterable[deckfile.Card], language: str) -> list[deckfile.Card]:
    """The cards for a group: of a file in several languages those in its own and those in none."""
    found = list(cards)
    languages = {_short(card.language) for card in found if card.language}
    if len(languages) < 2 or language not in languages:
        return found
    return [card for card in found if _short(card.language) in ("", language)]


def _short(language: str | None) -> str:
    return (language or "").partition("-")[0].lower()
