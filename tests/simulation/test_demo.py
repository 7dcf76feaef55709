"""The demo as a process, and its page in a real browser."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

CHROMIUM = "/usr/bin/chromium"
ROOT = Path(__file__).parents[2]
DEMO = """
from bot.simulation import demo
from bot.simulation.filling import BORN
from datetime import timedelta
raise SystemExit(demo.main(port=0, until=BORN + timedelta(hours=41)))
"""
"""One prompt in Nairobi, at six on Monday."""


class Process:
    """The demo, started in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-c", DEMO],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self._read_address()

    def ends(self) -> int:
        """Ctrl-C."""
        self._process.send_signal(signal.SIGINT)
        rest, _ = self._process.communicate(timeout=30)
        self.out += rest.splitlines()
        return self._process.returncode

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _read_address(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.out.append(line.strip())
            if "http://127.0.0.1:" in line:
                return next(word for word in line.split() if word.startswith("http://"))
        raise AssertionError(f"no address: {self.out}")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    process = Process(tmp_path_factory.mktemp("demo"))
    yield process
    process.kill()


def test_it_tells_how_far_it_is_and_then_where_the_page_is(demo: Process) -> None:
    assert any("%, day" in line for line in demo.out)
    assert "100%" in demo.out[-2]
    assert demo.address in demo.out[-1]


@pytest.mark.browser
@pytest.mark.skipif(not os.path.exists(CHROMIUM), reason=f"no browser: {CHROMIUM} is not installed")
class TestPage:
    """A visitor's first minute."""

    @pytest_asyncio.fixture(loop_scope="function")
    async def page(self, demo: Process) -> AsyncIterator[Page]:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
            )
            tab = await browser.new_page()
            await tab.goto(demo.address)
            yield tab
            await browser.close()

    async def test_a_visitor_sees_a_living_group(self, page: Page) -> None:
        await expect(page.get_by_text("Lighthouse New York (simulated)").first).to_be_visible()
        await expect(page.get_by_text("You are Robin (you)")).to_be_visible()

    async def test_the_pace_of_time_can_be_set(self, page: Page) -> None:
        time = page.get_by_label("Time here").first
        await expect(time).to_contain_text("Mon, Oct 26")
        await time.click()
        await page.get_by_text("On to the next event").click()
        prompt = page.get_by_text("Which street, square or market near you")
        await expect(prompt.first).to_be_visible()
        await expect(time).to_contain_text("9:00")


def test_a_second_start_finds_everything_and_makes_nothing_anew(demo: Process) -> None:
    assert demo.ends() == 0
    messages = _count(demo.folder)
    second = Process(demo.folder)
    try:
        assert not any("%" in line for line in second.out)
        assert second.ends() == 0
        assert _count(demo.folder) >= messages > 0
    finally:
        second.kill()


def _count(folder: Path) -> int:
    world = sqlite3.connect(folder / ".demo" / "world.sqlite")
    found = world.execute("SELECT count(*) FROM record WHERE kind = 'message'").fetchone()[0]
    world.close()
    return int(found)
