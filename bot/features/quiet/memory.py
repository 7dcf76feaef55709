"""What giving the floor keeps of a person: told on demand, and forgotten on demand."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, Table, delete, or_, select, update

from bot.commands import N_
from bot.features.quiet.core import quiet
from bot.features.quiet.reasons import Candidate
from bot.features.quiet.tables import (
    interests,
    left_out,
    occasions,
    parts,
    people,
    proposals,
    tried,
)
from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import groups

_ABOUT_ONE = (people, left_out, interests, parts, tried, occasions)


@quiet.keeps
async def kept(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """How somebody's rhythm is seen, what they asked for and took part in, and when a lot was
    drawn about naming them."""
    who = str(member)
    rows = {table.name: await tx.all(_of(table, who)) for table in _ABOUT_ONE}
    return {
        N_("How quiet you are in a group, by your own rhythm"): [
            {"group": row.title or "", "kind": row.kind, "since": _iso(row.since)}
            for row in rows[people.name]
        ],
        N_("Where moderators asked me not to name you"): [
            {"group": row.title or "", "at": _iso(row.at)} for row in rows[left_out.name]
        ],
        N_("Topics you asked for more of"): [
            {"topic": row.topic, "at": _iso(row.at)} for row in rows[interests.name]
        ],
        N_("Posts you took part in"): [
            {"subject": row.subject, "at": _iso(row.at)} for row in rows[parts.name]
        ],
        N_("When I drew a lot whether to name you in a post"): [
            {N_("named"): row.named, "at": _iso(row.at)} for row in rows[occasions.name]
        ],
        N_("When I would have named you, had it been no trial"): [
            {"at": _iso(row.at)} for row in rows[tried.name]
        ],
        N_("When moderators were asked whether to name you"): [
            {"subject": row.subject, "at": _iso(row.made_at)} for row in await _proposed(tx, who)
        ],
    }


def _of(table: Table, who: str) -> Select[Any]:
    """The rows about somebody, with the title of the group where there is one."""
    if "group_id" not in table.c:
        return select(table).where(table.c.member == who)
    titled = table.outerjoin(groups, groups.c.id == table.c.group_id)
    return select(table, groups.c.title).select_from(titled).where(table.c.member == who)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@quiet.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """Everything; what was learnt from lots drawn about them is learnt from the others alone."""
    who = str(member)
    for row in await _proposed(tx, who):
        mine = proposals.c.id == row.id
        await tx.execute(update(proposals).where(mine).values(**_without(row, who)))
    for table in _ABOUT_ONE:
        await tx.execute(delete(table).where(table.c.member == who))


async def _proposed(tx: Tx, who: str) -> Sequence[Row[Any]]:
    quoted = json.dumps(who, ensure_ascii=False)
    named: ColumnElement[bool] = or_(
        proposals.c.candidates.contains(quoted, autoescape=True),
        proposals.c.without.contains(quoted, autoescape=True),
    )
    return await tx.all(select(proposals).where(named).order_by(proposals.c.id))


def _without(row: Row[Any], who: str) -> dict[str, str]:
    """The proposal's columns with nobody of that name in them."""
    candidates = msgspec.json.decode(row.candidates, type=tuple[Candidate, ...])
    left = [one for one in candidates if one.member != who]
    taken = [one for one in json.loads(row.without) if one != who]
    return {"candidates": msgspec.json.encode(left).decode(), "without": json.dumps(taken)}
