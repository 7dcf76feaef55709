"""What a review reads and writes, a chunk at a time, in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import Row, and_, delete, or_, select, update

from bot.features.quiet import rules
from bot.features.quiet.rules import Life, Span, Verdict
from bot.features.quiet.tables import outages, people
from bot.store.database import Tx
from bot.store.rollups import member_day, member_state
from bot.store.schema import DAY_MS, EPOCH, from_ms, roster, to_ms

SAMPLE = 50
"""Members from whom the group's usual interval is told, those who acted last."""
_WITH_ROSTER = member_state.outerjoin(
    roster,
    and_(roster.c.group_id == member_state.c.group_id, roster.c.member == member_state.c.member),
)


async def acted(tx: Tx, group: int, since: int, beyond: str, limit: int) -> Sequence[Row[Any]]:
    """Those who acted (member, last_at, last_spoke_at, here) after `since` in milliseconds, or then
    and come after `beyond`, in the order of (last_at, member); bots and those who left since are
    not `here`."""
    state = member_state.c
    here = and_(roster.c.left_at.is_(None), or_(roster.c.is_bot.is_(None), ~roster.c.is_bot))
    later = or_(state.last_at > since, and_(state.last_at == since, state.member > beyond))
    chosen = (
        select(state.member, state.last_at, state.last_spoke_at, here.label("here"))
        .select_from(_WITH_ROSTER)
        .where(state.group_id == group, state.last_at >= since, later)
        .order_by(state.last_at, state.member)
    )
    return await tx.all(chosen.limit(limit))


async def listed(tx: Tx, group: int, beyond: str, limit: int) -> Sequence[Row[Any]]:
    """Those who are in the group (member, joined_at, left_at, is_bot), in order, after `beyond`."""
    where = (roster.c.group_id == group, roster.c.member > beyond)
    return await tx.all(select(roster).where(*where).order_by(roster.c.member).limit(limit))


async def due(tx: Tx, group: int, now: datetime, limit: int) -> list[tuple[str, datetime]]:
    """Those about whom something has changed by now because they did nothing, and since when they
    did not."""
    where = (people.c.group_id == group, people.c.due_at <= now)
    chosen = select(people.c.member, people.c.since).where(*where).order_by(people.c.due_at)
    return [(row.member, row.since or now) for row in await tx.all(chosen.limit(limit))]


async def next_due(tx: Tx, group: int) -> datetime | None:
    """When the next of them comes."""
    where = (people.c.group_id == group, people.c.due_at.is_not(None))
    chosen = select(people.c.due_at).where(*where).order_by(people.c.due_at).limit(1)
    moment: datetime | None = await tx.scalar(chosen)
    return moment


async def lives(
    tx: Tx, group: int, asked: Mapping[str, datetime], now: datetime
) -> dict[str, Life]:
    """What is known of these members, who are there since the moment given if nobody knows better.
    Bots and those who left are not among them."""
    members = list(asked)
    state, list_ = member_state.c, roster.c
    states = await tx.all(
        select(member_state).where(state.group_id == group, state.member.in_(members))
    )
    rows = await tx.all(select(roster).where(list_.group_id == group, list_.member.in_(members)))
    by_state, by_roster = {s.member: s for s in states}, {r.member: r for r in rows}
    days = await days_of(tx, group, list(by_state), now)
    found = {}
    for member, since in asked.items():
        one, place = by_state.get(member), by_roster.get(member)
        if place is not None and (place.is_bot or place.left_at is not None):
            continue
        joined = place.joined_at if place else None
        last = from_ms(one.last_at) if one else None
        spoke = from_ms(one.last_spoke_at) if one and one.last_spoke_at is not None else None
        found[member] = Life(joined or last or since, last, spoke, days.get(member, ()))
    return found


async def days_of(
    tx: Tx, group: int, members: Sequence[str], now: datetime
) -> dict[str, tuple[int, ...]]:
    """The active days of these members, oldest first."""
    first = (to_ms(now) - to_ms(EPOCH + rules.MEMORY)) // DAY_MS
    where = (
        member_day.c.group_id == group,
        member_day.c.member.in_(members),
        member_day.c.day >= first,
    )
    found: dict[str, list[int]] = {}
    chosen = select(member_day.c.member, member_day.c.day).where(*where)
    for row in await tx.all(chosen.order_by(member_day.c.member, member_day.c.day)):
        found.setdefault(row.member, []).append(row.day)
    return {member: tuple(days) for member, days in found.items()}


async def sample(tx: Tx, group: int, now: datetime) -> list[tuple[int, ...]]:
    """The active days of those who acted last."""
    where = (member_state.c.group_id == group, member_state.c.messages > 0)
    newest = select(member_state.c.member).where(*where).order_by(member_state.c.last_at.desc())
    members = [row.member for row in await tx.all(newest.limit(SAMPLE))]
    return list((await days_of(tx, group, members, now)).values())


async def put(tx: Tx, group: int, verdicts: Mapping[str, Verdict], rng: Random) -> None:
    """Keeps what was found, each with a new place in the lot."""
    rows = [
        {
            "group_id": group,
            "member": member,
            "kind": verdict.kind or "",
            "since": verdict.since,
            "due_at": verdict.due_at,
            "draw": rng.random(),
        }
        for member, verdict in verdicts.items()
    ]
    if not rows:
        return
    statement = tx.insert(people)
    changed = {name: statement.excluded[name] for name in ("kind", "since", "due_at", "draw")}
    keys = ["group_id", "member"]
    await tx.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


async def notice(
    tx: Tx, group: int, starts: Mapping[str, datetime], rng: Random, *, anew: bool = False
) -> None:
    """These people are in the group, and did nothing yet since that moment. What is kept about
    them stays, unless they came `anew`."""
    due_ = {member: start + rules.NEW_AFTER for member, start in starts.items()}
    if anew:
        found = {m: Verdict(None, start, due_[m]) for m, start in starts.items()}
        await put(tx, group, found, rng)
        return
    rows = [
        {"group_id": group, "member": m, "kind": "", "since": start, "due_at": due_[m]}
        | {"draw": rng.random()}
        for m, start in starts.items()
    ]
    if rows:
        await tx.execute(tx.insert(people).on_conflict_do_nothing(), rows)


async def drop(tx: Tx, group: int, members: Sequence[str]) -> None:
    """These people are not in the group."""
    if members:
        where = (people.c.group_id == group, people.c.member.in_(members))
        await tx.execute(delete(people).where(*where))


async def saw_nothing(tx: Tx, group: int, span: Span) -> None:
    """The bot was blind for this time. The times of a group never overlap: one that touches the
    last prolongs it."""
    where = (outages.c.group_id == group, outages.c.until >= span.since)
    last = await tx.first(select(outages).where(*where).order_by(outages.c.until.desc()).limit(1))
    if last is None:
        values = {"group_id": group, "since": span.since, "until": span.until}
        await tx.execute(tx.insert(outages).values(**values))
    elif last.until < span.until:
        mine = outages.c.id == last.id
        await tx.execute(update(outages).where(mine).values(until=span.until))


async def unseen(tx: Tx, group: int, now: datetime) -> list[Span]:
    """The times in which the bot saw nothing, as far as they still matter, oldest first."""
    where = (outages.c.group_id == group, outages.c.until > now - rules.MEMORY)
    rows = await tx.all(select(outages).where(*where).order_by(outages.c.until))
    return [Span(row.since, row.until) for row in rows]
