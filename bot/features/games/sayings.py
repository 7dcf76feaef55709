"""Who agreed that what they answered to prompts may come up in games, and what may."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from random import Random
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, select

from bot.commands import N_
from bot.features.games.sayings_tables import agreed, said
from bot.refs import MemberRef
from bot.store import groups, members, prompt_answers
from bot.store.database import Tx

SHORTEST, LONGEST = 8, 300
"""Characters of an answer that somebody can be recognised by, and that can be read at a glance."""
GAMES_REST = 3
"""So many games an answer rests after it came up."""
_ADDRESS = re.compile(r"://|\bwww\.|\w\.[a-z]{2,6}(?:/|\s|$)|@\w", re.IGNORECASE)
_WORD = re.compile(r"\w\w+")
_PARTICLE = 3
"""Lower-case parts of a name up to this length ("de", "van") give nobody away."""


class Saying(Struct, frozen=True):
    """An answer of somebody who agreed: `source` is what was asked, `reply` the answer's number."""

    text: str
    source: str
    author: MemberRef
    name: str
    reply: int


async def agree(tx: Tx, group: int, member: MemberRef, now: datetime) -> None:
    """This member's answers may come up in this group's games from now on."""
    await tx.put(agreed, {"member": str(member), "group_id": group, "at": now})


async def withdraw(tx: Tx, group: int, member: MemberRef) -> None:
    """They may not any more."""
    where = (agreed.c.member == str(member), agreed.c.group_id == group)
    await tx.execute(delete(agreed).where(*where))


async def has_agreed(tx: Tx, group: int, member: MemberRef) -> bool:
    """Whether this member's answers may come up."""
    where = (agreed.c.member == str(member), agreed.c.group_id == group)
    return await tx.first(select(agreed.c.at).where(*where)) is not None


async def sayings(tx: Tx, group: int, limit: int, rng: Random) -> list[Saying]:
    """At most so many answers that may come up now, drawn by chance, of as many people as
    possible. Only of people who are in the group, and nothing that came up lately."""
    willing = await tx.all(select(agreed.c.member).where(agreed.c.group_id == group))
    resting = await tx.all(select(said.c.reply).where(said.c.group_id == group))
    used = {row.reply for row in resting}
    found = await _suitable(tx, group, [row.member for row in willing])
    return _spread([saying for saying in found if saying.reply not in used], limit, rng)


async def answers_of(tx: Tx, group: int, member: MemberRef) -> int:
    """How many answers of this member could come up if they agree."""
    return len(await _suitable(tx, group, [str(member)]))


async def came_up(tx: Tx, group: int, used: Sequence[Saying], now: datetime) -> None:
    """Notes what a game that begins now is about; what came up long ago may come again."""
    for saying in used:
        await tx.put(said, {"group_id": group, "reply": saying.reply, "at": now})
    games = select(said.c.at).where(said.c.group_id == group).distinct()
    last = [row.at for row in await tx.all(games.order_by(said.c.at.desc()).limit(GAMES_REST))]
    if last:
        await tx.execute(delete(said).where(said.c.group_id == group, said.c.at < last[-1]))


async def _suitable(tx: Tx, group: int, people: Collection[str]) -> list[Saying]:
    names = await members.present_among(tx, group, people)
    rows = await prompt_answers.of_members(tx, group, names)
    return [
        Saying(row.text, row.question, MemberRef.parse(row.member), names[row.member], row.id)
        for row in _of_one_author(rows)
        if suits(row.text, (names[row.member], row.member_name))
    ]


def _of_one_author(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Without the words that several people gave, and each only once."""
    authors: dict[str, set[str]] = {}
    for row in rows:
        authors.setdefault(_folded(row.text), set()).add(row.member)
    once = {_folded(row.text): row for row in rows if len(authors[_folded(row.text)]) == 1}
    return list(once.values())


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def suits(text: str, names: Collection[str]) -> bool:
    """Whether an answer can be shown without its author: neither too short nor too long, without
    addresses and mentions, and without any of these names of the author."""
    if not SHORTEST <= len(text.strip()) <= LONGEST or _ADDRESS.search(text):
        return False
    folded = text.casefold()
    spoken = set(_WORD.findall(folded))
    telling = {part for name in names for part in _telling(name)}
    # Scripts without spaces between words hide a name inside a longer run of letters.
    return not any(part in spoken or (not part.isascii() and part in folded) for part in telling)


def _telling(name: str) -> list[str]:
    """The parts of a name by which its bearer is recognised."""
    parts: list[str] = _WORD.findall(name)
    long = [part for part in parts if len(part) > _PARTICLE or not part.islower()]
    return [part.casefold() for part in long or parts]


def _spread(found: Sequence[Saying], limit: int, rng: Random) -> list[Saying]:
    """One of each person in turn, people and answers in drawn order."""
    by_author: dict[MemberRef, list[Saying]] = {}
    for saying in rng.sample(found, len(found)):
        by_author.setdefault(saying.author, []).append(saying)
    layers = zip_longest(*by_author.values())
    return [saying for layer in layers for saying in layer if saying][:limit]


async def keeps(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """In which groups somebody agreed."""
    where = agreed.c.member == str(member)
    rows = await tx.all(select(agreed).where(where).order_by(agreed.c.group_id))
    known = await groups.by_ids(tx, [row.group_id for row in rows])
    return {
        N_("Groups where your answers may come up in games"): [
            {"group": known[row.group_id].title, "at": row.at.isoformat()}
            for row in rows
            if row.group_id in known
        ]
    }


async def forgets(tx: Tx, member: MemberRef) -> None:
    """The agreement goes, in every group."""
    await tx.execute(delete(agreed).where(agreed.c.member == str(member)))
