"""The index in the database, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Float,
    Row,
    Select,
    String,
    column,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    values,
)

from bot.recall.tables import entries, words
from bot.store.database import Tx

ENOUGH = 3_000
"""A term that so many questions of a community have tells them apart no more; counting and
reading stop here, so that no question costs more however many are kept."""


async def add(tx: Tx, row: Mapping[str, Any], terms: Sequence[str]) -> None:
    """A new entry with its terms."""
    entry = await tx.scalar(insert(entries).values(**row).returning(entries.c.id))
    rows = [
        {"community": row["community"], "term": term, "entry": entry} for term in sorted(set(terms))
    ]
    if rows:
        await tx.execute(insert(words), rows)


async def remove(tx: Tx, item: int) -> None:
    """Every entry of a question."""
    of_item = select(entries.c.id, entries.c.community, entries.c.terms)
    for old in await tx.all(of_item.where(entries.c.item == item)):
        has = words.c.term.in_(set(old.terms.split()))
        of_entry = (words.c.community == old.community, words.c.entry == old.id)
        await tx.execute(delete(words).where(*of_entry, has))
    await tx.execute(delete(entries).where(entries.c.item == item))


async def move(tx: Tx, before: int, after: int) -> None:
    """Entries of a community become entries of another: new ones, see `tables`."""
    last = await tx.scalar(select(func.coalesce(func.max(entries.c.id), 0)))
    copied = [column for column in entries.c if column.name not in ("id", "community")]
    old = select(literal(after), *copied).where(entries.c.community == before)
    names = ["community", *(column.name for column in copied)]
    await tx.execute(insert(entries).from_select(names, old.order_by(entries.c.id)))
    new = entries.alias()
    again = (
        select(literal(after), words.c.term, new.c.id)
        .join(entries, entries.c.id == words.c.entry)
        .join(new, (new.c.item == entries.c.item) & (new.c.id > last))
        .where(words.c.community == before)
    )
    await tx.execute(insert(words).from_select(["community", "term", "entry"], again))
    await tx.execute(delete(words).where(words.c.community == before))
    await tx.execute(delete(entries).where(entries.c.community == before))


async def size(tx: Tx, community: int) -> int:
    """How many entries there are, at most `ENOUGH`."""
    kept = select(entries.c.id).where(entries.c.community == community).limit(ENOUGH)
    return int(await tx.scalar(select(func.count()).select_from(kept.subquery())))


async def counts(tx: Tx, community: int, terms: Sequence[str]) -> dict[str, int]:
    """How many entries have each term that any has, at most `ENOUGH`."""
    asked = values(column("term", String), name="asked").data([(term,) for term in terms]).cte()
    having = (
        select(words.c.entry)
        .where(words.c.community == community, words.c.term == asked.c.term)
        .limit(ENOUGH)
        .correlate(asked)
        .subquery()
    )
    count = select(func.count()).select_from(having).scalar_subquery()
    found = await tx.all(select(asked.c.term, count.label("having")))
    return {row.term: row.having for row in found if row.having}


async def having(
    tx: Tx, community: int, terms: Mapping[str, tuple[float, int]], limit: int
) -> list[int]:
    """The entries that have most of these terms by weight, the newest of equals first.

    For each term its weight, and how many of the entries that have it are read: the newest.
    """
    parts = [_newest(community, term, weight, most) for term, (weight, most) in terms.items()]
    read = union_all(*parts).subquery()
    weight = func.sum(read.c.weight)
    statement = select(read.c.entry).group_by(read.c.entry)
    best = statement.order_by(weight.desc(), read.c.entry.desc()).limit(limit)
    return [row.entry for row in await tx.all(best)]


def _newest(community: int, term: str, weight: float, most: int) -> Select[int, float]:
    of_term = (words.c.community == community, words.c.term == term)
    newest = select(words.c.entry).where(*of_term).order_by(words.c.entry.desc()).limit(most)
    found = newest.subquery()
    return select(found.c.entry, literal(weight, Float).label("weight"))


async def read(tx: Tx, community: int, ids: Sequence[int]) -> Sequence[Row[Any]]:
    """What is compared of the entries, of those that are still there."""
    compared = select(entries.c.item, entries.c.terms, entries.c.vector)
    return await tx.all(compared.where(entries.c.community == community, entries.c.id.in_(ids)))
