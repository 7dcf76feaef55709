"""What whoever watches over the program is told."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from bot.health import Health, watched
from bot.ports import Fatal
from bot.settings import HealthSettings
from tests.core.house import House, echo, house


@pytest.fixture
async def h(sqlite_url: str) -> AsyncIterator[House]:
    async with house(sqlite_url, lambda: [echo()]) as made:
        await made.settle()
        yield made


async def page(h: House, path: str) -> tuple[int, str]:
    """Status and text of a page."""
    async with (
        watched(h.app, HealthSettings(port=0)) as address,
        aiohttp.ClientSession() as session,
        session.get(address + path) as answer,
    ):
        return answer.status, await answer.text()


async def test_all_is_well(h: House) -> None:
    assert await page(h, "/healthz") == (200, '{"ok": true, "reasons": []}')


async def test_a_store_in_trouble_is_told(h: House) -> None:
    h.app.engine.trouble = "database or disk is full"
    status, text = await page(h, "/healthz")
    assert (status, "disk is full" in text) == (503, True)


async def test_a_platform_that_refuses_the_bot_is_told(h: House) -> None:
    h.app.platforms[0].refused = Fatal("the token was revoked")
    status, text = await page(h, "/healthz")
    assert (status, "revoked" in text) == (503, True)


async def test_an_adapter_that_is_not_connected_is_told(
    h: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(h.adapter, "connected", False, raising=False)
    assert (await page(h, "/healthz"))[0] == 503


async def test_a_process_on_standby_is_well(h: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(h.adapter, "connected", False, raising=False)
    h.app.platforms[0].standby = True
    assert (await page(h, "/healthz"))[0] == 200


async def test_events_that_wait_without_progress_are_told(h: House) -> None:
    now = 100.0
    health = Health(h.app, timedelta(seconds=60), lambda: now)
    health.look()
    h.app.engine.offer(h.message(1))
    now += 61
    assert health.reasons() == ["1 events have waited for 61 s"]


async def test_a_backlog_that_moves_is_no_trouble(h: House) -> None:
    now = 100.0
    health = Health(h.app, timedelta(seconds=60), lambda: now)
    h.app.engine.offer(h.message(1))
    await h.app.engine.step()
    now += 61
    h.app.engine.offer(h.message(2))
    assert health.reasons() == []


async def test_the_figures_tell_what_was_done(h: House) -> None:
    ann = await h.person("Ann")
    await ann.gives_command(h.chat, "/say")
    await h.settle()
    _, text = await page(h, "/metrics")
    assert 'convive_sent_total{platform="local"} 1.0' in text
    assert f"convive_events_total {float(h.app.engine.committed)}" in text
    assert "convive_backlog 0.0" in text


async def test_lateness_is_counted_in_seconds(h: House) -> None:
    async with (
        watched(h.app, HealthSettings(port=0)) as address,
        aiohttp.ClientSession() as session,
    ):
        h.app.on_late(timedelta(seconds=3))
        async with session.get(address + "/metrics") as answer:
            text = await answer.text()
    assert 'convive_due_lateness_seconds_bucket{le="5.0"} 1.0' in text
    assert 'convive_due_lateness_seconds_bucket{le="1.0"} 0.0' in text


async def test_the_pages_are_on_this_machine_alone_by_default() -> None:
    assert HealthSettings().host == "127.0.0.1"
