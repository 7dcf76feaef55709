"""The league in SQL: what is recorded at the end of a play, and what a month holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, insert, or_, select, union

from bot.features.games import league
from bot.features.games.league import Lot, Side
from bot.features.games.meeting import movers
from bot.features.games.meeting_records import Meetings, acquaintances
from bot.features.games.plays import Played, Seat
from bot.features.games.score_tables import results
from bot.features.games.tables import seats
from bot.i18n import zone_of
from bot.play import Result, Score
from bot.store.database import Tx
from bot.store.groups import Group
from bot.store.rollups import member_state
from bot.store.schema import roster, to_ms

NEW = timedelta(days=30)
"""So long somebody is a newcomer; and who did nothing for so long is not active."""
LARGE = 300
"""In a group with more active people than this, nearly all pairs are strangers: none is counted."""


def season_of(moment: datetime, zone: str) -> str:
    """The month of a moment in a zone, such as "2026-11"."""
    return moment.astimezone(zone_of(zone)).strftime("%Y-%m")


async def record(
    tx: Tx,
    played: Played,
    result: Result,
    meetings: Meetings,
    known: Mapping[int, Group],
    now: datetime,
) -> list[int]:
    """Keeps what each group reached on each side; returns the groups whose league it counts for.

    To be asked before the first meetings are kept.
    """
    news = await _newcomers(tx, played, now)
    counts = not played.game.traits.shared
    rows: list[dict[str, Any]] = []
    for number, here in _by_group(played):
        if (group := known.get(number)) is None:
            continue
        lot = await _lot(tx, played, number, now) if counts else None
        sides = sorted({seat.side for seat in here})
        for side in (side for side in sides if side < len(result.scores)):
            team = [seat for seat in here if seat.side == side]
            one = _side(result.scores[side], team, meetings, news)
            row = {
                "play": played.id,
                "side": side,
                "group_id": number,
                "community": group.community,
                "game": played.key,
                "season": season_of(now, group.zone),
                "at": now,
                "league": league.points(one, lot) if lot else None,
            }
            rows.append(row | {name: getattr(one, name) for name in Side.__struct_fields__})
    if rows:
        await tx.execute(insert(results), rows)
    return sorted({row["group_id"] for row in rows}) if counts else []


def _by_group(played: Played) -> list[tuple[int, list[Seat]]]:
    here = sorted(movers(played.seats), key=lambda seat: seat.group_id)
    return [(group, list(theirs)) for group, theirs in groupby(here, lambda seat: seat.group_id)]


def _side(score: Score, team: Sequence[Seat], meetings: Meetings, news: set[int]) -> Side:
    """Pairs are counted in the whole group: those of two teams met as well."""
    group = team[0].group_id
    return Side(
        points=score.points,
        best=score.best,
        heads=len(team),
        newcomers=sum(seat.seat in news for seat in team),
        fresh=sum(one.group_id == group for one, _ in meetings.fresh),
        pairs=sum(one.group_id == group for one, _ in meetings.pairs),
    )


def _is_new(now: datetime) -> ColumnElement[bool]:
    """Neither seen nor known to be there for longer; beside `roster` and `member_state`."""
    joined, first = roster.c.joined_at, member_state.c.first_at
    return and_(
        or_(joined.is_(None), joined >= now - NEW),
        or_(first.is_(None), first >= to_ms(now - NEW)),
    )


def _beside(table: Any, group: Any) -> Any:
    """A table of members with what is known of each in a group."""
    known = and_(roster.c.group_id == group, roster.c.member == table.c.member)
    seen = and_(member_state.c.group_id == group, member_state.c.member == table.c.member)
    return table.outerjoin(roster, known).outerjoin(member_state, seen)


async def _newcomers(tx: Tx, played: Played, now: datetime) -> set[int]:
    """The seats of newcomers."""
    moved = (seats.c.play == played.id, seats.c.moves > 0, seats.c.member != "")
    joined = select(seats.c.seat).select_from(_beside(seats, seats.c.group_id))
    return {row.seat for row in await tx.all(joined.where(*moved, _is_new(now)))}


async def _lot(tx: Tx, played: Played, group: int, now: datetime) -> Lot:
    """What a draw by lot from the active people of a group would give; who plays is active."""
    active = select(member_state.c.member).where(
        member_state.c.group_id == group, member_state.c.last_at >= to_ms(now - NEW)
    )
    here = (seats.c.play == played.id, seats.c.group_id == group, seats.c.moves > 0)
    playing = select(seats.c.member).where(*here, seats.c.member != "")
    people = union(active, playing).subquery()
    counted = select(
        func.count().label("all"), func.sum(case((_is_new(now), 1), else_=0)).label("new")
    ).select_from(_beside(people, group))
    row = await tx.first(counted)
    heads, new = (int(row.all), int(row.new or 0)) if row else (0, 0)
    if heads < 2:
        return Lot(1.0, 1.0)
    if heads > LARGE:
        return Lot(1.0, new / heads)
    pairs = heads * (heads - 1) / 2
    return Lot(1 - await _acquainted(tx, played, people) / pairs, new / heads)


async def _acquainted(tx: Tx, played: Played, people: Any) -> int:
    """How many pairs among these had exchanged a word, or met in a game."""
    known = acquaintances(played.community, played.made_at).subquery()
    member, peer = known.c.member, known.c.peer
    low = case((member < peer, member), else_=peer)
    high = case((member < peer, peer), else_=member)
    among = select(people.c.member).scalar_subquery()
    both = (member.in_(among), peer.in_(among), member != peer)
    found = select(low.label("low"), high.label("high")).where(*both).distinct().subquery()
    return int(await tx.scalar(select(func.count()).select_from(found)) or 0)


async def plays_of(tx: Tx, community: int, season: str) -> dict[int, list[float]]:
    """The league points of each group's plays in a season; several sides of one are their mean."""
    counted = func.avg(results.c.league).label("points")
    where = (
        results.c.community == community,
        results.c.season == season,
        results.c.league.is_not(None),
    )
    of_plays = select(results.c.group_id, results.c.play, counted).where(*where)
    grouped = of_plays.group_by(results.c.group_id, results.c.play)
    found: dict[int, list[float]] = {}
    for row in await tx.all(grouped.order_by(results.c.group_id, results.c.play)):
        found.setdefault(row.group_id, []).append(float(row.points))
    return found


async def months_of(tx: Tx, group: int, most: int | None) -> dict[str, list[float]]:
    """The league points of one group's plays by season, the latest seasons first (None: all)."""
    counted = func.avg(results.c.league).label("points")
    where = (results.c.group_id == group, results.c.league.is_not(None))
    of_plays = select(results.c.season, results.c.play, counted).where(*where)
    grouped = of_plays.group_by(results.c.season, results.c.play)
    found: dict[str, list[float]] = {}
    for row in await tx.all(grouped.order_by(results.c.season.desc(), results.c.play)):
        found.setdefault(row.season, []).append(float(row.points))
    return dict(list(found.items())[:most])


async def seasons(tx: Tx, community: int, most: int) -> list[str]:
    """The seasons in which anybody of a community played, the latest first."""
    where = (results.c.community == community, results.c.league.is_not(None))
    found = select(results.c.season).where(*where).distinct()
    rows = await tx.all(found.order_by(results.c.season.desc()).limit(most))
    return [row.season for row in rows]
