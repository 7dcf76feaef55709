"""Somebody reads the kept answers in a browser, from a folder and on a small screen."""

import os
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.features.answers.rules import State
from bot.features.answers.site.publishing import export
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import Database
from tests.features.answers.library import Library

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LONG = "Wherefore" + "e" * 200

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.browser,
    pytest.mark.skipif(
        not os.path.exists(CHROMIUM), reason=f"no browser: {CHROMIUM} is not installed"
    ),
]


@pytest.fixture
async def folder(open_store: Callable[[], Database], tmp_path: Path) -> Path:
    """An export of four questions."""
    database = open_store()
    async with database.write() as tx:
        group = await groups.create(tx, ChatRef("local", "1"), NOW, title="Friends")
    shelf = Library(database, group, NOW)
    visa = await shelf.question("Où est la préfecture ?", state=State.SOLVED)
    await shelf.answer(visa, "At the <b>embassy</b> https://a.example/x", solves=True)
    await shelf.question("Who repairs bicycles?")
    await shelf.question("<img src=x onerror=document.title='pwned'>")
    await shelf.question(LONG)
    await export(database, tmp_path / "out")
    await database.close()
    return tmp_path / "out"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=CHROMIUM, args=flags) as opened,
    ):
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def tab(browser: Browser, folder: Path) -> AsyncIterator[Page]:
    """The front page from the disk; fails if the page complains about anything."""
    made = await browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    said: list[str] = []
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    made.on("request", lambda asked: said.append(asked.url) if "file:" not in asked.url else None)
    await made.goto(f"file://{folder}/index.html")
    yield made
    await made.close()
    assert said == []


async def test_a_search_needs_no_accents_and_no_server(tab: Page) -> None:
    await tab.get_by_label("Search").fill("PREFECTURE")
    await tab.locator("#found a").click()
    await expect(tab.get_by_role("heading", level=1)).to_have_text("Où est la préfecture ?")


async def test_words_of_an_answer_are_found(tab: Page) -> None:
    await tab.get_by_label("Search").fill("embassy")
    await expect(tab.locator("#found a")).to_have_text("Où est la préfecture ?")


async def test_a_search_without_hits_says_so(tab: Page) -> None:
    await tab.get_by_label("Search").fill("hovercraft")
    await expect(tab.locator("#found")).to_contain_text("Nothing here is like that.")


async def test_words_of_people_stay_words(tab: Page) -> None:
    await tab.get_by_label("Search").fill("onerror")
    await tab.locator("#found a").click()
    await expect(tab.get_by_role("heading", level=1)).to_contain_text("<img src=x")
    assert "pwned" not in (await tab.title()).split(" ")[0]


async def test_nothing_is_wider_than_a_phone(tab: Page) -> None:
    for path in ("index.html", "topics/0.html", "questions/4.html"):
        await tab.goto(f"{tab.url.rpartition('/out/')[0]}/out/{path}")
        assert await tab.evaluate("document.documentElement.scrollWidth") <= 390


async def test_the_page_is_dark_where_people_prefer_it(tab: Page) -> None:
    colour = await tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(22, 25, 29)"


async def test_everything_is_reached_with_the_keyboard(tab: Page) -> None:
    for _ in range(2):
        await tab.keyboard.press("Tab")
    await tab.keyboard.type("bicycles")
    await tab.keyboard.press("Tab")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("heading", level=1)).to_have_text("Who repairs bicycles?")
