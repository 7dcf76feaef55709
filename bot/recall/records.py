"""The index in the database, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Row,
    Text,
    column,
    delete,
    desc,
    func,
    insert,
    literal,
    select,
    union_all,
    values,
)

from bot.recall import fulltext
from bot.recall.tables import entries
from bot.store.database import Tx

ENOUGH = 1_000
"""A term that so many questions of a community have tells them apart no more; counting and
reading stop here, so that no question costs more however many are kept. Three times as many find
no more of the set's questions among 100,000, and take PostgreSQL half as long again."""
EXACT = 1_000
"""Weights are added as whole thousandths: sums of fractions depend on their order, and so would
what is found on the database."""


async def add(tx: Tx, row: Mapping[str, Any]) -> None:
    """A new entry."""
    await tx.execute(insert(entries).values(**row))


async def remove(tx: Tx, item: int) -> None:
    """Every entry of a question."""
    await tx.execute(delete(entries).where(entries.c.item == item))


async def move(tx: Tx, before: int, after: int) -> None:
    """Entries of a community become entries of another: new ones, see `tables`."""
    copied = [column for column in entries.c if column.name not in ("id", "community")]
    old = select(literal(after), *copied).where(entries.c.community == before)
    names = ["community", *(column.name for column in copied)]
    await tx.execute(insert(entries).from_select(names, old.order_by(entries.c.id)))
    await tx.execute(delete(entries).where(entries.c.community == before))


async def size(tx: Tx, community: int) -> int:
    """How many entries there are, at most `ENOUGH`."""
    kept = select(entries.c.id).where(entries.c.community == community).limit(ENOUGH)
    return int(await tx.scalar(select(func.count()).select_from(kept.subquery())))


async def counts(tx: Tx, community: int, terms: Sequence[str]) -> dict[str, int]:
    """How many entries have each term that any has, at most `ENOUGH`."""
    rows = [(term, fulltext.query(tx.dialect, community, term)) for term in terms]
    asked = values(column("term", Text), column("query", Text), name="asked").data(rows).cte()
    found = fulltext.having(tx.dialect, asked.c.query).limit(ENOUGH).correlate(asked).subquery()
    count = select(func.count()).select_from(found).scalar_subquery()
    counted = await tx.all(select(asked.c.term, count.label("having")))
    return {row.term: row.having for row in counted if row.having}


async def having(
    tx: Tx, community: int, terms: Mapping[str, tuple[float, int]], limit: int
) -> list[int]:
    """The entries that have most of these terms by weight, the newest of equals first.

    For each term its weight, and how many of the entries that have it are read: the newest.
    """
    parts = []
    for term, (weight, most) in terms.items():
        asked = literal(fulltext.query(tx.dialect, community, term), Text)
        newest = fulltext.having(tx.dialect, asked).order_by(desc("entry")).limit(most).subquery()
        parts.append(select(newest.c.entry, literal(round(weight * EXACT)).label("weight")))
    read = union_all(*parts).subquery()
    statement = select(read.c.entry).group_by(read.c.entry)
    best = statement.order_by(func.sum(read.c.weight).desc(), read.c.entry.desc()).limit(limit)
    return [row.entry for row in await tx.all(best)]


async def read(tx: Tx, community: int, ids: Sequence[int]) -> Sequence[Row[Any]]:
    """What is compared of the entries, of those that are still there."""
    compared = select(entries.c.item, entries.c.terms, entries.c.vector)
    return await tx.all(compared.where(entries.c.community == community, entries.c.id.in_(ids)))
