"""The ticker fires what is due, over the real APScheduler where a loop is running."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from structlog.testing import capture_logs

from scheduler.clock import Clock, SystemClock, TimeLapseClock, VirtualClock
from scheduler.ticker import Ticker

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PATIENCE = 5.0  # seconds until a test gives up


class Diary:
    """Due instants, as a store would hold them."""

    def __init__(self, *due: datetime, clock: Clock) -> None:
        self.due = sorted(due)
        self.clock = clock
        self.fired: list[datetime] = []
        self.failures = 0
        self.looked_at = asyncio.Event()
        self.written = asyncio.Event()

    async def next_due(self) -> datetime | None:
        self.looked_at.set()
        return min(self.due, default=None)

    async def fire(self, now: datetime) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        self.fired += [due for due in self.due if due <= now]
        self.due = [due for due in self.due if due > now]
        self.written.set()

    def ticker(self, heartbeat: float = 60.0) -> Ticker:
        return Ticker(self.next_due, self.fire, self.clock, heartbeat)


@asynccontextmanager
async def running(ticker: Ticker) -> AsyncIterator[Ticker]:
    await ticker.start()
    try:
        yield ticker
    finally:
        await ticker.stop()


async def within_patience(wait: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(PATIENCE):
        await wait()


async def test_nothing_fires_before_it_is_due() -> None:
    diary = Diary(START + MINUTE, clock=VirtualClock(START))
    await diary.ticker().wake()

    assert diary.fired == []


async def test_what_is_due_fires_once_a_virtual_clock_gets_there() -> None:
    clock = VirtualClock(START)
    diary = Diary(START + MINUTE, START + 2 * MINUTE, clock=clock)
    ticker = diary.ticker()
    clock.advance(MINUTE)
    await ticker.wake()
    await ticker.wake()

    assert diary.fired == [START + MINUTE]


async def test_a_clock_that_is_set_back_fires_nothing_twice() -> None:
    clock = VirtualClock(START)
    diary = Diary(START, clock=clock)
    ticker = diary.ticker()
    await ticker.wake()
    clock.set(START - MINUTE)
    await ticker.wake()
    clock.set(START + MINUTE)
    await ticker.wake()

    assert diary.fired == [START]


async def test_a_failure_is_logged_and_what_was_due_fires_at_the_next_waking() -> None:
    diary = Diary(START, clock=VirtualClock(START))
    diary.failures = 1
    ticker = diary.ticker()
    with capture_logs() as logs:
        await ticker.wake()
    await ticker.wake()

    assert [log["again_in"] for log in logs] == [1.0]
    assert diary.fired == [START]


async def test_failures_in_a_row_back_off_to_a_minute() -> None:
    diary = Diary(START, clock=VirtualClock(START))
    diary.failures = 7
    ticker = diary.ticker()
    with capture_logs() as logs:
        for _ in range(7):
            await ticker.wake()

    assert [log["again_in"] for log in logs] == [1, 2, 5, 15, 60, 60, 60]


async def test_an_instant_just_ahead_fires_by_itself() -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.05)
    diary = Diary(soon, clock=SystemClock())
    async with running(diary.ticker()):
        await within_patience(diary.written.wait)

    assert diary.fired == [soon]


async def test_a_poke_finds_what_was_written_meanwhile() -> None:
    diary = Diary(clock=SystemClock())
    async with running(diary.ticker()) as ticker:
        await within_patience(diary.looked_at.wait)
        diary.due.append(datetime.now(UTC))
        ticker.poke()
        await within_patience(diary.written.wait)

    assert len(diary.fired) == 1


async def test_the_heartbeat_finds_what_nobody_told_of() -> None:
    clock = VirtualClock(START)
    diary = Diary(START + MINUTE, clock=clock)
    async with running(diary.ticker(heartbeat=0.02)):
        await within_patience(diary.looked_at.wait)
        clock.advance(MINUTE)
        await within_patience(diary.written.wait)

    assert diary.fired == [START + MINUTE]


async def test_a_fire_that_leaves_a_rest_is_called_until_nothing_is_due() -> None:
    diary = Diary(clock=VirtualClock(START))
    left = list(range(5))
    done = asyncio.Event()

    async def next_due() -> datetime | None:
        return START if left else None

    async def fire(_: datetime) -> None:
        left.pop()
        if not left:
            done.set()

    async with running(Ticker(next_due, fire, diary.clock)):
        await within_patience(done.wait)

    assert left == []


async def test_a_poke_during_a_firing_is_not_lost() -> None:
    now = datetime.now(UTC)
    diary = Diary(now, now + MINUTE / 2, clock=SystemClock())
    again = asyncio.Event()

    async def fire(at: datetime) -> None:
        await diary.fire(at)
        if len(diary.fired) == 1:
            ticker.poke()
            asyncio.get_running_loop().call_soon(diary.due.append, now)
        else:
            again.set()

    ticker = Ticker(diary.next_due, fire, diary.clock)
    async with running(ticker):
        await within_patience(again.wait)

    assert diary.fired == [now, now]


async def test_a_faster_time_lapse_fires_sooner_once_poked() -> None:
    clock = TimeLapseClock(START, 1)
    diary = Diary(START + MINUTE, clock=clock)
    async with running(diary.ticker()) as ticker:
        await within_patience(diary.looked_at.wait)
        clock.set_speed(6_000)
        ticker.poke()
        await within_patience(diary.written.wait)

    assert diary.fired == [START + MINUTE]


async def test_two_wakings_never_overlap() -> None:
    diary = Diary(START, clock=VirtualClock(START))
    inside = 0
    most = 0

    async def fire(now: datetime) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1

    ticker = Ticker(diary.next_due, fire, diary.clock)
    await asyncio.gather(ticker.wake(), ticker.wake(), ticker.wake())

    assert most == 1


async def test_stopping_lets_a_firing_finish() -> None:
    diary = Diary(START, clock=VirtualClock(START))
    begun, finished = asyncio.Event(), asyncio.Event()

    async def fire(now: datetime) -> None:
        begun.set()
        for _ in range(5):
            await asyncio.sleep(0)
        await diary.fire(now)
        finished.set()

    ticker = Ticker(diary.next_due, fire, diary.clock)
    await ticker.start()
    await within_patience(begun.wait)
    await ticker.stop()

    assert finished.is_set()


async def test_starting_twice_and_stopping_twice_are_harmless() -> None:
    ticker = Diary(clock=SystemClock()).ticker()
    await ticker.start()
    await ticker.start()
    await ticker.stop()
    await ticker.stop()
    ticker.poke()


async def test_a_poke_before_the_start_does_not_silence_later_ones() -> None:
    clock = VirtualClock(START)
    diary = Diary(START + MINUTE, clock=clock)
    ticker = diary.ticker()
    ticker.poke()
    async with running(ticker):
        await within_patience(diary.looked_at.wait)
        clock.advance(MINUTE)
        ticker.poke()
        await within_patience(diary.written.wait)

    assert diary.fired == [START + MINUTE]
