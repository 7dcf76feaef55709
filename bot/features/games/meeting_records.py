"""First meetings in SQL: who had exchanged a word before, and who met in a game."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, and_, case, or_, select, union_all

from bot.features.games import meeting
from bot.features.games.meeting import Names, Pair, ordered
from bot.features.games.plays import Played
from bot.features.games.score_tables import met
from bot.features.games.tables import seats
from bot.play import Result
from bot.store import identities
from bot.store.database import Tx
from bot.store.rollups import pairs as spoke
from bot.store.schema import groups, roster, to_ms


class Meetings(Struct, frozen=True):
    """The pairs who had to do with each other in a play, and those who met in it."""

    pairs: Sequence[Pair]
    fresh: Sequence[Pair]


async def of_play(tx: Tx, played: Played, result: Result) -> Meetings:
    """Who met whom for the first time, by what was said in the whole community before the lobby
    opened and by earlier plays. The rollups have to be up to date."""
    accounts = await identities.accounts(
        tx, [str(seat.member) for seat in played.seats if seat.member is not None]
    )
    person = {member: min(theirs) for member, theirs in accounts.items()}
    found = meeting.pairs(result, played.seats, person)
    if not found:
        return Meetings((), ())
    known = await _known(tx, played, accounts)
    return Meetings(found, meeting.first_time(found, known, person))


async def _known(
    tx: Tx, played: Played, accounts: Mapping[str, Collection[str]]
) -> Collection[Names]:
    person = {one: min(theirs) for theirs in accounts.values() for one in theirs}
    among = list(person)
    acquainted = acquaintances(played.community, played.made_at).subquery()
    both = (acquainted.c.member.in_(among), acquainted.c.peer.in_(among))
    rows = await tx.all(select(acquainted).where(*both))
    return {ordered(person[row.member], person[row.peer]) for row in rows}


def acquaintances(community: int, before: datetime) -> Any:
    """The pairs of a community who had exchanged a word before a moment, or met in a game: rows
    of `member` and `peer`, in either order, maybe more than once."""
    places = select(groups.c.id).where(groups.c.community == community).scalar_subquery()
    words = select(spoke.c.member, spoke.c.peer).where(
        spoke.c.group_id.in_(places), spoke.c.first_at < to_ms(before)
    )
    return union_all(words, select(met.c.member, met.c.peer).where(met.c.community == community))


async def keep(tx: Tx, played: Played, fresh: Sequence[Pair], at: datetime) -> None:
    """Remembers that these met."""
    rows = []
    for pair in fresh:
        member, peer = ordered(*(str(seat.member) for seat in pair))
        rows.append({"community": played.community, "member": member, "peer": peer})
    if rows:
        added = {"play": played.id, "at": at}
        statement = tx.insert(met).on_conflict_do_nothing()
        await tx.execute(statement, [row | added for row in rows])


async def fresh_of(tx: Tx, played: Played) -> Sequence[Pair]:
    """The pairs who are known to have met in a play."""
    found = select(met.c.member, met.c.peer).where(met.c.play == played.id)
    known = {str(seat.member): seat for seat in played.seats if seat.member is not None}
    return [
        (known[row.member], known[row.peer])
        for row in await tx.all(found.order_by(met.c.member, met.c.peer))
        if row.member in known and row.peer in known
    ]


async def names(tx: Tx, accounts: Collection[str], play: int | None = None) -> list[str]:
    """Whom somebody met while playing (in that play), by the names that they had where they met;
    the latest first."""
    mine = list(accounts)
    other = case((met.c.member.in_(mine), met.c.peer), else_=met.c.member)
    seat = and_(seats.c.play == met.c.play, seats.c.member == other)
    named = and_(roster.c.group_id == seats.c.group_id, roster.c.member == other)
    found: Select[Any] = (
        select(other.label("other"), roster.c.name)
        .select_from(met.join(seats, seat).join(roster, named))
        .where(or_(met.c.member.in_(mine), met.c.peer.in_(mine)), other.not_in(mine))
        .order_by(met.c.at.desc(), other)
    )
    rows = await tx.all(found if play is None else found.where(met.c.play == play))
    return list({row.other: row.name for row in rows}.values())
