"""Decks in the store. A deck belongs to a community; a deleted one keeps its row for a while."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, func, select, update

from bot.features.prompts.deckfile import same
from bot.features.prompts.tables import cards, decks, schedules
from bot.i18n import closest
from bot.store.database import Tx
from bot.store.groups import Group

NAME_LENGTH = 40


class Deck(Struct, frozen=True):
    """A deck as it stands. `cards` counts those that may be drawn."""

    id: int
    community: int
    name: str
    shuffled: bool
    round: int
    starter: str | None
    deleted_at: datetime | None
    cards: int


def _decks() -> Select[Any]:
    drawable = (
        select(func.count())
        .where(
            cards.c.deck == decks.c.id, cards.c.deleted_at.is_(None), cards.c.retired_at.is_(None)
        )
        .scalar_subquery()
    )
    names = [name for name in Deck.__struct_fields__ if name != "cards"]
    return select(*(decks.c[name] for name in names), drawable.label("cards"))


def _deck(row: Row[Any]) -> Deck:
    return Deck(**row._mapping)


async def of_community(tx: Tx, community: int) -> Sequence[Deck]:
    """The decks of a community, the oldest first."""
    where = (decks.c.community == community, decks.c.deleted_at.is_(None))
    return [_deck(row) for row in await tx.all(_decks().where(*where).order_by(decks.c.id))]


async def by_id(tx: Tx, deck: int) -> Deck | None:
    """The deck, also if it is deleted."""
    row = await tx.first(_decks().where(decks.c.id == deck))
    return _deck(row) if row else None


async def by_name(tx: Tx, community: int, name: str) -> Deck | None:
    """The deck that somebody means, whatever the case and spacing."""
    wanted = same(name)
    found = (deck for deck in await of_community(tx, community) if same(deck.name) == wanted)
    return next(found, None)


async def usual(tx: Tx, group: Group) -> Deck | None:
    """The deck meant when none is named: that of the group's first schedule, else the one that
    came in the group's language, else the oldest."""
    where = (
        schedules.c.group_id == group.id,
        schedules.c.deleted_at.is_(None),
        schedules.c.game == "",
    )
    first = await tx.scalar(select(schedules.c.deck).where(*where).order_by(schedules.c.id))
    known = await of_community(tx, group.community)
    spoken = closest(group.language)
    likely = sorted(known, key=lambda deck: (deck.id != first, deck.starter != spoken))
    return likely[0] if likely else None


async def create(
    tx: Tx,
    community: int,
    name: str,
    now: datetime,
    *,
    shuffled: bool = True,
    starter: str | None = None,
) -> Deck:
    """A new, empty deck; if the name is taken it gets a number behind it."""
    values = {
        "community": community,
        "name": await _free(tx, community, name),
        "shuffled": shuffled,
        "starter": starter,
        "created_at": now,
    }
    made = await tx.execute(tx.insert(decks).values(**values).returning(decks.c.id))
    deck = await by_id(tx, made.scalar_one())
    if deck is None:
        raise LookupError(f"the deck {name!r} could not be made")
    return deck


async def change(tx: Tx, deck: int, **values: Any) -> None:
    """Sets columns of one deck."""
    await tx.execute(update(decks).where(decks.c.id == deck).values(**values))


async def bring_back(tx: Tx, deck: Deck) -> str:
    """Undoes a deletion; returns the deck's name, which may have been taken meanwhile."""
    name = await _free(tx, deck.community, deck.name)
    await change(tx, deck.id, deleted_at=None, name=name)
    return name


async def move(tx: Tx, deck: Deck, community: int) -> None:
    """Gives a deck to another community, with its round and the schedules that post from it."""
    name = await _free(tx, community, deck.name)
    await change(tx, deck.id, community=community, name=name)


async def schedules_of(tx: Tx, deck: int) -> int:
    """How many schedules of any group post from the deck."""
    where = (schedules.c.deck == deck, schedules.c.deleted_at.is_(None))
    return int(await tx.scalar(select(func.count()).select_from(schedules).where(*where)) or 0)


async def _free(tx: Tx, community: int, name: str) -> str:
    taken = {same(deck.name) for deck in await of_community(tx, community)}
    number, free = 1, name
    while same(free) in taken:
        number += 1
        free = f"{name[: NAME_LENGTH - len(str(number)) - 1]} {number}"
    return free
