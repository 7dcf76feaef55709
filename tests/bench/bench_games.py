"""A move among a thousand open games: from the press to its effects, engine and store included."""

import random
import statistics
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import func, select

from bot.app import features
from bot.engine import Engine
from bot.events import ChoiceMade, CommandGiven
from bot.features.games.tables import plays
from bot.ports import Can, Capabilities
from bot.refs import ChatRef, MemberRef
from bot.store.schema import outbox
from tests.bench.engines import engine_in
from tests.bench.measure import Row, milliseconds, quantile, seconds

GAMES, QUICK, MOVES, PLAYERS = 1_000, 200, 500, 6
LIMIT = 0.003
"""Seconds at the median."""


class Everything:
    """A platform that can do everything and to which nothing is sent here."""

    platform = "bench"

    def capabilities(self, chat: ChatRef) -> Capabilities:
        """All there is."""
        return Capabilities(~Can(0))


def chat_of(group: int) -> ChatRef:
    return ChatRef("bench", f"g{group}", "home")


def _press(number: int, play: int, group: int, column: int, player: int) -> ChoiceMade:
    return ChoiceMade(
        id=f"press:{number}",
        at=datetime.now(UTC),
        chat=chat_of(group),
        member=MemberRef("bench", f"{group}-{player}"),
        name=f"Player {player}",
        choice=f"games.m:{play}:drop.1.{column}",
        answer="i",
    )


async def _opened(engine: Engine, games: int) -> dict[int, int]:
    """One slow game in each group, with people in it; play numbers by group."""
    for group in range(games):
        engine.offer(
            CommandGiven(
                id=f"start:{group}",
                at=datetime.now(UTC),
                chat=chat_of(group),
                member=MemberRef("bench", f"{group}-0"),
                name="Player 0",
                path="game start",
                args={"game": "connect", "pace": "slow"},
            )
        )
    await engine.settled()
    async with engine.database.read() as tx:
        numbers = [row.id for row in await tx.all(select(plays.c.id).order_by(plays.c.id))]
        count = await tx.scalar(select(func.count()).select_from(plays))
    assert count == games
    for number, play in enumerate(numbers):
        for player in range(PLAYERS):
            engine.offer(_press(-1 - number * PLAYERS - player, play, number, 1, player))
    await engine.settled()
    return dict(enumerate(numbers))


def _presses(numbers: dict[int, int]) -> Iterator[ChoiceMade]:
    """Votes in games drawn at random, each another column than the one before."""
    rng = random.Random(1)
    for number in range(10**9):
        group = rng.randrange(len(numbers))
        yield _press(number, numbers[group], group, 1 + number % 7, rng.randrange(PLAYERS))


async def bench(quick: bool) -> list[Row]:
    """Rows of the table."""
    games = QUICK if quick else GAMES
    with tempfile.TemporaryDirectory() as name:
        async with engine_in(Path(name), fold=True, systems=features()) as engine:
            engine.adapters = {"bench": cast(Any, Everything())}
            coming = _presses(await _opened(engine, games))

            async def move() -> None:
                engine.offer(next(coming))
                await engine.settled()

            times = [await seconds(move) for _ in range(MOVES)]
            async with engine.database.read() as tx:
                assert await tx.scalar(select(func.count()).select_from(outbox)) >= games
    median, late = statistics.median(times), quantile(times, 0.99)
    what = f"A move to its effects, {games:,} games open"
    return [
        Row(what, milliseconds(LIMIT), milliseconds(median), median / LIMIT, 1, at_least=False),
        Row(f"{what}, p99", "20 ms", milliseconds(late), late / 0.02, 1, at_least=False),
    ]
