"""What the core itself keeps about a person: names, counts, wishes. Told, and forgotten."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Row,
    String,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)

from bot.commands import N_
from bot.features.privacy.core import privacy
from bot.features.privacy.linking import others
from bot.i18n import LANGUAGES
from bot.refs import MemberRef
from bot.store import activity, identities, members
from bot.store.database import Tx
from bot.store.outbox import FAILED
from bot.store.rollups import activity as activity_table
from bot.store.rollups import member_day, member_month, member_state, pair_day, pairs
from bot.store.schema import (
    calls,
    dead_letters,
    form_steps,
    from_ms,
    groups,
    link_codes,
    link_tries,
    outbox,
    pings,
    preferences,
    rests,
    roster,
)

_ABOUT_ONE = (
    *(member_state, member_day, member_month, form_steps, pings, roster),
    *(calls, rests, link_codes, link_tries),
)
_ABOUT_TWO = (pairs, pair_day)
_RESTS = {"calls": N_("being named in a post"), "answers": N_("being shown questions")}
"""What somebody may rest from, in words."""


@privacy.keeps
async def kept(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """Groups and names, counts, notifications and wishes."""
    await activity.fold(tx)
    who = str(member)
    talked = select(pairs.c.peer).where(pairs.c.member == who).distinct().subquery()
    return {
        N_("Groups, and your name there"): await _names(tx, who),
        N_("How often you wrote and reacted (not what)"): await _counts(tx, who),
        N_("People you replied to (how many)"): await tx.scalar(
            select(func.count()).select_from(talked)
        ),
        N_("When I mentioned you lately"): [
            {"at": row.at.isoformat()}
            for row in await tx.all(select(pings.c.at).where(pings.c.member == who))
        ],
        N_("When I gave you the floor by name"): [
            {"at": row.at.isoformat(), N_("you took part"): row.answered_at is not None}
            for row in await tx.all(select(calls).where(calls.c.member == who).order_by(calls.c.at))
        ],
        N_("What you want to be left alone with"): [
            {"what": _RESTS.get(row.what, row.what), "until": row.until.isoformat()}
            for row in await tx.all(select(rests).where(rests.c.member == who))
        ],
        N_("Accounts that you linked with this one"): await others(tx, member),
        N_("Your wishes"): _wishes(await members.preference(tx, member)),
    }


async def _names(tx: Tx, who: str) -> list[dict[str, Any]]:
    joined = select(groups.c.title, roster).join(roster, roster.c.group_id == groups.c.id)
    rows = await tx.all(joined.where(roster.c.member == who).order_by(groups.c.id))
    return [{"group": r.title, "name": r.name, "since": _iso(r.joined_at)} for r in rows]


async def _counts(tx: Tx, who: str) -> list[dict[str, Any]]:
    joined = select(groups.c.title, member_state).join(
        member_state, member_state.c.group_id == groups.c.id
    )
    rows = await tx.all(joined.where(member_state.c.member == who).order_by(groups.c.id))
    return [
        {
            "group": row.title,
            N_("messages"): row.messages,
            N_("reactions"): row.reactions,
            "first": _iso(from_ms(row.first_at)),
            "last": _iso(from_ms(row.last_at)),
        }
        for row in rows
    ]


def _wishes(row: Row[Any] | None) -> dict[str, Any]:
    if row is None:
        return {}
    wishes = {
        N_("language"): LANGUAGES.get(row.language or ""),
        N_("no mentions"): row.no_pings or None,
        N_("private messages allowed"): row.dm_agreed or None,
        N_("quiet from hour"): row.quiet_from,
        N_("until hour"): row.quiet_until,
        N_("away until"): _iso(row.away_until),
    }
    return {name: value for name, value in wishes.items() if value is not None}


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="minutes") if moment else None


@privacy.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """Everything but "never mention me", which would otherwise be undone by forgetting it."""
    await activity.fold(tx)
    who = str(member)
    await identities.unlink(tx, member)
    for table in _ABOUT_ONE:
        await tx.execute(delete(table).where(table.c.member == who))
    for table in _ABOUT_TWO:
        await tx.execute(delete(table).where(or_(table.c.member == who, table.c.peer == who)))
    await _anonymise_activity(tx, member)
    await _drop_leftovers(tx, member)
    await tx.execute(
        delete(preferences).where(preferences.c.member == who, ~preferences.c.no_pings)
    )
    mine = link_codes.c.taken_by == who
    await tx.execute(update(link_codes).where(mine).values(taken_by=None))
    wishes: Sequence[str] = ("language", "quiet_from", "quiet_until", "zone", "away_until")
    nothing = dict.fromkeys(wishes) | {"dm_agreed": False}
    await tx.execute(update(preferences).where(preferences.c.member == who).values(**nothing))


async def _anonymise_activity(tx: Tx, member: MemberRef) -> None:
    """The rows stay, without the person: they keep events from being taken twice. The ids of
    some events (who put which reaction where) hold the account, so those go too."""
    who = str(member)
    mine, to_me = activity_table.c.member == who, activity_table.c.peer == who
    telling = activity_table.c.event.contains(member.id, autoescape=True)
    other = literal("gone:").concat(cast(activity_table.c.id, String))
    await tx.execute(update(activity_table).where(mine, telling).values(event=other))
    await tx.execute(update(activity_table).where(mine).values(member="", peer=None))
    await tx.execute(update(activity_table).where(to_me).values(peer=None))


async def _drop_leftovers(tx: Tx, member: MemberRef) -> None:
    failed = outbox.c.state == FAILED
    await tx.execute(delete(outbox).where(failed, _names_member(outbox.c.effect, member)))
    await tx.execute(delete(dead_letters).where(_names_member(dead_letters.c.body, member)))


def _names_member(column: ColumnElement[str], member: MemberRef) -> ColumnElement[bool]:
    return column.contains(msgspec.json.encode(member).decode(), autoescape=True)
