"""Cards in the store. A card is found only through the community that its deck belongs to."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Row, Select, func, insert, select, update

from bot.effects import Attachment
from bot.features.prompts import deckfile
from bot.features.prompts.deck_rules import Place, fingerprint, visible
from bot.features.prompts.tables import cards, decks, occasions
from bot.store.database import Tx


class Card(Struct, frozen=True):
    """One prompt. With options it is a poll. `author` is the member who suggested it.

    `author_name` is also set without an `author`, for cards that came with a file. The picture
    is fetched by `picture`; `image_name` may also be an address that was only noted.
    """

    id: int
    deck: int
    key: str | None
    text: str
    category: str
    options: tuple[str, ...]
    author: str | None
    author_name: str
    image_name: str
    has_picture: bool
    deleted_at: datetime | None
    retired_at: datetime | None


_PLAIN = ("id", "deck", "key", "text", "category", "author", "author_name", "image_name")
_FIELDS = [
    *(cards.c[name] for name in (*_PLAIN, "options", "deleted_at", "retired_at")),
    cards.c.image.is_not(None).label("has_picture"),
]


def _card(row: Row[Any]) -> Card:
    values = dict(row._mapping)
    return Card(**values | {"options": tuple(json.loads(values["options"]))})


def _of(community: int) -> Select[Any]:
    return (
        select(*_FIELDS)
        .join(decks, decks.c.id == cards.c.deck)
        .where(decks.c.community == community, decks.c.deleted_at.is_(None))
    )


async def by_id(tx: Tx, card: int) -> Card | None:
    """The card, wherever it belongs and also if it is deleted: for posts that know its number."""
    row = await tx.first(select(*_FIELDS).where(cards.c.id == card))
    return _card(row) if row else None


async def find(tx: Tx, community: int, card: int, *, deleted: bool = False) -> Card | None:
    """The card with this number, if a deck of the community holds it."""
    statement = _of(community).where(cards.c.id == card)
    if not deleted:
        statement = statement.where(cards.c.deleted_at.is_(None))
    row = await tx.first(statement)
    return _card(row) if row else None


async def same_as(
    tx: Tx, community: int, text: str, deck: int | None = None, besides: int = 0
) -> Card | None:
    """A card of the community (of one deck) that counts as the same prompt."""
    statement = _of(community).where(
        cards.c.fingerprint == fingerprint(text), cards.c.deleted_at.is_(None)
    )
    if deck is not None:
        statement = statement.where(cards.c.deck == deck)
    row = await tx.first(statement.where(cards.c.id != besides).order_by(cards.c.id))
    return _card(row) if row else None


async def fingerprints(tx: Tx, deck: int) -> set[str]:
    """Those of all cards that a deck holds."""
    where = (cards.c.deck == deck, cards.c.deleted_at.is_(None))
    return {row.fingerprint for row in await tx.all(select(cards.c.fingerprint).where(*where))}


async def of_deck(tx: Tx, deck: int) -> Sequence[Card]:
    """Every card that a deck holds, in its order; retired ones too."""
    where = (cards.c.deck == deck, cards.c.deleted_at.is_(None))
    rows = await tx.all(select(*_FIELDS).where(*where).order_by(cards.c.position, cards.c.id))
    return [_card(row) for row in rows]


async def places(tx: Tx, deck: int) -> list[Place]:
    """Where the cards that may be drawn stand."""
    statement = select(cards.c.id, cards.c.position).where(*_drawable(deck))
    return [Place(row.id, row.position) for row in await tx.all(statement)]


def _drawable(deck: int) -> tuple[ColumnElement[bool], ...]:
    return cards.c.deck == deck, cards.c.deleted_at.is_(None), cards.c.retired_at.is_(None)


async def add(
    tx: Tx,
    deck: int,
    made: Iterable[deckfile.Card],
    now: datetime,
    *,
    author: str | None = None,
    image: bytes | None = None,
) -> list[int]:
    """Puts cards at the end of a deck; returns their numbers in the same order."""
    last = await tx.scalar(select(func.max(cards.c.position)).where(cards.c.deck == deck))
    first = 0 if last is None else last + 1
    rows = [
        {"deck": deck, "position": first + index, "created_at": now, "author": author}
        | {"image": image}
        | _columns(card)
        for index, card in enumerate(made)
    ]
    if not rows:
        return []
    statement = insert(cards).returning(cards.c.id, sort_by_parameter_order=True)
    return [row.id for row in (await tx.execute(statement, rows)).all()]


def _columns(card: deckfile.Card) -> dict[str, Any]:
    return {
        "key": card.key,
        "text": visible(card.text),
        "fingerprint": fingerprint(card.text),
        "category": visible(card.category),
        "options": json.dumps([visible(option) for option in card.options], ensure_ascii=False),
        "author_name": visible(card.author or ""),
        "image_name": visible(card.image or ""),
    }


async def rewrite(tx: Tx, card: int, text: str, category: str, options: Sequence[str]) -> None:
    """Gives a card other words; who suggested it and its picture stay."""
    made = _columns(deckfile.Card(text=text, category=category, options=tuple(options)))
    kept = {name: made[name] for name in ("text", "fingerprint", "category", "options")}
    await change(tx, card, **kept)


async def change(tx: Tx, card: int, **values: Any) -> None:
    """Sets columns of one card."""
    await tx.execute(update(cards).where(cards.c.id == card).values(**values))


async def picture(tx: Tx, card: int) -> Attachment | None:
    """The picture that goes with a card."""
    statement = select(cards.c.image_name, cards.c.image, cards.c.text).where(cards.c.id == card)
    row = await tx.first(statement)
    return Attachment(row.image_name, row.image, row.text) if row and row.image else None


async def categories(tx: Tx, decks_: Collection[int]) -> Mapping[str, int]:
    """The categories in some decks, with how many cards each has."""
    where = (cards.c.deck.in_(decks_), cards.c.deleted_at.is_(None))
    statement = select(cards.c.category, func.count().label("n")).where(*where)
    rows = await tx.all(statement.group_by(cards.c.category).order_by(cards.c.category))
    return {row.category: row.n for row in rows}


async def search(tx: Tx, community: int, typed: str, limit: int = 25) -> list[Card]:
    """Cards whose number begins with, or whose text holds, what was typed; the newest first."""
    rows = await tx.all(_of(community).where(cards.c.deleted_at.is_(None)).order_by(cards.c.id))
    wanted = typed.strip().removeprefix("#").casefold()
    found = (
        r for r in reversed(rows) if str(r.id).startswith(wanted) or wanted in r.text.casefold()
    )
    return [_card(row) for row, _ in zip(found, range(limit), strict=False)]


async def times_drawn(tx: Tx, card: int) -> int:
    """How often a card came up so far."""
    where = occasions.c.card == card
    return int(await tx.scalar(select(func.count()).select_from(occasions).where(where)) or 0)
