"""`/healthz` and `/metrics`, for whoever watches over the program. Loaded only when switched on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bot.settings import HealthSettings

if TYPE_CHECKING:
    from bot.app import App

log = structlog.get_logger(__name__)
LATENESS = (0.1, 0.5, 1, 5, 30, 60, 300, 3600, 86_400)
"""Bounds in seconds, from what nobody notices to what was missed over night."""


class Health:
    """What is wrong now, if anything."""

    def __init__(self, app: "App", patience: timedelta, now: Callable[[], float]) -> None:
        self._app, self._patience, self._now = app, patience, now
        self._seen, self._since = 0, now()

    def look(self) -> None:
        """Notes whether events are still being committed; to be called once in a while."""
        engine = self._app.engine
        if engine.backlog == 0 or engine.committed != self._seen:
            self._seen, self._since = engine.committed, self._now()

    def reasons(self) -> list[str]:
        """Every trouble, empty if all is well."""
        self.look()
        engine = self._app.engine
        found = [f"store in trouble: {engine.trouble}"] if engine.trouble else []
        stuck = self._now() - self._since
        if stuck > self._patience.total_seconds():
            found.append(f"{engine.backlog} events have waited for {stuck:.0f} s")
        for platform in self._app.platforms:
            if platform.refused:
                found.append(f"{platform.name} refuses the bot: {platform.refused}")
            elif not platform.connected and not platform.standby:
                found.append(f"{platform.name} is not connected")
        return found


class _Figures(Collector):
    """Reads the figures where they are kept, when somebody asks: counting costs nothing."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def collect(self) -> Iterator[Metric]:
        engine = self._app.engine
        yield _count("convive_events", "Events made durable", engine.committed)
        yield _count("convive_batches", "Transactions they took", engine.rounds)
        yield _count("convive_dead_letters", "Events whose handler failed", engine.batches.dead)
        yield _gauge("convive_backlog", "Events not yet durable", engine.backlog)
        yield _gauge(
            "convive_store_in_trouble", "1 while it can't be written", bool(engine.trouble)
        )
        sent = CounterMetricFamily("convive_sent", "Effects that arrived", labels=["platform"])
        given_up = CounterMetricFamily("convive_given_up", "Effects not sent", labels=["platform"])
        waiting = GaugeMetricFamily("convive_outbox", "Effects that wait", labels=["platform"])
        up = GaugeMetricFamily("convive_connected", "1 while connected", labels=["platform"])
        for platform in self._app.platforms:
            labels, courier = [platform.name], platform.courier
            sent.add_metric(labels, courier.sent)
            given_up.add_metric(labels, courier.given_up)
            waiting.add_metric(labels, courier.waiting)
            up.add_metric(labels, platform.connected and not platform.standby)
        yield from (sent, given_up, waiting, up)


def _count(name: str, what: str, value: float) -> Metric:
    return CounterMetricFamily(name, what, value=value)


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)


@asynccontextmanager
async def watched(app: "App", settings: HealthSettings) -> AsyncIterator[str]:
    """Serves the pages while the block runs; gives their address. Raises OSError if it is taken."""
    health = Health(
        app, timedelta(seconds=settings.backlog_seconds), asyncio.get_running_loop().time
    )
    runner = web.AppRunner(_site(app, health), access_log=None)
    await runner.setup()
    looking = asyncio.create_task(_look(health))
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        host, port = runner.addresses[0][:2]
        log.info("health_served", address=f"http://{host}:{port}/healthz")
        yield f"http://{host}:{port}"
    finally:
        looking.cancel()
        await runner.cleanup()


def _site(app: "App", health: Health) -> web.Application:
    registry = CollectorRegistry()
    registry.register(_Figures(app))
    late = Histogram(
        "convive_due_lateness_seconds", "After its moment", buckets=LATENESS, registry=registry
    )
    app.on_late = lambda span: late.observe(max(0.0, span.total_seconds()))

    async def healthz(_: web.Request) -> web.Response:
        reasons = health.reasons()
        return web.json_response(
            {"ok": not reasons, "reasons": reasons}, status=503 if reasons else 200
        )

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    site = web.Application()
    site.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics)])
    return site


async def _look(health: Health) -> None:
    while True:
        health.look()
        await asyncio.sleep(1)
