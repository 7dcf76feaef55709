"""The kept answers as pages, as Markdown and as data."""

import json
import os
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.answers.rules import State
from bot.features.answers.site import faq, links, rendering
from bot.features.answers.site.publishing import NotWritten, export
from bot.refs import ChatRef
from bot.store import groups
from bot.store.database import Database
from tests.dialogue import Talk
from tests.features.answers.library import Library, library

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7*7 }} \u202e"


class Tags(HTMLParser):
    """Gathers the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


@given(st.text(max_size=300))
def test_words_never_become_markup(text: str) -> None:
    parser = Tags()
    parser.feed(str(rendering.linked(text)))
    assert set(parser.tags) <= {"a"}


@given(st.text(max_size=300))
def test_only_addresses_of_the_web_become_links(text: str) -> None:
    parser = Tags()
    parser.feed(str(rendering.linked(f"{text} javascript:alert(1) https://a.example/b.")))
    assert all(link.startswith(("http://", "https://")) for link in parser.links)
    assert "https://a.example/b" in parser.links


@given(st.integers(0, 10**12), st.integers(0, 500))
def test_the_place_of_a_page_is_read_back(number: int, page: int) -> None:
    assert links.parsed(links.topic(number, page)) == ("topic", number, page)
    assert links.parsed(links.question(number)) == ("question", number, 0)


@given(st.text(max_size=60))
def test_any_path_is_a_page_or_none(path: str) -> None:
    found = links.parsed(path)
    assert found is None or found[0] in ("index", "topic", "question")


@given(st.text(min_size=1, max_size=120))
def test_markdown_reads_no_mark_in_a_name(text: str) -> None:
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>#]", faq.plain(text))


@pytest.fixture
async def shelf(open_store: Callable[[], Database]) -> Library:
    database = open_store()
    async with database.write() as tx:
        group = await groups.create(tx, ChatRef("local", "1"), NOW, title="Friends")
    return Library(database, group, NOW)


async def two(shelf: Library) -> None:
    visa = await shelf.question("How do I renew my visa?", state=State.SOLVED)
    await shelf.answer(visa, "Ask *the* embassy.", outdated=True)
    await shelf.answer(visa, "See https://visa.example/form.", solves=True, name=HOSTILE)
    await shelf.question(HOSTILE)
    await shelf.question("A draft", state=State.DRAFT)
    await shelf.question("From the history", state=State.PROPOSED)


async def test_an_export_has_a_page_for_each_question(shelf: Library, tmp_path: Path) -> None:
    await two(shelf)
    folder = tmp_path / "out"
    assert await export(shelf.database, folder) == 2
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    assert names == [
        "FAQ.md",
        "answers.json",
        "index.html",
        "questions/1.html",
        "questions/2.html",
        "topics/0.html",
    ]


async def test_a_page_loads_nothing_and_holds_no_markup_of_others(
    shelf: Library, tmp_path: Path
) -> None:
    await two(shelf)
    await export(shelf.database, tmp_path / "out")
    for page in (tmp_path / "out").rglob("*.html"):
        text = page.read_text("utf-8")
        parser = Tags()
        parser.feed(text)
        assert not {"img", "link", "iframe", "form"} & set(parser.tags)
        assert parser.tags.count("script") == (2 if page.name == "index.html" else 0)


async def test_the_best_answer_comes_first_and_the_outdated_last(
    shelf: Library, tmp_path: Path
) -> None:
    await two(shelf)
    await export(shelf.database, tmp_path / "out")
    page = (tmp_path / "out/questions/1.html").read_text("utf-8")
    assert page.index("visa.example") < page.index("embassy") < page.index("perhaps outdated")


async def test_the_data_has_the_numbers_by_which_things_are_known(
    shelf: Library, tmp_path: Path
) -> None:
    await two(shelf)
    await export(shelf.database, tmp_path / "out")
    data = json.loads((tmp_path / "out/answers.json").read_text("utf-8"))
    assert data["schema"] == "convive-answers/1"
    kept = {one["id"]: one for one in data["questions"]}
    assert [answer["id"] for answer in kept[1]["answers"]] == [2, 1]
    assert kept[2]["text"].startswith("<script>")


async def test_the_faq_has_what_was_answered(shelf: Library, tmp_path: Path) -> None:
    await two(shelf)
    await export(shelf.database, tmp_path / "out")
    text = (tmp_path / "out/FAQ.md").read_text("utf-8")
    assert "### How do I renew my visa?" in text
    assert "> Ask \\*the\\* embassy\\." in text
    assert "<script>" not in text


async def test_the_same_store_gives_the_same_bytes(shelf: Library, tmp_path: Path) -> None:
    await two(shelf)
    for name in ("one", "two"):
        await export(shelf.database, tmp_path / name)
    files = [
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    ]
    assert files[0] == files[1]


async def test_an_earlier_export_is_replaced_whole(shelf: Library, tmp_path: Path) -> None:
    await two(shelf)
    folder = tmp_path / "out"
    await export(shelf.database, folder)
    (folder / "questions/99.html").write_text("old")
    await export(shelf.database, folder)
    assert not (folder / "questions/99.html").exists()
    assert not {"out.part", "out.old"} & set(os.listdir(tmp_path))


async def test_a_folder_with_other_things_is_left_alone(shelf: Library, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(NotWritten):
        await export(shelf.database, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


async def test_with_several_communities_one_must_be_named(shelf: Library, tmp_path: Path) -> None:
    async with shelf.database.write() as tx:
        await groups.create(tx, ChatRef("local", "2"), NOW, title="Others")
    with pytest.raises(NotWritten, match="Friends"):
        await export(shelf.database, tmp_path / "out")


async def test_a_long_topic_is_written_on_several_pages(
    shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "PER_PAGE", 2)
    for number in range(5):
        await shelf.question(f"Question {number}?")
    await export(shelf.database, tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out/topics").iterdir())
    assert names == ["0-2.html", "0-3.html", "0.html"]


async def test_pages_speak_the_language_of_the_group(shelf: Library, tmp_path: Path) -> None:
    await two(shelf)
    async with shelf.database.write() as tx:
        await groups.change(tx, shelf.group.id, language="fr")
    await export(shelf.database, tmp_path / "out")
    page = (tmp_path / "out/questions/1.html").read_text("utf-8")
    assert '<html lang="fr">' in page
    assert "4 mars 2026" in page


async def test_moderators_get_a_zip(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    kept = await library(talk.app.database, talk.clock.now())
    await kept.question("How do I renew my visa?")
    await ann.says("/answers export")
    line = await talk.bot.replies("1 question with its answers", to=ann)
    assert line.files == ("answers.zip",)


async def test_the_zip_holds_the_same_files(shelf: Library, tmp_path: Path) -> None:
    from bot.features.answers.packing import packed_files
    from bot.site.places import all_places

    await two(shelf)
    await export(shelf.database, tmp_path / "out")
    async with shelf.database.read() as tx:
        (place,) = await all_places(tx)
        packed = await packed_files(tx, place)
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        for path in (tmp_path / "out").rglob("*.*"):
            name = f"answers/{path.relative_to(tmp_path / 'out')}"
            assert archive.read(name) == path.read_bytes()
