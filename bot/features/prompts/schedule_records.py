"""Schedules, and what an outage made them miss, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, func, insert, select, update

from bot.features.prompts.tables import decks, missed, schedules
from bot.store.database import Tx
from bot.store.schema import groups
from scheduler.calendar import Schedule, Slot


class Plan(Struct, frozen=True):
    """A schedule of a group. `room` is the native room, "" for the group's own; `room_title`
    is what people called it when it was chosen.

    With `game` it opens that game each time and has no deck (0).

    `next_at` is the instant that the rule gives to the slot `next_slot`; `moved_to` takes its
    place once. `passed_slot` was handled last.
    """

    id: int
    group_id: int
    deck: int
    game: str
    rule: str
    spoken: str
    room: str
    room_title: str
    together: bool
    others: bool
    paused: bool
    next_slot: str
    next_at: datetime | None
    moved_to: datetime | None
    passed_slot: str
    passed_at: datetime | None
    deleted_at: datetime | None
    deck_name: str = ""

    @property
    def schedule(self) -> Schedule:
        """The rule with its zone, jitter and quiet hours."""
        return Schedule.parse(self.rule)

    @property
    def seed(self) -> str:
        """What the jitter is drawn from."""
        return str(self.id)

    @property
    def next(self) -> Slot | None:
        """The slot that comes next, at the instant of the rule."""
        return Slot(self.next_slot, self.next_at) if self.next_at else None

    @property
    def passed(self) -> Slot | None:
        """The slot that was handled last."""
        return Slot(self.passed_slot, self.passed_at) if self.passed_at else None

    @property
    def due_at(self) -> datetime | None:
        """When the next prompt is posted."""
        return self.moved_to or self.next_at

    def post_name(self, slot: str) -> str:
        """The name of the post of a slot."""
        return f"prompt:{self.id}:{slot}"

    def occasion(self, slot: str) -> str:
        """What a deck is asked with: the slot that groups share, or one of this schedule's own."""
        return slot if self.together else f"{slot}#{self.id}"


_FIELDS = [
    *(schedules.c[name] for name in Plan.__struct_fields__ if name != "deck_name"),
    func.coalesce(decks.c.name, "").label("deck_name"),
]
_PLANS = select(*_FIELDS).outerjoin(decks, decks.c.id == schedules.c.deck)


def _plan(row: Row[Any]) -> Plan:
    return Plan(**row._mapping)


async def find(tx: Tx, plan: int) -> Plan | None:
    """A schedule by its number, deleted ones too."""
    row = await tx.first(_PLANS.where(schedules.c.id == plan))
    return _plan(row) if row else None


async def of_group(tx: Tx, group: int) -> Sequence[Plan]:
    """The schedules of a group, oldest first."""
    where = (schedules.c.group_id == group, schedules.c.deleted_at.is_(None))
    return [_plan(row) for row in await tx.all(_PLANS.where(*where).order_by(schedules.c.id))]


async def create(tx: Tx, at: datetime, **values: Any) -> int:
    """Makes a schedule and returns its number."""
    made = await tx.execute(insert(schedules).values(created_at=at, **values))
    key = made.inserted_primary_key
    return int(key[0]) if key else 0


async def change(tx: Tx, plan: int, **values: Any) -> None:
    """Sets columns of a schedule."""
    await tx.execute(update(schedules).where(schedules.c.id == plan).values(**values))


async def miss(tx: Tx, group: int, plan: int, slots: Sequence[Slot]) -> None:
    """Notes slots that were skipped because they were too old."""
    rows = [
        {"schedule": plan, "slot": slot.name, "group_id": group, "at": slot.at} for slot in slots
    ]
    if rows:
        await tx.execute(tx.insert(missed).on_conflict_do_nothing(), rows)


async def take_missed(tx: Tx, group: int) -> Sequence[Row[Any]]:
    """The missed slots of a group (schedule, slot, at), oldest first; they are told only once."""
    rows = await tx.all(select(missed).where(missed.c.group_id == group).order_by(missed.c.at))
    await tx.execute(delete(missed).where(missed.c.group_id == group))
    return rows


async def of_community(tx: Tx, community: int) -> Sequence[Plan]:
    """The schedules of a community's groups that will post."""
    where = (
        groups.c.community == community,
        groups.c.active,
        ~groups.c.paused,
        schedules.c.deleted_at.is_(None),
        ~schedules.c.paused,
    )
    joined = _PLANS.join(groups, groups.c.id == schedules.c.group_id)
    return [_plan(row) for row in await tx.all(joined.where(*where).order_by(schedules.c.id))]
