"""Personal bests: shown to nobody but the person."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, distinct, func, select

from bot.features.games.plays import Phase, Played
from bot.features.games.score_tables import bests
from bot.features.games.tables import held, plays, seats
from bot.play import Result
from bot.refs import MemberRef
from bot.store.database import Tx


async def figures(tx: Tx, played: Played, result: Result) -> Mapping[int, int]:
    """The figures of seats that were one person's all along: what two people did at a seat is
    neither's own."""
    shared = await tx.all(select(held.c.seat).where(held.c.play == played.id))
    return {n: figure for n, figure in result.bests.items() if n not in {r.seat for r in shared}}


async def keep(tx: Tx, played: Played, result: Result, now: datetime) -> None:
    """Keeps the figures of a play that are better than what the same people had before."""
    own = await figures(tx, played, result)
    rows = [
        {
            "member": str(seat.member),
            "game": played.key,
            "value": own[seat.seat],
            "at": now,
            "play": played.id,
        }
        for seat in played.seats
        if seat.member is not None and seat.moves and seat.seat in own
    ]
    if not rows:
        return
    new = tx.insert(bests)
    better = new.on_conflict_do_update(
        index_elements=["member", "game"],
        set_={
            "value": new.excluded.value,
            "before": bests.c.value,
            "at": new.excluded.at,
            "play": new.excluded.play,
        },
        where=new.excluded.value > bests.c.value,
    )
    await tx.execute(better, rows)


async def of_game(tx: Tx, member: MemberRef, game: str) -> Row[Any] | None:
    """Somebody's best in a game: `value`, `before`, `at`, `play`."""
    return await tx.first(select(bests).where(bests.c.member == str(member), bests.c.game == game))


async def of_person(tx: Tx, accounts: Collection[str]) -> Sequence[Row[Any]]:
    """The bests of somebody's accounts, each game's greatest first."""
    mine = select(bests).where(bests.c.member.in_(list(accounts)))
    return await tx.all(mine.order_by(bests.c.game, bests.c.value.desc(), bests.c.at))


async def games_played(tx: Tx, accounts: Collection[str]) -> int:
    """In how many plays that are over somebody made a move."""
    joined = seats.join(plays, plays.c.id == seats.c.play)
    mine = (seats.c.member.in_(list(accounts)), seats.c.moves > 0, plays.c.phase == Phase.OVER)
    counted = select(func.count(distinct(seats.c.play))).select_from(joined).where(*mine)
    return int(await tx.scalar(counted) or 0)
