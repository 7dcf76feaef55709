"""Packs of own questions in SQL. A pack belongs to a community, with all its groups."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Row, Select, delete, func, insert, select, update

from bot.features.games.pack_tables import NAME_LENGTH, packs, questions
from bot.play import Item
from bot.store.database import Tx

WAITS = timedelta(days=1)
"""So long a file waits for a yes."""


class Pack(Struct, frozen=True):
    """A pack; `asked` is how many of its questions came up already, `language` that of the games
    it is for ("" for all)."""

    id: int
    name: str
    language: str
    active: bool
    questions: int
    asked: int


def same(name: str) -> str:
    """Names that are equal in this are the same: platforms change blanks in names of files."""
    return " ".join(parts(name.casefold()))


def parts(name: str) -> list[str]:
    """What a name has of letters (with their marks) and digits, word by word."""
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in name).split()


def _kept(community: int) -> Select[tuple[int, str, str, bool, int, int]]:
    counts = (
        func.count(questions.c.id).label("questions"),
        func.count(questions.c.used_at).label("asked"),
    )
    columns = (packs.c.id, packs.c.name, packs.c.language, packs.c.active, *counts)
    joined = packs.outerjoin(questions, questions.c.pack == packs.c.id)
    own = packs.c.kept & (packs.c.community == community)
    return select(*columns).select_from(joined).where(own).group_by(packs.c.id)


def _pack(row: Row[Any]) -> Pack:
    return Pack(row.id, row.name, row.language, row.active, row.questions, row.asked)


async def of_community(tx: Tx, community: int) -> list[Pack]:
    """The packs that are kept, by name."""
    found = await tx.all(_kept(community))
    return sorted(map(_pack, found), key=lambda pack: (same(pack.name), pack.id))


async def find(tx: Tx, community: int, number: int) -> Pack | None:
    """A kept pack of this community."""
    row = await tx.first(_kept(community).where(packs.c.id == number))
    return _pack(row) if row else None


async def by_name(tx: Tx, community: int, name: str) -> Pack | None:
    """The kept pack of that name."""
    known = await of_community(tx, community)
    return next((pack for pack in known if same(pack.name) == same(name)), None)


async def text_of(tx: Tx, number: int) -> str:
    """The file that a pack was read from."""
    return str(await tx.scalar(select(packs.c.text).where(packs.c.id == number)))


async def wait(tx: Tx, community: int, name: str, text: str, now: datetime) -> int:
    """Lets a file wait for a yes; returns its number. Those that waited too long go."""
    await tx.execute(delete(packs).where(~packs.c.kept, packs.c.made_at < now - WAITS))
    row = {"community": community, "name": name, "text": text, "made_at": now}
    made = await tx.execute(insert(packs).values(**row).returning(packs.c.id))
    return int(made.scalar_one())


async def waiting(tx: Tx, community: int, number: int, now: datetime) -> tuple[str, str] | None:
    """Name and text of a file that waits; None if it is gone, kept or too old."""
    fresh = (~packs.c.kept, packs.c.made_at >= now - WAITS)
    this = (packs.c.id == number, packs.c.community == community)
    row = await tx.first(select(packs.c.name, packs.c.text).where(*this, *fresh))
    return (row.name, row.text) if row else None


async def keep(
    tx: Tx, number: int, items: Sequence[Item], language: str, replaced: Pack | None
) -> None:
    """A file that waited becomes a pack, in place of `replaced`: a question that both have keeps
    the moment at which it last came up."""
    used: dict[str, datetime] = {}
    if replaced is not None:
        for row in await tx.all(select(questions).where(questions.c.pack == replaced.id)):
            if row.used_at:
                used[_item(row.item).text] = row.used_at
        await drop(tx, replaced.id)
    await tx.execute(update(packs).where(packs.c.id == number).values(kept=True, language=language))
    rows = [
        {
            "pack": number,
            "item": msgspec.json.encode(item).decode(),
            "used_at": used.get(item.text),
        }
        for item in items
    ]
    await tx.execute(insert(questions), rows)


async def switch(tx: Tx, number: int, *, active: bool) -> None:
    """Whether its questions come up."""
    await tx.execute(update(packs).where(packs.c.id == number).values(active=active))


async def drop(tx: Tx, number: int) -> None:
    """A pack goes, with its questions."""
    await tx.execute(delete(questions).where(questions.c.pack == number))
    await tx.execute(delete(packs).where(packs.c.id == number))


async def draw(
    tx: Tx, community: int, language: str, most: int, now: datetime, rng: Random
) -> list[Item]:
    """Questions for a game in that language that begins now, no two with the same text.

    First those that never came up, then those that came up longest ago; by chance among equals.
    """
    mine = packs.c.kept & packs.c.active & (packs.c.community == community)
    mine &= packs.c.language.in_(["", language])
    joined = questions.join(packs, packs.c.id == questions.c.pack)
    known = select(questions.c.id, questions.c.used_at).select_from(joined).where(mine)
    rows = list(await tx.all(known.order_by(questions.c.id)))
    rng.shuffle(rows)
    rows.sort(key=lambda row: row.used_at.timestamp() if row.used_at else 0.0)
    found = await _items(tx, [row.id for row in rows[: 2 * most]])
    drawn: dict[str, Item] = {}
    used: list[int] = []
    for row in rows[: 2 * most]:
        if len(drawn) < most:
            drawn.setdefault(found[row.id].text.casefold(), found[row.id])
            used.append(row.id)
    await tx.execute(update(questions).where(questions.c.id.in_(used)).values(used_at=now))
    return list(drawn.values())


async def _items(tx: Tx, numbers: list[int]) -> dict[int, Item]:
    found = select(questions.c.id, questions.c.item).where(questions.c.id.in_(numbers))
    return {row.id: _item(row.item) for row in await tx.all(found)}


async def move(tx: Tx, before: int, after: int) -> None:
    """The packs of a community go to another one; names that are taken there get a number."""
    await tx.execute(delete(packs).where(~packs.c.kept, packs.c.community == before))
    taken = {same(pack.name) for pack in await of_community(tx, after)}
    for pack in await of_community(tx, before):
        name = _free(pack.name, taken)
        taken.add(same(name))
        values = {"community": after, "name": name}
        await tx.execute(update(packs).where(packs.c.id == pack.id).values(**values))


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while same(free) in taken:
        number += 1
        free = f"{name[: NAME_LENGTH - len(str(number)) - 1]} {number}"
    return free


def _item(text: str) -> Item:
    return msgspec.json.decode(text, type=Item)
