"""The effect as a page, for moderators who were given its address, in a real browser."""

import os
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.async_api import Page, async_playwright, expect

from bot.features.quiet import learning
from bot.features.quiet.effect_page import Scale
from bot.features.quiet.effect_views import Report, Row
from bot.features.quiet.learning import Learned
from bot.pages import DASHBOARD, Addresses, served
from bot.refs import ChatRef
from bot.secret import Secret
from bot.store import groups
from bot.store.database import Database, open_database
from bot.store.groups import Group
from bot.text import Text
from bot.trial import Estimate
from tests.core.house import NOON

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
HAS_BROWSER = os.path.exists(CHROMIUM)
MEMBERS = Addresses(Secret("a secret"), "https://x.example")
MODERATORS = Addresses(Secret("a secret"), "https://x.example", DASHBOARD)
NAME = "Friends <img src=x onerror=document.title='pwned'>"
KNOWN = Learned(
    spoke=Estimate(1300, 800, 0.12, 0.03, 0.21, 0.03, 0.31, 0.19),
    tied=Estimate(1300, 800, 0.014, -0.01, 0.03, 0.01, 0.03, 0.016),
    kinds={
        "new": Estimate(600, 300, -0.01, -0.06, 0.04, 0.02),
        "overdue": Estimate(500, 400, 0.19, 0.08, 0.3, 0.04),
        "faded": Estimate(200, 100),
    },
    stopped={"new": NOON - timedelta(days=4)},
    left_out={"overdue": 0.36},
)


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = open_database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
async def group(database: Database) -> Group:
    async with database.write() as tx:
        return await groups.create(tx, ChatRef("local", "1"), NOON, title=NAME)


@pytest.fixture
async def site(database: Database) -> AsyncIterator[str]:
    async with served(database, MEMBERS, "127.0.0.1", 0, MODERATORS) as address:
        yield address


async def read(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


def path(group: Group, page: str = "effect.html") -> str:
    return MODERATORS.page(group.community, page).removeprefix("https://x.example")


@pytest.mark.parametrize("page", ["", "effect.html"])
async def test_moderators_read_it_at_their_address(group: Group, site: str, page: str) -> None:
    status, text = await read(site + path(group, page))
    assert status == 200
    assert "Not known yet" in text
    assert "<svg" not in text


async def test_there_is_no_other_page(group: Group, site: str) -> None:
    assert (await read(site + path(group, "members.html")))[0] == 404


async def test_the_key_of_members_does_not_open_it(group: Group, site: str) -> None:
    folder = MEMBERS.folder(group.community)
    assert (await read(f"{site}{DASHBOARD}{folder}/effect.html"))[0] == 404


async def test_without_moderators_addresses_it_is_not_there(
    database: Database, group: Group
) -> None:
    async with served(database, MEMBERS, "127.0.0.1", 0) as address:
        assert (await read(address + path(group)))[0] == 404


async def test_it_speaks_the_language_of_the_group(
    database: Database, group: Group, site: str
) -> None:
    async with database.write() as tx:
        await groups.change(tx, group.id, language="fr")
        await learning.keep(tx, group.community, KNOWN, NOON)
    _, text = await read(site + path(group))
    assert '<html lang="fr">' in text
    assert "31\xa0%" in text


SHARES = st.floats(-100, 100)


@given(st.lists(st.tuples(SHARES, SHARES, SHARES), max_size=5))
def test_every_range_and_zero_are_on_the_scale(drawn: list[tuple[float, float, float]]) -> None:
    ranges = [sorted(three) for three in drawn]
    rows = [Row("x", Text(), "+1", Text(), two, one, three) for one, two, three in ranges]
    scale = Scale(Report("", Text(), tuple(rows), Text()))
    assert len(scale.ticks) <= 9
    for value in [0.0, *(value for three in ranges for value in three)]:
        assert 0 <= float(scale.at(value).removesuffix("%")) <= 100


@pytest.fixture(params=[390, 1280])
async def tab(
    request: pytest.FixtureRequest, database: Database, group: Group, site: str
) -> AsyncIterator[Page]:
    """The page in a window of a phone and of a desk; fails if it complains or loads anything."""
    if not HAS_BROWSER:
        pytest.skip(f"no browser: {CHROMIUM} is not installed")
    async with database.write() as tx:
        await learning.keep(tx, group.community, KNOWN, NOON)
    async with async_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        made = await browser.new_page(viewport={"width": request.param, "height": 800})
        said: list[str] = []
        made.on("console", lambda message: said.append(message.text))
        made.on("pageerror", lambda error: said.append(str(error)))
        made.on(
            "request", lambda asked: said.append(asked.url) if DASHBOARD not in asked.url else None
        )
        await made.goto(site + path(group))
        yield made
        await browser.close()
    assert said == []


@pytest.mark.browser
async def test_the_answer_comes_first(tab: Page) -> None:
    await expect(tab.locator(".verdict")).to_have_text("Yes, it does.")


@pytest.mark.browser
async def test_each_range_is_told_to_those_who_cannot_see_it(tab: Page) -> None:
    first = tab.get_by_role("img").first
    await expect(first).to_have_attribute("aria-label", "+12 in 100 (between +3 and +21)")
    assert await tab.get_by_role("img").count() == 4


@pytest.mark.browser
async def test_a_dot_stands_right_of_zero_where_naming_helps(tab: Page) -> None:
    zero = await tab.locator("line.zero").first.bounding_box()
    dot = await tab.locator("circle").first.bounding_box()
    assert zero is not None
    assert dot is not None
    assert dot["x"] > zero["x"]


@pytest.mark.browser
async def test_nothing_is_wider_than_the_window(tab: Page) -> None:
    size = tab.viewport_size
    assert size is not None
    assert await tab.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.browser
async def test_names_stay_names(tab: Page) -> None:
    await expect(tab.locator("header")).to_contain_text("<img src=x")
    assert await tab.locator("main img, header img").count() == 0
