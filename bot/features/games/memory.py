"""What games keep of a person: told on demand, and forgotten on demand.

Forgetting empties what they wrote in the position, in the log and in what the game is made of, also
in seats that somebody else took over from them; then the seat is nobody's. An open game goes on: it
shows "somebody", and the seat is free to take. What is long over was let go (`pruning`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Row, delete, select, update

from bot.commands import N_
from bot.features.games import plays
from bot.features.games.core import games
from bot.features.games.plays import Played
from bot.features.games.tables import held, moves, seats
from bot.features.games.tables import plays as plays_table
from bot.play import Item, Move, Table
from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import groups


@games.keeps
async def kept(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """The games somebody sat in, with what they wrote there as long as it is kept."""
    found = await _seats(tx, member)
    return {
        N_("Games you were in"): [await _told(tx, row) for row in found],
        N_("Games you started"): [
            {"game": row.game, "at": row.made_at.isoformat()} for row in await _hosted(tx, member)
        ],
        N_("Games in which somebody took your place"): [
            {"game": row.game} for row in await _once_held(tx, member)
        ],
    }


async def _seats(tx: Tx, member: MemberRef) -> Sequence[Row[Any]]:
    joined = (
        select(seats, plays_table.c.game, groups.c.title)
        .join(plays_table, plays_table.c.id == seats.c.play)
        .outerjoin(groups, groups.c.id == seats.c.group_id)
    )
    mine = seats.c.member == str(member)
    return await tx.all(joined.where(mine).order_by(seats.c.play, seats.c.seat))


async def _hosted(tx: Tx, member: MemberRef) -> Sequence[Row[Any]]:
    mine = plays_table.c.host == str(member)
    return await tx.all(select(plays_table).where(mine).order_by(plays_table.c.id))


async def _once_held(tx: Tx, member: MemberRef) -> Sequence[Row[Any]]:
    joined = select(held, plays_table.c.game).join(plays_table, plays_table.c.id == held.c.play)
    return await tx.all(joined.where(held.c.member == str(member)).order_by(held.c.play))


async def _told(tx: Tx, row: Row[Any]) -> dict[str, Any]:
    wrote = [
        said
        for logged in await _logged(tx, row.play, row.seat)
        for said in (logged.text, *logged.values.values())
        if said
    ]
    told: dict[str, Any] = {
        "game": row.game,
        "group": row.title or "",
        "at": row.joined_at.isoformat(),
        N_("your answers came up in it"): not row.plays or None,
        N_("reminders"): row.reminded or None,
        N_("what you wrote"): wrote,
    }
    return {label: value for label, value in told.items() if value not in (None, [])}


async def _logged(tx: Tx, play: int, seat: int) -> list[Move]:
    """The moves of a seat, in order."""
    log = select(moves.c.move).where(moves.c.play == play).order_by(moves.c.number)
    found = [msgspec.json.decode(row.move, type=Move) for row in await tx.all(log)]
    return [move for move in found if move.seat == seat]


@games.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """Everything; who else played, and how it went for them, stays."""
    who = str(member)
    sat = await tx.all(select(seats.c.play, seats.c.seat).where(seats.c.member == who))
    once = await _once_held(tx, member)
    for row in [*sat, *once]:
        await _emptied(tx, row.play, row.seat)
    nobody = {"member": "", "reminded": False, "remind_at": None}
    await tx.execute(update(seats).where(seats.c.member == who).values(**nobody))
    await tx.execute(delete(held).where(held.c.member == who))
    hosted = update(plays_table).where(plays_table.c.host == who)
    await tx.execute(hosted.values(host=""))


async def _emptied(tx: Tx, number: int, seat: int) -> None:
    """Takes what a seat wrote out of a play."""
    played = await plays.load(tx, number)
    if played is None:
        return
    values = _without(played, seat)
    if values:
        await plays.change(tx, number, **values)
    log = select(moves.c.number, moves.c.move).where(moves.c.play == number)
    for row in await tx.all(log):
        move = msgspec.json.decode(row.move, type=Move)
        if move.seat == seat and (move.text or move.values):
            bare = msgspec.json.encode(replace(move, text="", values={})).decode()
            this = (moves.c.play == number, moves.c.number == row.number)
            await tx.execute(update(moves).where(*this).values(move=bare))


def _without(played: Played, seat: int) -> dict[str, str]:
    values = {}
    if played.play is not None:
        state = played.game.forget(played.play.state, seat)
        values["state"] = msgspec.json.encode(state).decode()
    if played.table is not None:
        values["table"] = msgspec.json.encode(_bare(played.table, seat)).decode()
    return values


def _bare(table: Table, seat: int) -> Table:
    """The table without the items of that author."""
    items = tuple(Item("", by=seat) if item.by == seat else item for item in table.items)
    return replace(table, items=items)
