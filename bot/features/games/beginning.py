"""From the lobby to the first position: sides are drawn, content is fetched, the board turns."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from itertools import count
from random import Random

import msgspec
from msgspec.structs import replace
from sqlalchemy import func, select

from bot.context import Context
from bot.effects import Urgency
from bot.features.games import listening, plays, reminding
from bot.features.games.cast import Named
from bot.features.games.core import Follows, due_key
from bot.features.games.making import shut
from bot.features.games.plays import Phase, Played, Seat
from bot.features.games.showing import edits, post
from bot.features.games.teams import mixed
from bot.features.games.turns import awaited
from bot.play import Item, Lacking, Line, Play, Sitting, Table, begin, due_at
from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.rollups import member_state
from bot.store.schema import from_ms

Supplied = tuple[Sequence[Item], Sequence[tuple[MemberRef, int]]]
"""Items, and the authors that they name: `Item.by` counts within these authors."""
Supply = Callable[[Context, Played], Awaitable[Supplied]]
_supplies: dict[str, Supply] = {}


def supplies(what: str) -> Callable[[Supply], Supply]:
    """Registers where the content comes from that games ask for by `Traits.supplies`."""

    def register(supply: Supply) -> Supply:
        _supplies[what] = supply
        return supply

    return register


async def begun(ctx: Context, played: Played, urgency: Urgency | None = None) -> Follows:
    """The game begins: its board is posted if `urgency` tells how, else it takes the lobby's place.

    If it lacks content, it is called off and the room is told why.
    """
    await ctx.rollups()
    table = await _table(ctx, played)
    try:
        play = begin(played.game, table, played.seed, ctx.now)
    except Lacking as lacking:
        return await _lacking(ctx, played, lacking.key)
    now = await listening.begin(ctx, await _kept(ctx, played, table, play))
    now = await reminding.planned(ctx, now, awaited(now))
    if urgency is not None:
        return [await post(ctx, now, room, urgency) for room in now.rooms]
    return await edits(ctx, now)


async def _table(ctx: Context, played: Played) -> Table:
    return Table(
        seats=await _seated(ctx, played),
        sides=played.game.traits.sides,
        pace=played.pace,
        turn=played.turn,
        language=played.language,
        secret=f"{played.community}/{played.language}" if played.game.traits.shared else "",
        day=played.day,
        options=played.options,
        items=await _items(ctx, played),
    )


async def _kept(ctx: Context, played: Played, table: Table, play: Play) -> Played:
    """The play as it stands with its first position."""
    due = due_at(played.game, play.state)
    await plays.keep(ctx.tx, played.id, play, (), ctx.now, due)
    made = {"table": msgspec.json.encode(table).decode(), "begun_at": ctx.now}
    await plays.change(ctx.tx, played.id, phase=Phase.PLAYING, **made)
    if due is not None:
        ctx.arm(due_key(played.id), due, "time", str(played.id))
    return await plays.again(ctx.tx, played.id)


async def _lacking(ctx: Context, played: Played, key: str) -> Follows:
    said = played.game.words_of(Line(key), ctx.own, Named(played, ctx.own, {}, None))
    await shut(ctx, played)
    return [ctx.reply(said)]


async def _seated(ctx: Context, played: Played) -> tuple[Sitting, ...]:
    """Draws the sides where there are several, and keeps them."""
    players, sides = played.players, played.game.traits.sides
    if sides == 1:
        return tuple(Sitting(seat.seat) for seat in players)
    since = [await _since(ctx.tx, seat) for seat in players]
    drawn = mixed(since, sides, Random(f"{played.seed}/teams"))
    for seat, side in zip(players, drawn, strict=True):
        await plays.change_seat(ctx.tx, played.id, seat.seat, side=side)
    return tuple(Sitting(s.seat, side) for s, side in zip(players, drawn, strict=True))


async def _since(tx: Tx, seat: Seat) -> datetime:
    where = (member_state.c.member == str(seat.member), member_state.c.group_id == seat.group_id)
    first = await tx.scalar(select(func.min(member_state.c.first_at)).where(*where))
    return from_ms(first) if first else seat.joined_at


async def _items(ctx: Context, played: Played) -> tuple[Item, ...]:
    """The content, its authors sitting as people who don't play unless they do."""
    supply = _supplies.get(played.game.traits.supplies)
    if supply is None:
        return ()
    items, authors = await supply(ctx, played)
    seats = {seat.member: seat.seat for seat in reversed(played.seats)}
    free = count(len(played.seats))
    for member, group in authors:
        if member not in seats:
            seats[member] = next(free)
            new = {"seat": seats[member], "plays": False}
            await plays.sit(ctx.tx, played, member, group, ctx.now, **new)
    numbers = [seats[member] for member, _ in authors]
    return tuple(replace(i, by=numbers[i.by]) if 0 <= i.by < len(numbers) else i for i in items)
