"""Who may be notified: the one place that decides, asked in the transaction of the sending.

The rules are those of product.md. A ping nobody asked for: nobody who said "never"; nobody outside
their waking hours, nobody who is away; nobody who rests from it; nobody more than once in seven
days, over all features and groups. The floor given by name, which is such a ping: at most three
in a post, one person once in 21 days, and 90 days of rest after two that were ignored.

Accounts that a person linked count as one: what was wished under one holds under all, and only one
of them is notified by a post. A budget is booked before the send, so that a send in doubt counts as
a ping.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from bot.i18n import zone_of
from bot.refs import MemberRef
from bot.store import calls, identities
from bot.store import members as members_store
from bot.store.database import Tx
from bot.store.schema import EPOCH, pings, preferences, rests

BUDGET = timedelta(days=7)
QUIET_FROM, QUIET_UNTIL = 22, 8
"""Hours of the day, local to the person (or to the group, where theirs is unknown)."""
NAMES = 3
"""People who are given the floor in one post."""
BETWEEN_CALLS = timedelta(days=21)
IGNORED, REST = 2, timedelta(days=90)
"""After so many calls in a row without an answer nobody is called for so long. A call that is
older than `BETWEEN_CALLS` and was not answered was ignored."""
CALLS = "calls"
"""What somebody rests from who presses "not me" under their name (see `rest`)."""
_TURN = 0x434F4E53
"""The number of the lock behind `in_turn`; `bot.store.activity` has another one."""


def is_quiet(moment: datetime, zone: str, start: int, end: int) -> bool:
    """Whether a moment lies in the hours from `start` to `end` of that zone; equal means never."""
    hour = moment.astimezone(zone_of(zone)).hour
    return start <= hour < end if start <= end else hour >= start or hour < end


async def in_turn(tx: Tx) -> None:
    """Whoever decides about pings waits here for the others who do, until they have committed.

    Two processes that ask at the same moment would both find the budget of a person untouched. On
    SQLite there is one writer anyway.
    """
    if tx.dialect == "postgresql":
        await tx.execute(select(func.pg_advisory_xact_lock(_TURN)))


async def agreed(
    tx: Tx, members: Iterable[MemberRef], now: datetime, group_zone: str, *what: str
) -> set[MemberRef]:
    """The members among these who may be notified now, without booking anything.

    `what` are the features (or `CALLS`) that somebody may rest from. Of several accounts of one
    person the first that may be notified is meant.
    """
    asked = list(dict.fromkeys(members))
    if not asked:
        return set()
    people = await identities.accounts(tx, [str(member) for member in asked])
    accounts = sorted({account for theirs in people.values() for account in theirs})
    rows = await tx.all(select(preferences).where(preferences.c.member.in_(accounts)))
    wishes = {row.member: row for row in rows}
    busy = await _pinged_since(tx, accounts, now - BUDGET) | await resting(tx, accounts, what, now)
    found: set[MemberRef] = set()
    for member in asked:
        theirs = people[str(member)]
        said = [wishes[one] for one in (str(member), *sorted(theirs)) if one in wishes]
        if busy.isdisjoint(theirs) and _allows(said, now) and _is_awake(said, now, group_zone):
            found.add(member)
            busy |= theirs
    return found


async def callable_now(
    tx: Tx, members: Sequence[MemberRef], now: datetime, group: int, zone: str, *what: str
) -> list[MemberRef]:
    """Those who may be given the floor by name in one post of this group now, in the order given;
    who has left is not among them. `what` is what somebody may rest from besides `CALLS`."""
    here = await members_store.present_among(tx, group, [str(member) for member in members])
    there = [member for member in members if str(member) in here]
    free = await agreed(tx, there, now, zone, CALLS, *what)
    people = await identities.accounts(tx, [str(member) for member in free])
    accounts = {account for theirs in people.values() for account in theirs}
    called = await calls.since(tx, accounts, EPOCH)

    def history(member: MemberRef) -> list[Row[Any]]:
        return [row for row in called if row.member in people[str(member)]]

    open_to_it = [one for one in free if not _rests_from_calls(history(one), now)]
    return sorted(open_to_it, key=there.index)[:NAMES]


def _rests_from_calls(history: Sequence[Row[Any]], now: datetime) -> bool:
    """Whether the calls of one person, the newest first, forbid another one now."""
    if history and now - history[0].at < BETWEEN_CALLS:
        return True
    last = history[:IGNORED]
    ignored = len(last) == IGNORED and all(row.answered_at is None for row in last)
    return ignored and now - last[0].at < REST


def _allows(said: Sequence[Row[Any]], now: datetime) -> bool:
    """Whether the wishes of one person, under whichever account, leave room for a ping."""
    away = any(wish.away_until is not None and wish.away_until > now for wish in said)
    return not (away or any(wish.no_pings for wish in said))


def _is_awake(said: Sequence[Row[Any]], now: datetime, group_zone: str) -> bool:
    """Whether these are waking hours by the first account that says so, the asked one before."""
    set_hours = ((wish.quiet_from, wish.quiet_until) for wish in said)
    start, end = next((both for both in set_hours if None not in both), (QUIET_FROM, QUIET_UNTIL))
    zone = next((wish.zone for wish in said if wish.zone), group_zone)
    return not is_quiet(now, zone, start, end)


async def _pinged_since(tx: Tx, members: Collection[str], since: datetime) -> set[str]:
    where = (pings.c.member.in_(members), pings.c.at > since)
    return {row.member for row in await tx.all(select(pings.c.member).where(*where))}


async def resting(
    tx: Tx, members: Collection[str], what: Collection[str], now: datetime
) -> set[str]:
    """Those among these accounts who rest from any of this."""
    where = (rests.c.member.in_(members), rests.c.what.in_(what), rests.c.until > now)
    return {row.member for row in await tx.all(select(rests.c.member).where(*where))}


async def rest(tx: Tx, member: MemberRef, what: str, until: datetime) -> None:
    """This person is left alone by something until then, under every account that is linked."""
    await tx.put(rests, {"member": str(member), "what": what, "until": until})


async def book(
    tx: Tx, members: Iterable[MemberRef], now: datetime, *, feature: str, group: int
) -> None:
    """Counts these pings against the members' budgets."""
    rows = [
        {"member": str(member), "at": now, "feature": feature, "group_id": group}
        for member in members
    ]
    if rows:
        await tx.execute(insert(pings), rows)


async def unbook(
    tx: Tx, members: Iterable[MemberRef], at: datetime, *, feature: str, group: int
) -> None:
    """Takes back what was booked at that moment, because it surely did not arrive."""
    people = pings.c.member.in_([str(member) for member in members])
    booked = (pings.c.at == at, pings.c.feature == feature, pings.c.group_id == group)
    await tx.execute(delete(pings).where(people, *booked))
