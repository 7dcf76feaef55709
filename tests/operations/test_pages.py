"""The kept answers in a browser, for those who were given the address."""

import stat
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import features
from bot.pages import FILE, ROOT, Addresses, secret_of, served
from bot.refs import ChatRef
from bot.secret import Secret
from bot.settings import PagesSettings
from bot.store import groups
from bot.store.database import open_database
from bot.store.schema import metadata
from tests.features.answers.library import Library

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ADDRESSES = Addresses(Secret("a secret"), "https://answers.example/")


@pytest.fixture
async def shelf(sqlite_url: str) -> AsyncIterator[Library]:
    features()  # declares the tables
    database = open_database(sqlite_url)
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
        group = await groups.create(tx, ChatRef("local", "1"), NOW, title="Friends")
    yield Library(database, group, NOW)
    await database.close()


Get = Callable[[str], "aiohttp.client._RequestContextManager"]


@pytest.fixture
async def get(shelf: Library) -> AsyncIterator[Get]:
    async with (
        served(shelf.database, ADDRESSES, "127.0.0.1", 0) as address,
        aiohttp.ClientSession() as session,
    ):
        yield lambda path: session.get(f"{address}{ROOT}{path}")


async def test_a_question_is_read_at_its_address(shelf: Library, get: Get) -> None:
    visa = await shelf.question("How do I renew my visa?")
    await shelf.answer(visa, "At the prefecture.")
    folder = ADDRESSES.folder(shelf.group.community)
    async with get(f"{folder}/questions/{visa.id}.html") as answer:
        text = await answer.text()
    assert "How do I renew my visa?" in text
    assert "At the prefecture." in text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["", "index.html", "topics/0.html"])
async def test_lists_lead_to_the_question(shelf: Library, get: Get, path: str) -> None:
    await shelf.question("How do I renew my visa?")
    async with get(f"{ADDRESSES.folder(shelf.group.community)}/{path}") as answer:
        assert "questions/1.html" in await answer.text()


@pytest.mark.parametrize(
    "path",
    ["questions/99.html", "topics/7.html", "topics/0-9.html", "../../etc/passwd", "a", "x/1.html"],
)
async def test_what_is_not_there_is_not_found(shelf: Library, get: Get, path: str) -> None:
    await shelf.question("How do I renew my visa?")
    async with get(f"{ADDRESSES.folder(shelf.group.community)}/{path}") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("folder", ["1", "1-", "1-wrong", "0-", "99999999999999999999-x"])
async def test_without_the_key_there_is_nothing(shelf: Library, get: Get, folder: str) -> None:
    await shelf.question("How do I renew my visa?")
    async with get(f"{folder}/index.html") as answer:
        assert answer.status == 404


async def test_the_key_of_one_community_opens_no_other(shelf: Library, get: Get) -> None:
    question = await shelf.question("How do I renew my visa?")
    async with shelf.database.write() as tx:
        other = await groups.create(tx, ChatRef("local", "2"), NOW, title="Others")
    async with get(f"{ADDRESSES.folder(other.community)}/questions/{question.id}.html") as answer:
        assert answer.status == 404


@given(st.integers(1, 10**15 - 1))
def test_an_address_is_known_again(community: int) -> None:
    assert ADDRESSES.community(ADDRESSES.folder(community)) == community


@given(st.text(max_size=60))
def test_other_addresses_are_nobodys(folder: str) -> None:
    assert ADDRESSES.community(folder) is None


def test_links_begin_with_the_public_address() -> None:
    assert ADDRESSES.page(3, "index.html").startswith("https://answers.example/answers/3-")


def test_without_a_public_address_there_are_no_links() -> None:
    assert Addresses(Secret("x")).page(3, "index.html") == ""


def test_a_secret_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first = secret_of(PagesSettings(), tmp_path)
    assert secret_of(PagesSettings(), tmp_path) == first
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_secret_that_was_given_is_used(tmp_path: Path) -> None:
    assert secret_of(PagesSettings(token=Secret("mine")), tmp_path) == Secret("mine")
    assert not (tmp_path / FILE).exists()
