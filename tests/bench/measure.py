"""Fair comparisons on a noisy machine: both sides in one run, in shuffled turns."""

import asyncio
import gc
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module

from msgspec import Struct

Side = Callable[[], Awaitable[None]]


class Row(Struct, frozen=True):
    """One line of the table. `ratio` is ours to the baseline; it must reach `target`.

    `at_least` says in which direction: throughput wants more, time wants less.
    """

    what: str
    baseline: str
    ours: str
    ratio: float
    target: float
    at_least: bool = True

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target


async def seconds(side: Side) -> float:
    """How long one turn takes."""
    start = time.perf_counter()
    await side()
    return time.perf_counter() - start


async def rounds(sides: Sequence[Side], count: int, seed: int = 1) -> list[list[float]]:
    """Times of each side for each round; in a round every side has one turn, in random order."""
    rng = random.Random(seed)
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(count):
        order = list(range(len(sides)))
        rng.shuffle(order)
        for index in order:
            times[index].append(await seconds(sides[index]))
            await asyncio.sleep(0)
    return times


def speed_ratio(baseline: Sequence[float], ours: Sequence[float]) -> float:
    """Median over the rounds of our speed as a share of the baseline's."""
    return statistics.median(b / o for b, o in zip(baseline, ours, strict=True))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def rate(times: Sequence[float], count: int) -> str:
    """A readable speed: items a second at the median time."""
    return f"{count / statistics.median(times):,.0f}/s"


def milliseconds(value: float) -> str:
    """A readable time."""
    return f"{value * 1000:,.1f} ms"


def run(name: str, quick: bool) -> list[Row]:
    """The rows of one benchmark."""
    module = import_module(f"tests.bench.bench_{name}")
    import_module("bot.features.prompts")
    gc.collect()
    gc.freeze()  # as `bot.running` does; the baselines gain by it too
    return list(asyncio.run(module.bench(quick)))


async def until(condition: Callable[[], object]) -> None:
    """Waits for what nobody tells us."""
    while not condition():  # noqa: ASYNC110  (there is nothing to set an event)
        await asyncio.sleep(0.01)
