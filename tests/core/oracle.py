"""Judges a history of what people wished and what was sent to them, by the rules of the product.

It knows nothing of the program: it replays a list of facts, each the name of a method here with
its arguments, in the order of time, and notes what must not have happened.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Fact = tuple[str, tuple[Any, ...]]
WEEK, THREE_WEEKS, NINETY_DAYS = timedelta(days=7), timedelta(days=21), timedelta(days=90)
DAY_BEGINS, NIGHT_BEGINS = 8, 22


class Oracle:
    """`violations` says in words what went wrong."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.named = self.pinged = 0
        self._circle: dict[str, set[str]] = {}
        self._present: set[tuple[str, int]] = set()
        self._never: set[str] = set()
        self._away: dict[str, datetime] = {}
        self._rests: dict[tuple[str, str], datetime] = {}
        self._hours: dict[str, tuple[int, int, str]] = {}
        self._pings: dict[str, list[datetime]] = defaultdict(list)
        self._calls: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
        self._answered: set[int] = set()

    def judge(self, facts: Iterable[Fact]) -> list[str]:
        """Everything that must not have happened."""
        for name, args in facts:
            getattr(self, name)(*args)
        return self.violations

    def joined(self, account: str, group: int) -> None:
        self._present.add((account, group))

    def left(self, account: str, group: int) -> None:
        self._present.discard((account, group))

    def never(self, account: str, wish: bool) -> None:
        """Said under one account, taken back under all."""
        if wish:
            self._never.add(account)
        else:
            self._never -= self._person(account)

    def away(self, account: str, until: datetime | None) -> None:
        for one in self._person(account):
            self._away.pop(one, None)
        if until is not None:
            self._away[account] = until

    def rests(self, account: str, what: str, until: datetime) -> None:
        self._rests[account, what] = until

    def sleeps(self, account: str, start: int, end: int, zone: str) -> None:
        self._hours[account] = (start, end, zone)

    def linked(self, account: str, other: str) -> None:
        both = self._person(account) | self._person(other)
        for one in both:
            self._circle[one] = both

    def unlinked(self, account: str) -> None:
        """What was wished by the person goes on for each account."""
        everybody = self._person(account)
        if everybody & self._never:
            self._never |= everybody
        if until := [self._away[one] for one in everybody if one in self._away]:
            self._away |= dict.fromkeys(everybody, max(until))
        for what in {what for one, what in self._rests if one in everybody}:
            last = max(self._rests[one, what] for one in everybody if (one, what) in self._rests)
            self._rests |= {(one, what): last for one in everybody}
        for one in everybody:
            self._circle[one] = everybody - {account}
        self._circle[account] = {account}

    def answered(self, account: str, at: datetime) -> None:
        """Somebody took part: what they were called for in the last three weeks was not ignored."""
        for one in self._person(account):
            self._answered |= {n for when, n in self._calls[one] if when > at - THREE_WEEKS}

    def sent(
        self,
        at: datetime,
        group: int,
        zone: str,
        feature: str,
        named: Sequence[str],
        pinged: Sequence[str],
    ) -> None:
        """A message went out that gives the floor to some and notifies some."""
        self._expect(len(named) <= 3, at, "more than three names", named)
        self._expect(set(named) <= set(pinged), at, "named and not told", named)
        people = [frozenset(self._person(one)) for one in pinged]
        self._expect(len(set(people)) == len(people), at, "one person twice", pinged)
        for account in pinged:
            self._judge_ping(
                account, at, zone, {feature} | ({"calls"} if account in named else set())
            )
        for account in named:
            self._judge_call(account, at, group)
        self.named, self.pinged = self.named + len(named), self.pinged + len(pinged)

    def _judge_ping(self, account: str, at: datetime, zone: str, whats: set[str]) -> None:
        person = self._person(account)
        self._expect(not person & self._never, at, "never", account)
        gone = any(self._away.get(one, at) > at for one in person)
        self._expect(not gone, at, "away", account)
        resting = any(self._rests.get((one, what), at) > at for one in person for what in whats)
        self._expect(not resting, at, "rests", account)
        before = [when for one in person for when in self._pings[one]]
        self._expect(all(at - when >= WEEK for when in before), at, "budget", account)
        self._expect(self._is_awake(account, at, zone), at, "night", account)
        self._pings[account].append(at)

    def _judge_call(self, account: str, at: datetime, group: int) -> None:
        self._expect((account, group) in self._present, at, "not there", account)
        calls = sorted(one for other in self._person(account) for one in self._calls[other])
        if calls:
            self._expect(at - calls[-1][0] >= THREE_WEEKS, at, "21 days", account)
        if len(calls) > 1 and not {n for _, n in calls[-2:]} & self._answered:
            self._expect(at - calls[-1][0] >= NINETY_DAYS, at, "90 days", account)
        self._calls[account].append((at, sum(map(len, self._calls.values()))))

    def _is_awake(self, account: str, at: datetime, zone: str) -> bool:
        person = [account, *sorted(self._person(account) - {account})]
        told = [self._hours[one] for one in person if one in self._hours]
        start, end, where = told[0] if told else (NIGHT_BEGINS, DAY_BEGINS, zone)
        hour = at.astimezone(ZoneInfo(where)).hour
        night = range(start, end) if start <= end else [*range(start, 24), *range(end)]
        return hour not in night

    def _person(self, account: str) -> set[str]:
        return self._circle.get(account, {account})

    def _expect(self, right: bool, at: datetime, rule: str, who: object) -> None:
        if not right:
            self.violations.append(f"{at:%Y-%m-%d %H:%M} {rule}: {who}")
