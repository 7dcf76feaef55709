"""Who may be notified: the one place that decides, asked in the transaction of the sending.

The rules are those of product.md. A ping nobody asked for: nobody who said "never"; nobody outside
their waking hours, nobody who is away; nobody who rests from it; nobody more than once in seven
days, over all features and groups. The floor given by name, which is such a ping: at most three
in a post, one person once in 21 days, and 90 days of rest after two that were ignored.

Accounts that a person linked count as one. A budget is booked before the send, so that a send in
doubt counts as a ping.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select

from bot.i18n import zone_of
from bot.refs import MemberRef
from bot.store import calls, identities
from bot.store import members as members_store
from bot.store.database import Tx
from bot.store.schema import pings, preferences, rests

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


def is_quiet(moment: datetime, zone: str, start: int, end: int) -> bool:
    """Whether a moment lies in the hours from `start` to `end` of that zone; equal means never."""
    hour = moment.astimezone(zone_of(zone)).hour
    return start <= hour < end if start <= end else hour >= start or hour < end


async def agreed(
    tx: Tx, members: Iterable[MemberRef], now: datetime, group_zone: str, what: str = ""
) -> set[MemberRef]:
    """The members among these who may be notified now, without booking anything.

    `what` is the feature (or `CALLS`) that somebody may rest from.
    """
    asked = set(members)
    if not asked:
        return set()
    people = await identities.accounts(tx, [str(member) for member in asked])
    accounts = sorted({account for theirs in people.values() for account in theirs})
    rows = await tx.all(select(preferences).where(preferences.c.member.in_(accounts)))
    wishes = {row.member: row for row in rows}
    busy = await _pinged_since(tx, accounts, now - BUDGET) | await resting(tx, accounts, what, now)
    return {
        member
        for member in asked
        if busy.isdisjoint(people[str(member)])
        and all(_allows(wishes.get(account), now) for account in people[str(member)])
        and _is_awake(wishes.get(str(member)), now, group_zone)
    }


async def callable_now(
    tx: Tx, members: Sequence[MemberRef], now: datetime, group: int, zone: str
) -> list[MemberRef]:
    """Those who may be given the floor by name in one post of this group now, in the order given;
    who has left is not among them."""
    here = await members_store.present_among(tx, group, [str(member) for member in members])
    there = [member for member in members if str(member) in here]
    free = await agreed(tx, there, now, zone, CALLS)
    people = await identities.accounts(tx, [str(member) for member in free])
    accounts = {account for theirs in people.values() for account in theirs}
    called = await calls.since(tx, accounts, now - REST - BETWEEN_CALLS * IGNORED)
    found: list[MemberRef] = []
    taken: set[str] = set()
    for member in dict.fromkeys(members):
        theirs = people.get(str(member), frozenset())
        history = [row for row in called if row.member in theirs]
        if member in free and taken.isdisjoint(theirs) and not _rests_from_calls(history, now):
            found.append(member)
            taken |= theirs
    return found[:NAMES]


def _rests_from_calls(history: Sequence[Row[Any]], now: datetime) -> bool:
    """Whether the calls of one person, the newest first, forbid another one now."""
    if history and now - history[0].at < BETWEEN_CALLS:
        return True
    last = history[:IGNORED]
    ignored = len(last) == IGNORED and all(row.answered_at is None for row in last)
    return ignored and now - last[0].at < REST


def _allows(wish: Row[Any] | None, now: datetime) -> bool:
    away = wish is not None and wish.away_until is not None and wish.away_until > now
    return wish is None or not (wish.no_pings or away)


def _is_awake(wish: Row[Any] | None, now: datetime, group_zone: str) -> bool:
    if wish is None:
        return not is_quiet(now, group_zone, QUIET_FROM, QUIET_UNTIL)
    start = QUIET_FROM if wish.quiet_from is None else wish.quiet_from
    end = QUIET_UNTIL if wish.quiet_until is None else wish.quiet_until
    return not is_quiet(now, wish.zone or group_zone, start, end)


async def _pinged_since(tx: Tx, members: Collection[str], since: datetime) -> set[str]:
    where = (pings.c.member.in_(members), pings.c.at > since)
    return {row.member for row in await tx.all(select(pings.c.member).where(*where))}


async def resting(tx: Tx, members: Collection[str], what: str, now: datetime) -> set[str]:
    """Those among these accounts who rest from something."""
    if not what:
        return set()
    where = (rests.c.member.in_(members), rests.c.what == what, rests.c.until > now)
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
