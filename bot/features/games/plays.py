"""Plays in SQL: a play, its rooms and its seats, read and written together."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.features.games.tables import held, moves, plays, rooms, seats
from bot.games import game
from bot.play import Game, Logged, Pace, Play, Table
from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import roster
from bot.store.sqlite_connection import at_once


class Phase(StrEnum):
    """How far a play has come."""

    GATHERING = "gathering"
    PLAYING = "playing"
    OVER = "over"


class Room(Struct, frozen=True):
    """A room with a board; `shown` counts how often the board was brought down. `heard`: what is
    written there counts without answering the board."""

    group_id: int
    room: str
    side: int | None
    open: bool
    shown: int
    heard: bool


class Seat(Struct, frozen=True):
    """Somebody at the table; `member` is None where nobody may be named any more."""

    seat: int
    member: MemberRef | None
    group_id: int
    side: int
    plays: bool
    left: bool
    moves: int
    reminded: bool
    missed: int
    remind_at: datetime | None
    joined_at: datetime
    name: str

    @property
    def here(self) -> bool:
        """Whether they play and have not left."""
        return self.plays and not self.left


class Played(Struct, frozen=True):
    """A play as it stands."""

    id: int
    community: int
    key: str
    phase: Phase
    pace: Pace
    turn: timedelta
    language: str
    host: MemberRef | None
    day: str
    options: dict[str, str]
    made_at: datetime
    begun_at: datetime | None
    moved_at: datetime | None
    due_at: datetime | None
    table: Table | None
    play: Play | None
    seed: str
    rooms: tuple[Room, ...]
    seats: tuple[Seat, ...]

    @property
    def game(self) -> Game[Any]:
        """The game that is played."""
        return game(self.key)

    @property
    def players(self) -> list[Seat]:
        """Those who play now."""
        return [seat for seat in self.seats if seat.here]

    def seat_of(self, member: MemberRef) -> Seat | None:
        """Where somebody sits who plays now."""
        return next((s for s in self.seats if s.member == member and s.here), None)

    def room_in(self, group: int) -> Room | None:
        """The room in a group."""
        return next((room for room in self.rooms if room.group_id == group), None)


_ROOM = [rooms.c[name] for name in ("group_id", "room", "side", "open", "shown", "heard")]
# Made once: to make a statement anew costs more than SQLite needs to run it.
_WITH_ROOMS = at_once(
    select(plays, *_ROOM)
    .join(rooms, rooms.c.play == plays.c.id)
    .where(plays.c.id == bindparam("number"))
    .order_by(rooms.c.group_id)
    .with_for_update(of=plays)
)
_SEAT = [seats.c[name] for name in Seat.__struct_fields__[:-1]]
_NAMED = (roster.c.group_id == seats.c.group_id) & (roster.c.member == seats.c.member)
_SITTING = at_once(
    select(*_SEAT, roster.c.name)
    .select_from(seats.outerjoin(roster, _NAMED))
    .where(seats.c.play == bindparam("number"))
    .order_by(seats.c.seat)
)
_CHANGE = at_once(update(plays).where(plays.c.id == bindparam("number")))
_LOG = at_once(insert(moves))


async def create(tx: Tx, row: dict[str, Any], room: dict[str, Any]) -> int:
    """A new play with its first room; returns its number."""
    made = await tx.execute(insert(plays).values(**row).returning(plays.c.id))
    number = int(made.scalar_one())
    await add_room(tx, number, **room)
    return number


async def add_room(tx: Tx, play: int, **room: Any) -> None:
    """One more room with a board."""
    await tx.put(rooms, {"play": play} | room)


async def change_room(tx: Tx, play: int, group: int, **values: Any) -> None:
    """Sets columns of a room."""
    where = (rooms.c.play == play, rooms.c.group_id == group)
    await tx.execute(update(rooms).where(*where).values(**values))


async def drop_room(tx: Tx, play: int, group: int) -> None:
    """The play goes on without this room."""
    where = (rooms.c.play == play, rooms.c.group_id == group)
    await tx.execute(delete(rooms).where(*where))


async def load(tx: Tx, number: int) -> Played | None:
    """A play with everything; nobody else changes it before this transaction ends."""
    rows = (await tx.execute(_WITH_ROOMS, {"number": number})).all()
    if not rows:
        return None
    return _played(rows, (await tx.execute(_SITTING, {"number": number})).all())


async def again(tx: Tx, number: int) -> Played:
    """A play that this transaction has just written; raises LookupError if there is none."""
    played = await load(tx, number)
    if played is None:
        raise LookupError(f"play {number} is gone")
    return played


def _played(places: Sequence[Row[Any]], sitting: Sequence[Row[Any]]) -> Played:
    row = places[0]
    made = game(row.game)
    table = msgspec.json.decode(row.table, type=Table) if row.table else None
    state = msgspec.json.decode(row.state, type=made.state) if row.state else None
    return Played(
        id=row.id,
        community=row.community,
        key=row.game,
        phase=Phase(row.phase),
        pace=Pace(row.pace),
        turn=timedelta(seconds=row.turn),
        language=row.language,
        host=MemberRef.parse(row.host) if row.host else None,
        day=row.day,
        options=msgspec.json.decode(row.options, type=dict[str, str]),
        made_at=row.made_at,
        begun_at=row.begun_at,
        moved_at=row.moved_at,
        due_at=row.due_at,
        table=table,
        play=Play(row.seed, row.moves, state) if state is not None else None,
        seed=row.seed,
        rooms=tuple(Room(r.group_id, r.room, r.side, r.open, r.shown, r.heard) for r in places),
        seats=tuple(_seat(seat) for seat in sitting),
    )


def _seat(row: Row[Any]) -> Seat:
    number, member, *rest, name = list[Any](row)
    return Seat(*[number, MemberRef.parse(member) if member else None, *rest, name or ""])


async def change(tx: Tx, number: int, **values: Any) -> None:
    """Sets columns of a play."""
    await tx.execute(_CHANGE, {"number": number} | values)


async def keep(
    tx: Tx, number: int, play: Play, log: Sequence[Logged], now: datetime, due: datetime | None
) -> None:
    """Keeps a position and the moves that led to it."""
    state = msgspec.json.encode(play.state).decode()
    await change(tx, number, state=state, moves=play.moves, moved_at=now, due_at=due)
    rows = [
        {
            "play": number,
            "number": logged.number,
            "at": logged.at,
            "move": msgspec.json.encode(logged.move).decode(),
        }
        for logged in log
    ]
    if rows:
        await tx.execute(_LOG, rows)


async def sit(
    tx: Tx, played: Played, member: MemberRef, group: int, now: datetime, **values: Any
) -> int:
    """A new seat; returns its number."""
    number = len(played.seats)
    row = {"play": played.id, "seat": number, "member": str(member), "group_id": group}
    await tx.put(seats, row | {"joined_at": now, "side": 0} | values)
    return number


async def change_seat(tx: Tx, play: int, seat: int, **values: Any) -> None:
    """Sets columns of a seat."""
    await tx.execute(
        update(seats).where(seats.c.play == play, seats.c.seat == seat).values(**values)
    )


async def was_held(tx: Tx, play: int, seat: int, member: MemberRef) -> None:
    """Notes who held a seat before somebody else took it over."""
    await tx.put(held, {"play": play, "seat": seat, "member": str(member)})


async def moved(tx: Tx, play: int, seat: int) -> None:
    """This seat has made a move."""
    await change_seat(tx, play, seat, moves=1)


async def open_in(tx: Tx, group: int, room: str) -> int:
    """The play whose board stands in this room, 0 if there is none."""
    where = (rooms.c.group_id == group, rooms.c.room == room, rooms.c.open)
    return int(await tx.scalar(select(func.max(rooms.c.play)).where(*where)) or 0)


async def open_in_group(tx: Tx, group: int) -> list[int]:
    """The plays that are open in a group."""
    where = (rooms.c.group_id == group, rooms.c.open)
    return [row.play for row in await tx.all(select(rooms.c.play).where(*where))]


async def open_with(tx: Tx, member: MemberRef, group: int) -> list[int]:
    """The plays that are open in which somebody sits for a group, or which they began there."""
    who = str(member)
    joined = plays.outerjoin(seats, (seats.c.play == plays.c.id) & (seats.c.member == who))
    joined = joined.join(rooms, (rooms.c.play == plays.c.id) & (rooms.c.group_id == group))
    sits = (seats.c.group_id == group) & seats.c.plays & ~seats.c.left
    where = (plays.c.phase != Phase.OVER, sits | (plays.c.host == who))
    return [row.id for row in await tx.all(select(plays.c.id).select_from(joined).where(*where))]


async def close(tx: Tx, number: int, now: datetime) -> None:
    """A play is over: its rooms are free for another."""
    await change(tx, number, phase=Phase.OVER, over_at=now, due_at=None)
    await tx.execute(update(rooms).where(rooms.c.play == number).values(open=False))
